import StreamingPipeline

/// A pattern of digits such as `#,##0.00`, `0.0#` or `0 %`.
///
/// `0` is a digit that is always written and `#` one that is written where there is one. `,` groups
/// the digits before the point by the number of digits after the last comma. Text before and after
/// the digits is written as it is; single quotes make special characters plain text. A `%` after
/// the digits multiplies by 100. Numbers are rounded half away from zero.
struct NumberPattern: Hashable, Sendable {
  private var prefix = ""
  private var suffix = ""
  private var leastWhole = 0
  private var leastFraction = 0
  private var mostFraction = 0
  private var groupSize: Int?
  private var isPercentage = false

  /// Makes a pattern with this many digits after the point and grouped thousands.
  init(fraction: Int, prefix: String = "", suffix: String = "", isPercentage: Bool = false) {
    leastWhole = 1
    leastFraction = fraction
    mostFraction = fraction
    groupSize = 3
    self.prefix = prefix
    self.suffix = suffix
    self.isPercentage = isPercentage
  }

  /// Reads a pattern; nil where it has no digit, or two separate runs of digits.
  init?(_ text: String) {
    var characters = text[...]
    guard let before = Self.literal(&characters, isPercentage: &isPercentage) else { return nil }
    prefix = before
    guard readWhole(&characters), readFraction(&characters) else { return nil }
    guard let behind = Self.literal(&characters, isPercentage: &isPercentage),
      characters.isEmpty
    else { return nil }
    suffix = behind
  }

  /// The plain text before or after the digits.
  private static func literal(_ text: inout Substring, isPercentage: inout Bool) -> String? {
    var result = ""
    while let character = text.first, !"#0,.".contains(character) {
      text.removeFirst()
      if character == "'" {
        guard let end = text.firstIndex(of: "'") else { return nil }
        result += end == text.startIndex ? "'" : text[..<end]
        text = text[end...].dropFirst()
      } else {
        if character == "%" { isPercentage = true }
        result.append(character)
      }
    }
    return result
  }

  private mutating func readWhole(_ text: inout Substring) -> Bool {
    var count = 0
    var sinceComma: Int?
    while let character = text.first, "#0,".contains(character) {
      text.removeFirst()
      if character == "," {
        guard count > 0 else { return false }
        sinceComma = 0
        continue
      }
      if character == "#", leastWhole > 0 { return false }
      if character == "0" { leastWhole += 1 }
      count += 1
      sinceComma = sinceComma.map { $0 + 1 }
    }
    groupSize = sinceComma
    return sinceComma != 0 && count > 0
  }

  private mutating func readFraction(_ text: inout Substring) -> Bool {
    guard text.first == "." else { return true }
    text.removeFirst()
    while let character = text.first, "#0".contains(character) {
      text.removeFirst()
      if character == "0" {
        if mostFraction > leastFraction { return false }
        leastFraction += 1
      }
      mostFraction += 1
    }
    return mostFraction > 0
  }

  /// Formats a number; infinities and NaN are written as Swift describes them.
  func text(_ value: Value) -> String {
    guard var digits = DecimalDigits(value) else { return value.description }
    if isPercentage { digits.shift(by: 2) }
    var (whole, fraction) = digits.written(atMost: mostFraction, atLeast: leastFraction)
    let isZero = whole == [0] && fraction.allSatisfy { $0 == 0 }
    if leastWhole == 0, whole == [0], !fraction.isEmpty { whole = [] }
    if whole.count < leastWhole {
      whole = [UInt8](repeating: 0, count: leastWhole - whole.count) + whole
    }
    var bytes: [UInt8] = []
    for (index, digit) in whole.enumerated() {
      if let groupSize, index > 0, (whole.count - index) % groupSize == 0 {
        bytes.append(UInt8(ascii: ","))
      }
      bytes.append(digit + 48)
    }
    if !fraction.isEmpty { bytes.append(UInt8(ascii: ".")) }
    bytes += fraction.map { $0 + 48 }
    let sign = digits.isNegative && !isZero ? "-" : ""
    return sign + prefix + String(decoding: bytes, as: UTF8.self) + suffix
  }
}
