package import BenchModel

/// The turns of one benchmark's processes in a round: how many, and what a process does in each.
///
/// The figures behind the defaults were measured with thirteen kernels on two shared virtual cores.
/// Turns of a millisecond lie within the moments of such a machine, which last from ten
/// milliseconds to seconds. The first tenth of a millisecond after the other side's turn is dearer,
/// because the caches hold the other side's data: by 0.2 % for arithmetic, 28 to 90 % for
/// allocation and large tables; from the third tenth on by at most 1.3 %.
package struct TurnPlan: Sendable, Hashable {
  /// The number of iterations of one sample, the same on all sides.
  package let iterations: Int
  /// The number of samples of a turn, and how many of them, the first ones, do not count.
  package let samples: Int
  package let uncounted: Int
  /// The number of turns before those that count.
  package let warmUpTurns: Int
  package let countedTurns: Int
  /// By how much turns are longer than usual: 1 for a millisecond.
  package let stretch: Int
  /// The nanoseconds that a turn takes, about.
  package let turnNanoseconds: Double
  /// The nanoseconds that a turn of the slower side took in the pilot.
  package var slowestTurn = 0.0

  package var turns: Int { warmUpTurns + countedTurns }
  package var sampleTurns: SampleTurns { SampleTurns(samples: samples, uncounted: uncounted) }
  package var method: RoundMethod { stretch > 1 ? .longTurns : .lockstep }

  /// The stretches that are tried in order while the caches are cold for too much of a turn.
  static let stretches = [1, 5, 20]
  /// The nanoseconds of a turn, and of one of its samples, at stretch 1.
  static let usualTurn = 1e6
  static let usualSample = 1e5
}

extension TurnPlan {
  /// - Parameters:
  ///   - iteration: the nanoseconds of one iteration.
  ///   - stretch: 1, or more for longer turns.
  ///   - uncounted: the samples at the beginning of a turn that do not count. Where a turn has
  ///     room for no more than twice as many, they come on top of what counts.
  ///   - turns: the number of turns that count, where their time allows.
  ///   - seconds: the seconds that a process samples for in a profile.
  package init(
    iteration: Double, stretch: Int = 1, uncounted: Int, turns: Int, seconds: Double
  ) {
    let iteration = max(iteration, 0.1)
    let sampleTarget = Self.usualSample * Double(stretch)
    iterations = max(1, Int((sampleTarget / iteration).rounded()))
    let sample = iteration * Double(iterations)
    let fitting = max(1, Int((Self.usualTurn * Double(stretch) / sample).rounded()))
    samples = fitting > 2 * uncounted ? fitting : max(1, fitting) + uncounted
    self.uncounted = uncounted
    self.stretch = stretch
    turnNanoseconds = sample * Double(samples)
    let affordable = Self.sampling(seconds) / turnNanoseconds
    let wanted = stretch == 1 ? turns : max(Self.fewestLongTurns, turns / stretch)
    countedTurns = min(wanted, max(Self.fewestTurns, Int(min(affordable, 1e6))))
    warmUpTurns = min(
      Self.mostWarmUpTurns, max(1, Int(min(Self.warmUp * Double(stretch) / turnNanoseconds, 1e6))))
  }

  /// The nanoseconds for turns that count: twice what a process alone samples for, because the
  /// fewer turns there are, the less their median says.
  private static func sampling(_ seconds: Double) -> Double { 2e9 * seconds }
  private static let fewestTurns = 5
  private static let fewestLongTurns = 8
  /// Five turns are warm-up, fewer where they take longer than 50 ms.
  private static let mostWarmUpTurns = 5
  private static let warmUp = 5e7

  /// How many turns count by default, where their time allows.
  package static let usualTurns = 20
}
