/// Finds how many iterations make one sample. It is pure, so tests can use any clock.
///
/// Trials grow until two of the same size in a row take at least `target` each. A single one may
/// have been cold or interrupted, and then every later sample would be too short. The trials are
/// real executions, the coldest of the process, and are stored as warm-up samples.
package struct BatchSizing: Sendable, Equatable {
  /// The nanoseconds that a sample should take at least.
  package let target: UInt64
  /// The number of iterations of the next trial, or of every sample once `isDone`.
  package private(set) var iterations = 1
  package private(set) var isDone = false
  /// Whether the last trial took long enough, so that the next one confirms it.
  private var isConfirming = false

  package init(target: UInt64) { self.target = target }

  /// Adds the duration of the last trial.
  package mutating func add(nanoseconds: UInt64) {
    guard nanoseconds < target, iterations < Self.maximumIterations else {
      isDone = isConfirming || nanoseconds / Self.beyondDoubt >= target
      isConfirming = true
      return
    }
    isConfirming = false
    isDone = false
    // The next size is a fifth more than the trial suggests, so that it is not just short again. It
    // is at least twice the last, because a cold trial takes too long, and at most ten times, in
    // case a trial was timed too short.
    let needed = Double(target) / Double(max(nanoseconds, 1)) * Double(iterations) * 1.2
    let bounded = min(max(needed, Double(iterations) * 2), Double(iterations) * 10)
    iterations = min(Int(bounded.rounded(.up)), Self.maximumIterations)
  }

  /// A trial that takes this many times the target needs no confirmation, because neither a cold
  /// start nor an interruption costs that much.
  private static let beyondDoubt: UInt64 = 100
  /// The most iterations: a body that takes no time at all would otherwise be tried forever.
  static let maximumIterations = 1_000_000_000
}

extension BatchSizing {
  /// The duration that a sample should have, in nanoseconds. It is the largest of
  ///
  /// - 1,000 ticks of the clock, so that its steps are under 0.1 % of a sample;
  /// - 100 µs, since reading CPU time costs about 0.5 µs, which is then under 0.5 % of a sample;
  /// - the plan's share for one sample, up to 1 ms. Longer batches only average over interruptions:
  ///   a scheduler's slice is about 3 ms, so most samples of 1 ms have none.
  package static func target(
    clockTick: UInt64, seconds: Double, maximumSamples: Int
  ) -> UInt64 {
    let share = seconds * 1e9 / Double(max(maximumSamples, 1))
    return max(1_000 * clockTick, shortestForCPU, UInt64(min(max(share, 0), 1_000_000)))
  }

  /// Below this many nanoseconds, neither CPU time nor resource use is read from a sample.
  package static let shortestForCPU: UInt64 = 100_000
}
