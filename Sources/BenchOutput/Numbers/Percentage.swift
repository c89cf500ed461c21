/// Relative changes as people read them. All take fractions: 0.031 is `3.1 %`.
package enum Percentage {
  /// `3.1 %`, `134 %`; under 0.1 % as many digits as the first one needs, `0.004 %`.
  package static func text(_ fraction: Double) -> String {
    "\(number(fraction * 100, decimals: decimals(fraction))) %"
  }

  /// `+3.1 %`, `−0.4 %`, `0 %`
  package static func signed(_ fraction: Double) -> String { "\(signedNumber(fraction)) %" }

  /// `3.1–4.8 %`; `3.1 %` where both ends are written alike; `−0.4 to +5.1 %` where an end is
  /// negative.
  package static func range(_ lower: Double, _ upper: Double) -> String {
    if lower < 0 {
      let (low, high) = (signedNumber(lower), signedNumber(upper))
      return low == high ? "\(low) %" : "\(low) to \(high) %"
    }
    let shown = min(decimals(lower), decimals(upper))
    let (low, high) = (number(lower * 100, decimals: shown), number(upper * 100, decimals: shown))
    return low == high ? "\(high) %" : "\(low)–\(high) %"
  }

  /// An estimate with its interval, `7.6 % (6.1–9.2)`, or `+1.2 % (−2.4 to +5.1)` where an end
  /// is negative; the estimate alone where both ends are written like it.
  package static func estimate(_ estimate: Double, _ lower: Double, _ upper: Double) -> String {
    let middle = lower < 0 ? signed(estimate) : text(estimate)
    let ends = range(lower, upper)
    return ends == middle ? middle : "\(middle) (\(ends.dropLast(2)))"
  }

  private static func signedNumber(_ fraction: Double) -> String {
    let text = number(fraction * 100, decimals: decimals(fraction))
    return fraction > 0 && text != "0" ? "+\(text)" : text
  }

  private static func number(_ percent: Double, decimals: Int) -> String {
    if percent == 0 { return "0" }
    return abs(percent) < shortest
      ? Digits.scientific(percent) : Digits.fixed(percent, decimals: decimals)
  }

  /// Six decimals would show nothing of less.
  private static let shortest = 5e-7

  private static func decimals(_ fraction: Double) -> Int {
    let percent = abs(fraction * 100)
    if !percent.isFinite || percent >= 99.95 { return 0 }
    if percent == 0 || percent >= 0.095 { return 1 }
    return min(-Digits.exponent(percent), 6)
  }
}
