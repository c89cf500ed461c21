/// Decides when a source that failed is tried again: after a delay that doubles with every failure
/// in a row, as often as is permitted. A read that succeeds resets the count.
package struct RetryPolicy {
  private let permitted: Int
  private let firstDelay: Duration
  /// The number of failures since the last read that succeeded.
  package private(set) var failures = 0

  package init(permitted: Int, firstDelay: Duration) {
    self.permitted = permitted
    self.firstDelay = firstDelay
  }

  /// Records that a read succeeded.
  package mutating func succeed() { failures = 0 }

  /// Records that a read failed, and returns the wait before the next attempt; nil when there is
  /// none.
  package mutating func fail() -> Duration? {
    guard failures < permitted else { return nil }
    failures += 1
    return firstDelay * (1 << (failures - 1))
  }
}

/// A source that failed, and failed again each time it was retried.
public struct SourceFailure: Error, CustomStringConvertible {
  /// The error that the source threw last.
  public let underlying: any Error
  /// The number of retries.
  public let retries: Int
  /// The number of records that it had delivered. All of them went through the pipeline.
  public let recordsDelivered: Int

  /// A description of what happened, where, and what was tried.
  public var description: String {
    let times = retries == 1 ? "one retry" : "\(retries) retries"
    return "the source failed after \(recordsDelivered) records and \(times): \(underlying)"
  }
}
