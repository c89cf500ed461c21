package import BenchComparer

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
}
