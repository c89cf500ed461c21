import BenchTestSupport
import Foundation
import Testing
import TextCoding

@Suite struct JSONScannerTests {
  /// What is wrong with a text, or what kind of value it is.
  private func scan(
    _ text: String, depthLimit: Int = 128
  ) -> Result<JSONScanner.Kind, JSONScanner.Problem> {
    Array(text.utf8).withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes, depthLimit: depthLimit)
      do throws(JSONScanner.Problem) {
        scanner.skipSpace()
        let kind = try scanner.skipValue()
        try scanner.expectEnd()
        return .success(kind)
      } catch {
        return .failure(error)
      }
    }
  }

  private func isJSON(_ text: String) -> Bool {
    if case .success = scan(text) { true } else { false }
  }

  private func isJSONForFoundation(_ text: String) -> Bool {
    let object = try? JSONSerialization.jsonObject(
      with: Data(text.utf8), options: .fragmentsAllowed)
    // RFC 8259 has no comma before the end of an array, which Foundation accepts on Linux.
    return object != nil && text.wholeMatch(of: /[^"]*,\s*\].*/) == nil
  }

  @Test("Of all texts of up to four signs the same are JSON as for Foundation")
  func exhaustive() {
    let signs = ["{", "}", "[", "]", ",", ":", "\"", "\\", "0", "1", "-", ".", "e", " "]
    var last = [""]
    for _ in 0..<4 {
      last = last.flatMap { text in signs.map { text + $0 } }
      for text in last where isJSON(text) != isJSONForFoundation(text) {
        Issue.record("\(text): \(scan(text))")
      }
    }
  }

  @Test("After a backslash any byte of ASCII is an escape for both or for neither")
  func escapes() {
    for byte in UInt8(0x20)..<0x7F {
      for digits in ["", "0041", "d83d\\ude00", "d83d", "de00", "d83d\\u0041", "00g1", "004"] {
        let text = "\"\\\(Unicode.Scalar(byte))\(digits)\""
        #expect(isJSON(text) == isJSONForFoundation(text), "\(text)")
      }
    }
  }

  @Test("Every byte in a text is allowed from 0x20 on")
  func bytes() {
    for byte in UInt8(0)..<0x80 where byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
      #expect(isJSON("\"\(Unicode.Scalar(byte))\"") == (byte >= 0x20))
    }
  }

  @Test(
    "What is wrong is named where it is wrong",
    arguments: [
      ("{\"a\" 1}", "':'", 5), ("{\"a\":1 2}", "',' or '}'", 7), ("[1 2]", "',' or ']'", 3),
      ("{1:2}", "a member's name", 1), ("{\"a\":1,}", "a member's name", 7), ("[1,]", "a value", 3),
      ("tru", "a value", 0), ("-", "a value", 1), ("1.", "a digit", 2), ("1e+", "a digit", 3),
      ("\"a", "the end of a text", 2), ("\"\u{1}\"", "no control character in a text", 1),
      ("\"\\x\"", "an escape", 2), ("\"\\u00x0\"", "a hexadecimal digit", 5),
      ("\"\\ud800\"", "the second half of a surrogate pair", 7),
      ("\"\\udc00\"", "the first half of a surrogate pair", 7), ("1 2", "the end of the line", 2),
    ])
  func problems(_ text: String, _ expected: String, _ position: Int) {
    #expect(scan(text) == .failure(.expected(expected, at: position)))
  }

  @Test("Nesting is refused beyond its limit, however deep")
  func depth() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(scan(deep) == .failure(.tooDeep(limit: 128, at: 128)))
    for depth in 1...8 {
      let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      #expect((scan(text, depthLimit: 4) == .success(.array)) == (depth <= 4))
      let objects =
        String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
      #expect((scan(objects, depthLimit: 4) == .success(.object)) == (depth <= 4))
    }
  }

  @Test("Values are what their first byte says")
  func kinds() {
    let kinds: [(String, JSONScanner.Kind)] = [
      ("{}", .object), ("[ ]", .array), ("\"\"", .text), ("-0.5e3", .number), ("true", .flag),
      ("false", .flag), ("null", .null),
    ]
    for (text, kind) in kinds { #expect(scan(" \t\r\n" + text + " ") == .success(kind)) }
  }

  @Test("Members and elements are read in their order, with what stands between them")
  func members() throws {
    let text = "{ \"a\" : 1 , \"b\\n\":[ 2 ,3],\"c\":\"x\"}"
    try Array(text.utf8).withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      var isFirst = true
      var names: [String] = []
      var numbers: [Int?] = []
      while let name = try scanner.nextMember(isFirst: &isFirst) {
        names.append(JSONText.decode(bytes, name))
        guard names.count == 2 else {
          _ = try scanner.skipValue()
          continue
        }
        var isFirst = true
        while try scanner.nextElement(isFirst: &isFirst) {
          numbers.append(try scanner.readNumber().integer)
        }
      }
      try scanner.expectEnd()
      #expect(names == ["a", "b\n", "c"])
      #expect(numbers == [2, 3])
    }
  }

  @Test(
    "Any document that Foundation writes is JSON, and no longer when a byte is lost",
    arguments: 1...20)
  func foundation(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      let data = try JSONSerialization.data(
        withJSONObject: document(&random, depth: 4), options: .fragmentsAllowed)
      let text = String(decoding: data, as: UTF8.self)
      #expect(isJSON(text), "seed \(seed): \(text)")
      guard text.utf8.count > 1 else { continue }
      var bytes = Array(text.utf8)
      bytes.remove(at: Int.random(in: bytes.indices, using: &random))
      let shorter = String(decoding: bytes, as: UTF8.self)
      #expect(isJSON(shorter) == isJSONForFoundation(shorter), "seed \(seed): \(shorter)")
    }
  }

  private func document(_ random: inout SeededRandom, depth: Int) -> Any {
    let texts = ["", "a", "\"\\\n", "é", "😀", "\u{1}"]
    switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
    case 0: return texts.randomElement(using: &random) ?? ""
    case 1: return Int.random(in: -1000...1000, using: &random)
    case 2: return Double.random(in: -1...1, using: &random)
    case 3: return NSNull()
    case 4: return (0..<3).map { _ in document(&random, depth: depth - 1) }
    default:
      return [
        "a": document(&random, depth: depth - 1), "b\"": document(&random, depth: depth - 1),
      ]
    }
  }
}
