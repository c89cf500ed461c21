import BenchTestSupport
import Testing
import TextCoding

@Suite struct HTMLTextTests {
  /// What a browser makes of it.
  private func decoded(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
      .reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  @Test("Of all scalars only the five with a meaning and control characters are replaced")
  func everyScalar() {
    var wrong: [UInt32] = []
    for scalar in SampledScalars() {
      let expected =
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        case "\n", "\t": String(scalar)
        default: scalar.properties.generalCategory == .control ? "\u{FFFD}" : String(scalar)
        }
      // Between others, since the bytes of a scalar must not be taken for those of its neighbour.
      let escaped = HTMLText.escaped("Â" + String(scalar) + "é")
      if !escaped.unicodeScalars.elementsEqual(("Â" + expected + "é").unicodeScalars) {
        wrong.append(scalar.value)
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0, radix: 16) })")
  }

  @Test("A browser shows what was written", arguments: 1...20)
  func roundTrip(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = ["<", ">", "&", "\"", "'", "&lt;", "</script>", "é", "日", "\u{A0}", "a", "\n"]
    for _ in 0..<50 {
      let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let escaped = HTMLText.escaped(text)
      #expect(!escaped.contains { "<>\"'".contains($0) })
      #expect(decoded(escaped) == text, "seed \(seed)")
    }
  }

  @Test("Appending adds to what is there")
  func appending() {
    var bytes = Array("<b>\u{C2}".utf8)
    HTMLText.append("\u{85}x<", to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "<b>\u{C2}\u{FFFD}x&lt;")
  }
}
