/// Finds how long an iteration takes by samples of a growing number of iterations.
///
/// A sample's time contains handing over, some microseconds, so it is believed from a tenth of a
/// millisecond on, and the quickest of three counts, because interruptions only add time.
package struct SampleSizing: Hashable {
  /// The number of iterations of the next sample.
  package private(set) var iterations = 1
  /// The nanoseconds of an iteration; `nil` until that is known.
  package private(set) var iterationNanoseconds: Double?
  private var quickest = Double.infinity
  private var samples = 0

  package init() {}

  /// Adds the time of the last sample.
  package mutating func add(nanoseconds: Double) {
    let nanoseconds = max(nanoseconds, 1)
    if nanoseconds < TurnPlan.usualSample, iterations < Self.mostIterations {
      grow(from: nanoseconds)
      return
    }
    quickest = min(quickest, nanoseconds)
    samples += 1
    let isEnough =
      samples == 3 || quickest > Self.beyondDoubt || iterations == Self.mostIterations
    if isEnough { iterationNanoseconds = quickest / Double(iterations) }
  }

  /// The next size is a fifth more than the sample suggests, at least twice and at most ten times
  /// the last, because one sample may have been cold or interrupted.
  private mutating func grow(from nanoseconds: Double) {
    let needed = TurnPlan.usualSample / nanoseconds * Double(iterations) * 1.2
    let bounded = min(max(needed, Double(iterations) * 2), Double(iterations) * 10)
    iterations = min(Int(bounded.rounded(.up)), Self.mostIterations)
    (quickest, samples) = (.infinity, 0)
  }

  /// A body that takes no time at all would otherwise be tried forever.
  private static let mostIterations = 1_000_000_000
  /// A sample this long is not tried three times.
  private static let beyondDoubt = 2e7
}
