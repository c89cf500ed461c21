/// How long a run may take, and how long its source may be quiet. A value without a clock: the
/// times come from outside, counted from any fixed moment.
///
/// The source is quiet while the consumer waits and nothing was read. A user's pause is no
/// quiet, and neither is a consumer that does not ask.
package struct TimeLimits {
  /// What the time says.
  package enum Verdict: Equatable {
    /// Nothing before `until`; nil when there is no limit.
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

  /// Whether time can end the run at all.
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

  /// The consumer has got its answer.
  package mutating func answer() { waitingSince = nil }

  /// The user holds the run.
  package mutating func pause() { isPaused = true }

  /// The user lets it go on.
  package mutating func resume(at now: Duration) {
    isPaused = false
    read(at: now)
  }

  /// Whether a limit is reached.
  package func verdict(at now: Duration) -> Verdict {
    if let total, let start, now >= start + total { return .timedOut(after: total) }
    let quietSince = isPaused ? nil : waitingSince
    if let stall, let quietSince, now >= quietSince + stall { return .stalled(after: stall) }
    // Who does not wait now can be stalled no sooner than a whole limit from now.
    let deadlines = [total.map { (start ?? now) + $0 }, stall.map { (quietSince ?? now) + $0 }]
    return .fine(until: deadlines.compactMap { $0 }.min())
  }
}
