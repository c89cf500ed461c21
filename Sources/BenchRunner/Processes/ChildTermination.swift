#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Decides how a child is killed: its process group gets SIGTERM, and SIGKILL where it is still
/// there after the grace period.
///
/// It sends nothing itself. `ChildWatch` asks it for the next signal when the time is over, when
/// the user interrupts, and when the reader has had enough.
package struct ChildTermination {
  private enum Phase {
    case running, terminating, killed
  }

  private var phase = Phase.running
  private let gracePeriod: Duration
  /// Why the child is killed; the first reason stays.
  package private(set) var reason: ChildExit.Stop?
  /// When the next signal is due: at first the child's time limit, then the end of the grace
  /// period; `nil` where nothing is due.
  package private(set) var deadline: ContinuousClock.Instant?

  package init(deadline: ContinuousClock.Instant?, gracePeriod: Duration) {
    self.deadline = deadline
    self.gracePeriod = gracePeriod
  }

  /// Whether no signal was sent yet.
  package var isRunning: Bool { phase == .running }

  /// The next signal for the process group; `nil` where it is to be waited for.
  package mutating func signal(
    because reason: ChildExit.Stop, at now: ContinuousClock.Instant
  ) -> Int32? {
    self.reason = self.reason ?? reason
    switch phase {
    case .running:
      phase = .terminating
      deadline = now + gracePeriod
      return SIGTERM
    case .terminating:
      if let deadline, deadline > now { return nil }
      phase = .killed
      deadline = nil
      return SIGKILL
    case .killed: return nil
    }
  }
}
