import BenchTestSupport
import Testing
import TextCoding

@Suite struct DisplayWidthTests {
  @Test(
    "Width counts columns, not characters",
    arguments: [
      ("", 0), ("abc", 3), ("µs", 2), ("日本", 4), ("한글", 4), ("e\u{301}", 1), ("👍", 2),
      ("👨‍👩‍👧", 2), ("❤️", 2), ("1️⃣", 2), ("❤", 1), ("🇩🇪", 2), ("ｆ", 2), ("ｶﾅ", 2), ("±–·⋯", 4),
      ("\u{200B}", 0), ("\u{FEFF}", 0), ("▁▂▃─", 4), ("䷀", 2), ("🛠", 1),
    ])
  func width(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test("Every scalar alone has the width of its class")
  func everyScalar() {
    var wrong: [String] = []
    for scalar in SampledScalars() {
      let width = DisplayWidth.of(Character(scalar))
      let isInvisible =
        switch scalar.properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark: true
        default: false
        }
      let isRight =
        isInvisible
        ? width == 0
        : scalar.properties.isEmojiPresentation || scalar.properties.isIdeographic
          ? width == 2 : width == 1 || (width == 2 && scalar.value >= 0x1100)
      if !isRight { wrong.append("U+\(String(scalar.value, radix: 16)): \(width)") }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
  }

  @Test("Printable ASCII has one column each, and every other byte of ASCII none")
  func ascii() {
    for byte in UInt8(0)..<0x80 {
      let text = String(Unicode.Scalar(byte))
      #expect(DisplayWidth.of(text) == ((0x20..<0x7F).contains(byte) ? 1 : 0))
    }
  }

  @Test("A text is as wide as its characters together", arguments: 1...10)
  func sum(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = ["a", "日", "e\u{301}", "👍🏽", "\u{200D}", "ｶ", "\u{1B}", "–"]
    let text = (0..<50).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    #expect(
      DisplayWidth.of(text) == text.map { DisplayWidth.of($0) }.reduce(0, +), "seed \(seed)")
  }
}
