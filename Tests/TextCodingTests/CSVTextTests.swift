import BenchTestSupport
import Testing
import TextCoding

@Suite struct CSVTextTests {
  /// A reader by the letter of RFC 4180, one field only; nil where the field ends before the text.
  private func read(_ field: String) -> String? {
    let scalars = Array(field.unicodeScalars)
    guard scalars.first == "\"" else {
      return scalars.contains { ",\"\r\n".unicodeScalars.contains($0) } ? nil : field
    }
    var result = ""
    var index = 1
    while index < scalars.count {
      if scalars[index] == "\"" {
        if index == scalars.count - 1 { return result }
        guard scalars[index + 1] == "\"" else { return nil }
        index += 1
      }
      result.unicodeScalars.append(scalars[index])
      index += 1
    }
    return nil
  }

  @Test("All texts of up to four signs that matter are read back as they were")
  func exhaustive() {
    let signs = ["a", ",", "\"", "\n", "\r", "\u{301}"]
    var texts = [""]
    var last = [""]
    for _ in 0..<4 {
      last = last.flatMap { text in signs.map { text + $0 } }
      texts += last
    }
    for text in texts {
      #expect(
        read(CSVText.field(text)).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
      #expect(
        read(CSVText.quoted(text)).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
  }

  @Test("Every byte of ASCII but four stands without quotes")
  func bare() {
    for byte in UInt8(0)..<0x80 {
      let text = "a" + String(Unicode.Scalar(byte))
      #expect((CSVText.field(text) == text) == !",\"\r\n".utf8.contains(byte))
    }
    #expect(CSVText.field("") == "")
    #expect(CSVText.quoted("") == "\"\"")
  }
}
