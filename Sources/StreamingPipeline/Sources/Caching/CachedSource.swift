/// A source whose pages are read once and then come from a cache.
///
/// A page is found again when another run asks for the same position and size, as runs of one
/// definition with the same options do.
///
/// ```swift
/// let cache = try QueryCache(QueryCache.Limits(bytes: 10_000_000))
/// let cached = CachedSource(source, identity: "orders, version 12", in: cache)
/// ```
public struct CachedSource: Source {
  private let source: any Source
  private let identity: String
  private let cache: QueryCache

  /// Caches the pages of a source.
  ///
  /// - Parameters:
  ///   - source: the source of pages that are not cached.
  ///   - identity: text that distinguishes this source from all others in the cache: file, query
  ///     and whatever else its records depend on, such as a version or a time of change.
  ///   - cache: the cache that holds the pages.
  public init(_ source: any Source, identity: String, in cache: QueryCache) {
    self.source = source
    self.identity = identity
    self.cache = cache
  }

  /// The fields of the records.
  public var schema: Schema { source.schema }
  /// The number of records, where it is known.
  public var totalCount: Int? { source.totalCount }

  /// Starts reading after the records that lie before `position`. The source itself is opened by
  /// the first page that is not cached.
  public func open(after position: SourcePosition) -> any SourceCursor {
    Cursor(self, after: position)
  }

  /// Whether trying again may help; the source decides.
  public func isTransient(_ error: any Error) -> Bool { source.isTransient(error) }

  private final class Cursor: SourceCursor {
    private let cached: CachedSource
    private var position: SourcePosition
    /// A cursor of the source at `position`, if the page before was not cached.
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
