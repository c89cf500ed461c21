import Testing
import TextCoding

@Suite struct PrintableTests {
  @Test("What a terminal would obey is shown instead")
  func printable() {
    #expect(Printable.text("plain · ünïcode 日本") == "plain · ünïcode 日本")
    #expect(Printable.text("a\u{1B}[31mb") == "a\\e[31mb")
    #expect(Printable.text("a\nb\tc\rd\u{7F}") == "a\\nb\\tc\\rd\\u{7F}")
    #expect(Printable.text("\r\n") == "\\r\\n")
    #expect(Printable.text("a\u{202E}b\u{9B}c") == "a\\u{202E}b\\u{9B}c")
  }

  @Test("Every scalar that steers is shown in ASCII, and every other one stays")
  func everyScalar() {
    let reordering: Set<UInt32> = [
      0x61C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
    ]
    var wrong: [UInt32] = []
    for scalar in SampledScalars() {
      let text = String(scalar)
      let shown = Printable.text(text)
      let steers =
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: reordering.contains(scalar.value)
        }
      let isShown = shown.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && shown.hasPrefix("\\")
      if steers ? !isShown : shown != text { wrong.append(scalar.value) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0, radix: 16) })")
  }

  @Test("Lines stay lines, and what steers within them does not")
  func lines() {
    #expect(Printable.lines("a\u{1B}\nb\n") == "a\\e\nb\n")
    #expect(Printable.lines("") == "")
  }

  @Test("Nobody is made to read a megabyte")
  func excerpt() {
    #expect(Printable.excerpt(String(repeating: "x", count: 2_000)).count == 2_000)
    let long = Printable.excerpt(String(repeating: "x", count: 1_000_000))
    #expect(long == String(repeating: "x", count: 2_000) + "…")
    // One character may be as long as a text.
    let marks = "a" + String(repeating: "\u{301}", count: 1_000_000)
    #expect(Printable.excerpt(marks).unicodeScalars.count == 2_001)
  }
}
