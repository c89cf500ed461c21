#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The clock that a run uses for its duration, its time limits and the waits between retries.
///
/// Any clock with `Duration` as its unit can be used. Times are counted from when it was wrapped.
public struct PipelineClock: Sendable {
  private let elapsed: @Sendable () -> Duration
  private let wait: @Sendable (Duration) async throws -> Void

  /// The system's continuous clock.
  public static let continuous = PipelineClock(ContinuousClock())

  /// Wraps another clock.
  public init<Base: Clock>(_ base: Base) where Base.Duration == Duration {
    let start = base.now
    elapsed = { start.duration(to: base.now) }
    wait = { try await base.sleep(until: start.advanced(by: $0), tolerance: nil) }
  }

  /// The time since a fixed moment.
  var now: Duration { elapsed() }

  /// Suspends until `now` has reached `deadline`.
  ///
  /// - Throws: `CancellationError` when the task is cancelled before.
  func sleep(until deadline: Duration) async throws { try await wait(deadline) }
}

/// The time of day as timestamps count it: microseconds since 1970-01-01T00:00:00Z.
func wallClockMicroseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
}
