/// A record for which a row-wise closure threw. It is dropped and counted; the first ten are kept.
public struct FailedRecord: Sendable {
  /// The position of the record in the source, counted from 0.
  public let position: Int
  /// The value of the schema's key field, if there is one.
  public let key: Value?
  /// The error that was thrown.
  public let error: any Error
}

/// The counts of what a transformer has done so far.
public struct TransformCounts: Sendable {
  /// The number of failures that are kept with their errors.
  public static let retainedFailures = 10

  /// The number of records that entered the transformer.
  public internal(set) var read = 0
  /// The number of records that a filter dropped.
  public internal(set) var filtered = 0
  /// The number of records that were dropped because a closure threw.
  public internal(set) var failed = 0
  /// The first ten failures.
  public internal(set) var failures: [FailedRecord] = []
}
