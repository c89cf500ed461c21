#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The clock a run goes by: for its duration, its time limits and the waits between retries.
///
/// Any clock of the standard library's kind will do; times are counted from when it was wrapped.
public struct PipelineClock: Sendable {
  private let elapsed: @Sendable () -> Duration
  private let wait: @Sendable (Duration) async throws -> Void

  /// The system's clock that never stops.
  public static let continuous = PipelineClock(ContinuousClock())

  /// Goes by another clock.
  public init<Base: Clock>(_ base: Base) where Base.Duration == Duration {
    let start = base.now
    elapsed = { start.duration(to: base.now) }
    wait = { try await base.sleep(until: start.advanced(by: $0), tolerance: nil) }
  }

  /// The time since some fixed moment.
  var now: Duration { elapsed() }

  /// Returns when `now` has come to `deadline`.
  ///
  /// - Throws: `CancellationError` when the task is cancelled before.
  func sleep(until deadline: Duration) async throws { try await wait(deadline) }
}

/// The calendar's time as timestamps count it: microseconds since 1970-01-01T00:00:00Z.
func wallClockMicroseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
}
