/// Where records come from: a description that can be opened any number of times, at any place.
///
/// A pipeline that was refused a read drops the cursor, waits and opens the source again after the
/// last record it got. So a reading that begins after a position has exactly the records that the
/// interrupted one had not returned, in the same order.
public protocol Source: Sendable {
  /// The fields of its records.
  var schema: Schema { get }
  /// How many records there are, where that is known beforehand.
  var totalCount: Int? { get }
  /// Begins reading after the records that lie before `position`.
  func open(after position: SourcePosition) throws -> any SourceCursor
  /// Whether trying again may help against an error of `open` or `next`. A pipeline asks for
  /// every error but its own, `PipelineError`, which says that the records are at fault.
  func isTransient(_ error: any Error) -> Bool
}

extension Source {
  /// Begins reading from the first record.
  public func open() throws -> any SourceCursor { try open(after: .start) }

  /// True: a source that knows better says so.
  public func isTransient(_ error: any Error) -> Bool { true }
}

/// One reading of a source.
public protocol SourceCursor: AnyObject {
  /// The next records in order: at least one, at most `demand`; nil after the last.
  ///
  /// Batches come without a selection; their positions are set by the pipeline.
  func next(atMost demand: Int) throws -> Batch?

  /// What leads to the place after the records returned so far, in the source's own terms: the
  /// last record's key, a file's byte offset. Empty where counting records is enough.
  var key: [Value] { get }
}

extension SourceCursor {
  /// Empty: the place is found by counting records.
  public var key: [Value] { [] }
}

/// A place between two records of a source.
public struct SourcePosition: Hashable, Sendable {
  /// How many records lie before it.
  public let records: Int
  /// What the cursor called `key` after the last of them.
  public let key: [Value]

  /// A place after this many records.
  public init(records: Int, key: [Value] = []) {
    self.records = records
    self.key = key
  }

  /// Before the first record.
  public static let start = SourcePosition(records: 0)
}
