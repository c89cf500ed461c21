package import BenchComparer

/// The size of a change in words: a percentage, or where that would have more digits than people
/// read, a factor.
package enum RelativeSize {
  /// `6.1–9.2 %`, `a factor of 12.0–13.1`; `12.0 % or more` where the upper end is infinite.
  ///
  /// `isShare`: the change is a share of what there was, and so less than all of it; otherwise it
  /// comes on top of what there was.
  static func range(_ lower: Double, _ upper: Double, isShare: Bool = false) -> String {
    if lower.isNaN || upper.isNaN { return "an unknown amount" }
    guard isFactor(lower, upper, isShare) else {
      return upper.isFinite
        ? Percentage.range(lower, upper) : "\(Percentage.text(lower)) or more"
    }
    let (low, high) = (factor(lower, isShare), factor(upper, isShare))
    let most = largest(isShare)
    guard low < most else { return "a factor of more than \(text(most, isLong: true))" }
    guard high < most else { return "a factor of \(text(low, isLong: low >= longest)) or more" }
    let isLong = high >= longest
    let (from, to) = (text(low, isLong: isLong), text(high, isLong: isLong))
    return "a factor of " + (from == to ? to : "\(from)–\(to)")
  }

  /// An estimate with its interval: `7.6 % (6.1–9.2)`, `a factor of 12.5 (12.0–13.1)`; the
  /// interval alone where an end has no number.
  static func estimate(
    _ estimate: Double, _ lower: Double, _ upper: Double, isShare: Bool = false
  ) -> String {
    let ends = range(lower, upper, isShare: isShare)
    guard upper.isFinite, !ends.contains("more"), !ends.contains("unknown") else { return ends }
    guard isFactor(lower, upper, isShare) else {
      return Percentage.estimate(estimate, lower, upper)
    }
    let isLong = factor(upper, isShare) >= longest
    let (prefix, middle) = ("a factor of ", text(factor(estimate, isShare), isLong: isLong))
    return ends == prefix + middle
      ? ends : "\(prefix)\(middle) (\(ends.dropFirst(prefix.count)))"
  }

  /// `+3.1 %`; `from 0 to 12` of a shift from or to zero, in a unit that its reader knows.
  package static func signed(_ shift: RelativeShift) -> String {
    shift.zero.map { "from \(Digits.three($0.from)) to \(Digits.three($0.to))" }
      ?? signed(shift.estimate)
  }

  /// `+3.1 %`, `−0.4 %`, `0 %`, and from 1,000 % on `×12.3`
  package static func signed(_ fraction: Double) -> String {
    guard fraction > mostPercent else { return Percentage.signed(fraction) }
    let factor = min(1 + fraction, largest(false))
    return "×\(text(factor, isLong: factor >= longest))" + (fraction.isFinite ? "" : " or more")
  }

  /// A change by more than this reads as a factor: it is 1,000 %.
  private static let mostPercent = 10.0
  /// What is less by more than this reads as a factor too: 99.5 % is a two-hundredth.
  private static let mostShare = 0.995

  private static func isFactor(_ lower: Double, _ upper: Double, _ isShare: Bool) -> Bool {
    if isShare { return lower >= mostShare }
    return upper.isFinite ? upper > mostPercent && lower >= 1 : lower > mostPercent
  }

  private static func factor(_ change: Double, _ isShare: Bool) -> Double {
    isShare ? 1 / max(1 - change, 0) : 1 + change
  }

  /// Beyond this a share is all but everything, and a double does not tell how much is left.
  private static func largest(_ isShare: Bool) -> Double {
    isShare ? 1e15 : Double.greatestFiniteMagnitude
  }

  /// Factors from here on have an exponent, and so have those beside them.
  private static let longest = 1e6

  /// Three digits.
  private static func text(_ factor: Double, isLong: Bool) -> String {
    if isLong { return Digits.scientific(factor) }
    guard factor >= 1_000 else { return Digits.three(factor) }
    let step = factor < 1e4 ? 10.0 : factor < 1e5 ? 100 : 1_000
    return Digits.fixed((factor / step).rounded() * step, decimals: 0)
  }
}
