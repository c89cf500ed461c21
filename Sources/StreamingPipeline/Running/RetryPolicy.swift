/// When a source that failed is tried again: after a delay that doubles with every failure in a
/// row, as often as is permitted. A read that succeeds begins the count anew.
package struct RetryPolicy {
  private let permitted: Int
  private let firstDelay: Duration
  /// Failures since the last read that succeeded.
  package private(set) var failures = 0

  package init(permitted: Int, firstDelay: Duration) {
    self.permitted = permitted
    self.firstDelay = firstDelay
  }

  /// A read succeeded.
  package mutating func succeed() { failures = 0 }

  /// A read failed: how long to wait before the next attempt, or nil when there is none.
  package mutating func fail() -> Duration? {
    guard failures < permitted else { return nil }
    failures += 1
    return firstDelay * (1 << (failures - 1))
  }
}

/// A source that failed, and failed again each time it was retried.
public struct SourceFailure: Error, CustomStringConvertible {
  /// What the source threw last.
  public let underlying: any Error
  /// How often it was tried again.
  public let retries: Int
  /// How many records it had delivered. All of them went through the pipeline.
  public let recordsDelivered: Int

  /// What happened, where, and what was tried.
  public var description: String {
    let times = retries == 1 ? "one retry" : "\(retries) retries"
    return "the source failed after \(recordsDelivered) records and \(times): \(underlying)"
  }
}
