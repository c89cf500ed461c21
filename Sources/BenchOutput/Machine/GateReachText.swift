package import BenchComparer
import BenchModel

/// What the gate can see on a machine, in one sentence.
package enum GateReachText {
  /// `reach` is `nil` where nothing was measured here.
  package static func text(_ reach: GateReach?) -> String {
    guard let reach else {
      return "What the gate can see here is not known before something was recorded."
    }
    let half = Percentage.text(reach.median)
    let worst = RelativeSize.range(reach.largest, reach.largest)
    guard reach.series > 1 else {
      return
        "Side by side this gate sees a change of \(half) in \(reach.noisiest) here; of a smaller "
        + "one it cannot tell."
    }
    return "Side by side this gate sees a change of \(half) in half of the "
      + "\(Digits.grouped(reach.series)) gate series here, and of \(worst) in the noisiest, "
      + "\(reach.noisiest); of smaller ones it cannot tell."
  }

  /// What the moments of this machine do to a round, and what change that leaves to be told.
  package static func text(_ noise: RoundNoise, rule: ComparisonRule) -> String {
    func size(_ deviation: Double) -> String {
      Percentage.text(noise.smallest(deviation, rule: rule))
    }
    return "The moments of this machine make a round deviate by \(Percentage.text(noise.apart)) "
      + "where one process runs after the other, and by \(Percentage.text(noise.inTurns)) where "
      + "they take turns: beside what processes differ by, \(RoundNoise.series) series could be "
      + "told a change of \(size(noise.apart)) and of \(size(noise.inTurns)), in about "
      + "\(Quantity(RoundNoise.seconds * 1e9, .nanoseconds))."
  }
}
