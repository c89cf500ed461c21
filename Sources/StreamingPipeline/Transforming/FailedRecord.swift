/// A record that a row-wise closure threw on: dropped, counted, and among the first ten kept.
public struct FailedRecord: Sendable {
  /// Where it stood in the source, counted from 0.
  public let position: Int
  /// The value of the schema's key field, where there is one.
  public let key: Value?
  /// What was thrown.
  public let error: any Error
}

/// What a transformer did to the records so far.
public struct TransformCounts: Sendable {
  /// How many failures are kept with their errors.
  public static let retainedFailures = 10

  /// Records that came in.
  public internal(set) var read = 0
  /// Records that a filter dropped.
  public internal(set) var filtered = 0
  /// Records that were dropped because a closure threw.
  public internal(set) var failed = 0
  /// The first ten of them.
  public internal(set) var failures: [FailedRecord] = []
}
