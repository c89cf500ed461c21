/// The limits on a run's duration and on the time in which its source delivers nothing. It is a
/// value without a clock: all times are passed in, counted from any fixed moment.
///
/// Only time in which the consumer waits and nothing is read counts as a stall. Neither a user's
/// pause nor a consumer that does not ask is a stall.
package struct TimeLimits {
  /// The result of comparing the time with the limits.
  package enum Verdict: Equatable {
    /// No limit is reached before `until`; nil when there is no limit.
    case fine(until: Duration?)
    case stalled(after: Duration)
    case timedOut(after: Duration)
  }

  private let stall: Duration?
  private let total: Duration?
  package private(set) var start: Duration?
  private var waitingSince: Duration?
  private var isPaused = false

  package init(stall: Duration?, total: Duration?) {
    self.stall = stall
    self.total = total
  }

  /// Whether there is any limit.
  package var exist: Bool { stall != nil || total != nil }

  /// The consumer asks, and waits from now on.
  package mutating func demand(at now: Duration) {
    if start == nil { start = now }
    if waitingSince == nil { waitingSince = now }
  }

  /// Records came from the source.
  package mutating func read(at now: Duration) {
    if waitingSince != nil { waitingSince = now }
  }

  /// The consumer has received its answer.
  package mutating func answer() { waitingSince = nil }

  /// The user pauses the run.
  package mutating func pause() { isPaused = true }

  /// The user resumes the run.
  package mutating func resume(at now: Duration) {
    isPaused = false
    read(at: now)
  }

  /// Compares the time with the limits.
  package func verdict(at now: Duration) -> Verdict {
    if let total, let start, now >= start + total { return .timedOut(after: total) }
    let quietSince = isPaused ? nil : waitingSince
    if let stall, let quietSince, now >= quietSince + stall { return .stalled(after: stall) }
    // A consumer that does not wait now can stall no sooner than a whole limit from now.
    let deadlines = [total.map { (start ?? now) + $0 }, stall.map { (quietSince ?? now) + $0 }]
    return .fine(until: deadlines.compactMap { $0 }.min())
  }
}
