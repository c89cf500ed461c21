/// A source whose pages are read once and then come from a cache.
///
/// Pages are found again when another run asks for the same places in the same sizes, as runs of
/// one definition with the same options do.
public struct CachedSource: Source {
  private let source: any Source
  private let identity: String
  private let cache: QueryCache

  /// Keeps the pages of a source.
  ///
  /// - Parameters:
  ///   - source: where pages that are not kept come from.
  ///   - identity: what tells this source from all others in the cache: file, query and whatever
  ///     else its records depend on, a version or a time of change among them.
  ///   - cache: where pages are kept.
  public init(_ source: any Source, identity: String, in cache: QueryCache) {
    self.source = source
    self.identity = identity
    self.cache = cache
  }

  /// The fields of the records.
  public var schema: Schema { source.schema }
  /// How many records there are, where that is known.
  public var totalCount: Int? { source.totalCount }

  /// Begins reading after the records that lie before `position`; the source itself is opened by
  /// the first page that is not kept.
  public func open(after position: SourcePosition) -> any SourceCursor {
    Cursor(self, after: position)
  }

  /// As the source says.
  public func isTransient(_ error: any Error) -> Bool { source.isTransient(error) }

  private final class Cursor: SourceCursor {
    private let cached: CachedSource
    private var position: SourcePosition
    /// Stands at `position`, where the page before was not kept.
    private var reading: (any SourceCursor)?

    init(_ cached: CachedSource, after position: SourcePosition) {
      self.cached = cached
      self.position = position
    }

    var key: [Value] { position.key }

    func next(atMost demand: Int) throws -> Batch? {
      let key = QueryCache.Key(identity: cached.identity, position: position, demand: demand)
      if let page = cached.cache.page(key) {
        position = page.end
        reading = nil
        return page.batch
      }
      let cursor = try reading ?? cached.source.open(after: position)
      reading = cursor
      let batch = try cursor.next(atMost: demand)
      position = SourcePosition(
        records: position.records + (batch?.rowCount ?? 0), key: cursor.key)
      cached.cache.keep(QueryCache.Page(batch: batch, end: position), under: key)
      return batch
    }
  }
}
