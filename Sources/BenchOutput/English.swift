/// Number and noun in agreement.
package enum English {
  /// `1 benchmark`, `1,200 benchmarks`
  package static func count(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(Digits.grouped(count)) \(count == 1 ? singular : plural ?? singular + "s")"
  }

  /// `1 series is`, `3 series are`; the noun has one form.
  static func series(_ count: Int, _ singular: String, _ plural: String) -> String {
    "\(Digits.grouped(count)) series \(count == 1 ? singular : plural)"
  }

  /// `1 process`, `10 processes`
  static func processes(_ count: Int) -> String { self.count(count, "process", "processes") }

  /// `a`, `a and b`, `a, b and c`
  package static func list(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension String {
  /// A sentence out of a phrase: its first letter is a capital.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The same text with ranges and percentages kept on one line: `7.9–9.2 %`.
  var unbroken: String {
    replacing(" %", with: "\u{A0}%").replacing("–", with: "\u{2060}–\u{2060}")
  }
}
