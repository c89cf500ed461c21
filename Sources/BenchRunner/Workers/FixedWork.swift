/// Decides whether what a worker does is fixed by its plan, and so can be counted from outside.
///
/// It holds the plan of the next attempt. The first asks for three samples in no time, so that a
/// worker that fits its iterations to the time takes the fewest. One that takes fewer samples then
/// gets the time; one whose count does not repeat gets more samples, so that what start-up varies
/// by weighs less.
package struct FixedWork: Sendable, Hashable {
  /// What one process of a worker did.
  package struct Total: Sendable, Hashable {
    package let instructions: Double
    /// The samples after warm-up, and the iterations of all.
    package let samples: Int
    package let iterations: Int

    package init(instructions: Double, samples: Int, iterations: Int) {
      self.instructions = instructions
      self.samples = samples
      self.iterations = iterations
    }
  }

  package enum Judgement: Sendable, Hashable {
    /// The instructions of one iteration, and over how many iterations they were counted.
    case counted(instructions: Double, iterations: Int)
    case impossible(String)
    /// Count again by the plan that is now there.
    case again
  }

  /// The samples of the longer runs.
  package private(set) var samples = 3
  /// The seconds that the worker is given.
  package private(set) var seconds = 0.001

  package init() {}

  /// The share by which a repeated count may differ.
  private static let tolerance = 0.001
  private static let manySamples = 17
  private static let manySeconds = 30.0

  /// Judges three processes: one with one sample, and two with `samples`.
  package mutating func judge(_ totals: [Total]) -> Judgement {
    let (one, many, repeated) = (totals[0], totals[1], totals[2])
    guard [one.samples, many.samples, repeated.samples] == [1, samples, samples] else {
      guard seconds < Self.manySeconds, many.samples < samples else {
        return .impossible(
          "its work is not fixed: asked for 1 and for \(samples) samples, it took "
            + "\(one.samples) and \(many.samples)")
      }
      seconds = Self.manySeconds
      return .again
    }
    let instructions = many.instructions - one.instructions
    let iterations = many.iterations - one.iterations
    let isRepeated =
      many.iterations == repeated.iterations
      && abs(repeated.instructions - many.instructions) <= Self.tolerance * instructions
    guard !isRepeated || iterations <= 0 else {
      return .counted(instructions: instructions / Double(iterations), iterations: iterations)
    }
    guard samples == Self.manySamples else {
      samples = Self.manySamples
      return .again
    }
    return .impossible(
      instructions > 0 && iterations > 0
        ? "its work is not fixed: its count does not repeat within 0.1 %"
        : "its work is not fixed: its count does not grow with its samples")
  }
}
