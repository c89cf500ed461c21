import BenchTestSupport
import Foundation
import Testing
import TextCoding

@Suite struct JSONTextTests {
  /// What the scanner and the decoder make of a text in quotes.
  private func read(_ quoted: String) throws -> String {
    try Array(quoted.utf8).withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      let text = try scanner.skipText()
      try scanner.expectEnd()
      return JSONText.decode(bytes, text)
    }
  }

  @Test("Every scalar is read back as it was written, and read so by Foundation")
  func everyScalar() throws {
    var wrong: [UInt32] = []
    var all = ""
    for scalar in SampledScalars() {
      all.unicodeScalars.append(scalar)
      let text = String(scalar)
      if try read(JSONText.quoted(text)).unicodeScalars.elementsEqual(text.unicodeScalars) == false
      {
        wrong.append(scalar.value)
      }
    }
    #expect(wrong.isEmpty)
    let byFoundation = try JSONSerialization.jsonObject(
      with: Data(JSONText.quoted(all).utf8), options: .fragmentsAllowed)
    #expect((byFoundation as? String)?.utf8.elementsEqual(all.utf8) == true)
  }

  @Test("Every unit of UTF-16 may be written as an escape, in either case of its digits")
  func everyEscape() throws {
    for scalar in SampledScalars() {
      for isUppercase in [false, true] {
        let escapes = String(scalar).utf16.map { unit in
          let digits = String(unit, radix: 16, uppercase: isUppercase)
          return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        let text = try read("\"\(escapes.joined())\"")
        if !text.unicodeScalars.elementsEqual([scalar]) { Issue.record("\(escapes)") }
      }
    }
  }

  @Test("Only what JSON demands is escaped")
  func escapes() {
    #expect(
      JSONText.quoted("a\"\\/\n\r\t\u{8}\u{1F}é\u{7F}") == #""a\"\\/\n\r\t\u0008\u001fé"#
        + "\u{7F}\"")
  }

  @Test("Short escapes are decoded, and what was in the buffer before is gone")
  func decoding() throws {
    #expect(try read(#""\"\\\/\b\f\n\r\t""#) == "\"\\/\u{8}\u{C}\n\r\t")
    var decoded = Array("before".utf8)
    Array(#"a\u00e9\ud83d\ude00"#.utf8).withUnsafeBytes { JSONText.decode($0, into: &decoded) }
    #expect(String(decoding: decoded, as: UTF8.self) == "aé😀")
  }

  @Test("Any text is read back as it was written", arguments: 1...20)
  func roundTrip(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pieces = ["\\", "\"", "\\u0041", "\n", "é", "😀", "\u{0}", "a", "\\\""]
    for _ in 0..<50 {
      let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      #expect(try read(JSONText.quoted(text)) == text, "seed \(seed)")
    }
  }
}
