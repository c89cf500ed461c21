import Testing
import TextCoding

@Suite struct MarkdownTextTests {
  @Test("In a comment no sign of ASCII that Markdown could take for markup is left")
  func comment() {
    for byte in UInt8(0)..<0x80 {
      let scalar = Unicode.Scalar(byte)
      let escaped = MarkdownText.text(String(scalar))
      let isPlain =
        scalar.properties.isAlphabetic || (0x30..<0x3A).contains(byte)
        || " %,./;?".unicodeScalars.contains(scalar)
      if isPlain {
        #expect(escaped == String(scalar))
      } else {
        #expect(escaped.hasPrefix(byte < 0x20 || byte == 0x7F ? "&#92;" : "&#\(byte);"))
      }
    }
    #expect(MarkdownText.text("@team #12") == "&#64;&#8203;team &#35;&#8203;12")
    #expect(MarkdownText.code("a|b") == "<code>a&#124;b</code>")
  }

  @Test("In a document signs of markup stand behind a backslash, and everything else as it is")
  func document() {
    for byte in UInt8(0x20)..<0x7F {
      let sign = String(Unicode.Scalar(byte))
      let isMarkup = "\\`*_{}[]<>#|&~!".contains(sign)
      #expect(MarkdownText.document(sign) == (isMarkup ? "\\" + sign : sign))
    }
    #expect(MarkdownText.document("a\nb") == "a\\\\nb")
    #expect(MarkdownText.document("`\u{301}") == "\\`\u{301}")
  }

  @Test("Both are one line without control characters, whatever the text")
  func oneLine() {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in [MarkdownText.text(String(scalar)), MarkdownText.document(String(scalar))] {
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
      }
    }
  }
}
