import BenchOutput
import Testing

@Suite("HTML")
struct HTMLTests {
  private func written(_ content: (inout HTML) -> Void) -> String {
    String(decoding: HTML(content).bytes, as: UTF8.self)
  }

  @Test("text is escaped wherever it stands")
  func escapes() {
    let hostile = "</title><script>alert('1' & \"2\")</script>"
    let escaped =
      "&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;"
    #expect(written { $0.text(hostile) } == escaped)
    #expect(
      written { $0.element("p", ["title": hostile], hostile) }
        == "<p title=\"\(escaped)\">\(escaped)</p>")
    #expect(written { $0.void("input", ["value": hostile]) } == "<input value=\"\(escaped)\">")
  }

  @Test("no single character of ASCII or beyond gets through as markup")
  func everyCharacter() {
    for value in 0...0x2FF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      let bytes = written { $0.text(text) }
      let value = written { $0.void("i", ["a": "-" + text]) }.dropFirst("<i a=\"".count).dropLast(2)
      for piece in [bytes, String(value)] {
        #expect(!piece.contains { "<>\"'".contains($0) }, "U+\(String(scalar.value, radix: 16))")
        #expect(
          piece.unicodeScalars.allSatisfy { $0.value >= 0x20 || "\t\n".contains(Character($0)) })
      }
    }
  }

  @Test("marks that reorder text are shown and not obeyed")
  func directions() {
    #expect(written { $0.text("a\u{202E}b") } == "a\\u{202E}b")
  }

  @Test("an attribute without a value has none, and one that is nil is left out")
  func attributes() {
    #expect(
      written { $0.element("p", ["hidden": "", "id": nil, "class": "x"], "") }
        == "<p hidden class=\"x\"></p>")
  }
}
