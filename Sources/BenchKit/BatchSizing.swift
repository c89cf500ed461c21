/// Finds how many iterations make one sample: pure, so that any clock will do.
///
/// Trials grow until two of the same size running take at least `target` each: one alone may have
/// been cold, or interrupted, and then every sample after it would be too short. The trials are
/// real executions, the coldest of the process, and are kept as warm-up samples.
package struct BatchSizing: Sendable, Equatable {
  /// Nanoseconds that a sample shall take at least.
  package let target: UInt64
  /// Iterations of the next trial; of every sample, once `isDone`.
  package private(set) var iterations = 1
  package private(set) var isDone = false
  /// Whether the last trial took long enough.
  private var isConfirming = false

  package init(target: UInt64) { self.target = target }

  /// Learns how long the last trial took.
  package mutating func add(nanoseconds: UInt64) {
    guard nanoseconds < target, iterations < Self.maximumIterations else {
      isDone = isConfirming || nanoseconds / Self.beyondDoubt >= target
      isConfirming = true
      return
    }
    isConfirming = false
    isDone = false
    // A fifth more than the trial suggests, so that the next one need not fall short again by a
    // hair; at least twice as many, so that an overrated cold trial is left behind, and at most ten
    // times, so that an underrated one does not run away.
    let needed = Double(target) / Double(max(nanoseconds, 1)) * Double(iterations) * 1.2
    let bounded = min(max(needed, Double(iterations) * 2), Double(iterations) * 10)
    iterations = min(Int(bounded.rounded(.up)), Self.maximumIterations)
  }

  /// A trial that takes this many times the target needs no second one: starting cold or being
  /// interrupted doesn't cost that much.
  private static let beyondDoubt: UInt64 = 100
  /// A body that takes no time at all would be tried forever.
  static let maximumIterations = 1_000_000_000
}

extension BatchSizing {
  /// How long a sample shall take, in nanoseconds: the largest of
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

  /// Below this many nanoseconds CPU time and resource use are not read from a sample.
  package static let shortestForCPU: UInt64 = 100_000
}
