/// A source of records: a description that can be opened any number of times, at any position.
///
/// A pipeline whose read failed drops the cursor, waits and opens the source again after the last
/// record it received. So a cursor that is opened at a position must return exactly the records
/// that the interrupted one had not returned, in the same order.
///
/// ```swift
/// struct Countdown: Source {
///   let schema: Schema
///   let totalCount: Int? = 10
///
///   func open(after position: SourcePosition) -> any SourceCursor {
///     Cursor(schema: schema, next: 10 - Int64(position.records))
///   }
///
///   final class Cursor: SourceCursor {
///     let schema: Schema
///     var next: Int64
///
///     init(schema: Schema, next: Int64) {
///       self.schema = schema
///       self.next = next
///     }
///
///     func next(atMost demand: Int) throws -> Batch? {
///       if next == 0 { return nil }
///       var column = ColumnBuilder(schema.fields[0])
///       for _ in 0..<min(demand, Int(next)) {
///         column.append(next)
///         next -= 1
///       }
///       return try Batch(schema: schema, columns: [column.finish()])
///     }
///   }
/// }
/// ```
public protocol Source: Sendable {
  /// The fields of the records.
  var schema: Schema { get }
  /// The number of records, where it is known beforehand.
  var totalCount: Int? { get }
  /// Starts reading after the records that lie before `position`.
  func open(after position: SourcePosition) throws -> any SourceCursor
  /// Whether trying again may help against an error of `open` or `next`. A pipeline asks for every
  /// error except `PipelineError`, which means that the records are at fault.
  func isTransient(_ error: any Error) -> Bool
}

extension Source {
  /// Starts reading from the first record.
  public func open() throws -> any SourceCursor { try open(after: .start) }

  /// The default answer is true, for sources that cannot tell.
  public func isTransient(_ error: any Error) -> Bool { true }
}

/// One reading of a source.
public protocol SourceCursor: AnyObject {
  /// The next records in order: at least one, at most `demand`; nil after the last.
  ///
  /// Batches must have no selection; the pipeline sets their positions.
  func next(atMost demand: Int) throws -> Batch?

  /// The position after the records returned so far, in the source's own terms, such as the last
  /// record's key or a file's byte offset. It is empty where counting records is enough.
  var key: [Value] { get }
}

extension SourceCursor {
  /// The default key is empty: the position is found by counting records.
  public var key: [Value] { [] }
}

/// A position between two records of a source.
public struct SourcePosition: Hashable, Sendable {
  /// The number of records before it.
  public let records: Int
  /// The cursor's `key` after the last of these records.
  public let key: [Value]

  /// Makes a position after this many records.
  public init(records: Int, key: [Value] = []) {
    self.records = records
    self.key = key
  }

  /// The position before the first record.
  public static let start = SourcePosition(records: 0)
}
