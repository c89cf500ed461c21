import Foundation

/// Decimal numbers as people read them: the same on every machine, whatever its locale.
package enum Digits {
  /// `value` with three significant digits: `0.0312`, `3.12`, `31.2`, `312`; from 1,000 on whole,
  /// with separators, and from 10¹⁵ on `1.70e308`, as below a millionth `1.00e-307`.
  package static func three(_ value: Double) -> String {
    guard value.isFinite else { return notFinite(value) }
    guard value != 0 else { return "0" }
    if abs(value) >= longest || abs(value) < shortest { return scientific(value) }
    return fixed(value, decimals: max(0, 2 - exponent(value)))
  }

  /// `value` with so many digits after the point and thousands separated: `1,234.5`; from 10¹⁵
  /// on as `three` has it.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return notFinite(value) }
    if abs(value) >= longest { return scientific(value) }
    let text = String(format: "%.\(decimals)f", abs(value))
    let whole = text.prefix { $0 != "." }
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return (value < 0 && !isZero ? minus : "") + grouped(whole) + text.dropFirst(whole.count)
  }

  /// `1,234,567`
  package static func grouped(_ value: Int) -> String {
    (value < 0 ? minus : "") + grouped(String(value.magnitude)[...])
  }

  /// The power of ten of the first digit after rounding to three: 0 for 9.99, 1 for 9.996.
  static func exponent(_ value: Double) -> Int {
    guard value != 0, value.isFinite else { return 0 }
    return Int(String(format: "%.2e", value).split(separator: "e")[1]) ?? 0
  }

  /// The sign that is as wide as the plus; a hyphen would read as a range.
  static let minus = "\u{2212}"

  /// Nobody counts the digits of a number from here on, and a double holds no more of them (2⁵³
  /// is 9 × 10¹⁵).
  private static let longest = 1e15

  /// Nobody counts the zeros of a number below this either.
  private static let shortest = 1e-6

  /// `1.70e308`, `1.00e-307`
  static func scientific(_ value: Double) -> String {
    let parts = String(format: "%.2e", abs(value)).split(separator: "e")
    return (value < 0 ? minus : "") + "\(parts[0])e\(Int(parts[1]) ?? 0)"
  }

  private static func notFinite(_ value: Double) -> String {
    value.isNaN ? "n/a" : value < 0 ? minus + "∞" : "∞"
  }

  private static func grouped(_ digits: Substring) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
