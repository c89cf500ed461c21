import BenchTestSupport

/// Texts that nobody hopes to get: long ones, and such as other programs would obey or misread.
struct HostileText {
  var random: SeededRandom

  /// A text of at most so many bytes. Every third has about as many.
  mutating func text(upTo bytes: Int) -> String {
    let length = Int.random(in: 0..<3, using: &random) == 0 ? bytes : min(bytes, 24)
    let pieces = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      Self.pieces.randomElement(using: &random) ?? "a"
    }
    let unit = pieces.joined()
    var text = ""
    while text.utf8.count + unit.utf8.count <= length { text += unit }
    return text
  }

  /// A text that is not empty.
  mutating func name(upTo bytes: Int) -> String {
    let text = text(upTo: bytes)
    return text.isEmpty ? "x" : text
  }

  /// A text of JSON with the same contents, each scalar as an escape where it can be one.
  static func escaped(_ text: String) -> String {
    text.utf16.reduce(into: "\"") { result, unit in
      let digits = String(unit, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    } + "\""
  }

  private static let pieces = [
    "a", " ", "/", "=", ",", "\"", "\\", "\\u0000", "\u{0}", "\u{1}", "\n", "\r\n", "\t",
    "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{2028}", "\u{202E}", "\u{FEFF}", "\u{FFFD}", "é",
    "e\u{301}", "日本", "👩‍👩‍👧", "\u{10FFFF}", "\u{301}\u{302}\u{303}", "<!--", "');--", "{\"a\":1}",
  ]
}
