import BenchTestSupport
import ReportLanguage
import Testing

@Suite("Patterns of texts")
struct TextPatternTests {
  @Test(
    "a whole text matches or does not",
    arguments: [
      ("", "", true), ("", "a", false), ("abc", "abc", true), ("abc", "abcd", false),
      ("a.c", "aéc", true), ("a.c", "a\nc", false), ("[a-c]+", "abcab", true),
      ("[a-c]+", "abd", false), ("[^,]*", "ab", true), ("[^,]*", "a,b", false),
      ("a|bc", "bc", true), ("a|bc", "ac", false), ("(a|b)*c", "ababc", true),
      ("a{2}", "aa", true), ("a{2}", "aaa", false), ("a{2,}", "aaaa", true), ("a{1,2}", "", false),
      ("a{0,2}b", "aab", true), ("a{0,2}b", "aaab", false), (#"\d{4}-\d\d"#, "2026-11", true),
      (#"\w+@\w+\.\w+"#, "a@b.c", true), (#"\S+"#, "a b", false), (#"[\d.]+"#, "1.5", true),
      ("[]", "a", false), ("()", "", true), ("(a*)*", "aaaa", true), ("a||b", "", true),
      ("[a-]+", "a-", true),
    ])
  func matching(pattern: String, text: String, isMatch: Bool) throws {
    #expect(try TextPattern(pattern).matches(text) == isMatch)
  }

  @Test(
    "what cannot be used is refused",
    arguments: [
      "(", ")", "a)", "[a", "*", "a**", "a{", "a{x}", "a{3,2}", "a{9999}", "\\", "\\q", "^a", "a$",
      "[z-a]", "[\\D]", "(a{1000}){1000}", String(repeating: "(", count: 100_000),
    ])
  func refused(pattern: String) {
    #expect(throws: TextPatternError.self) { try TextPattern(pattern) }
  }

  @Test("what takes other engines ages takes as long as its letters")
  func linear() throws {
    let text = String(repeating: "a", count: 5_000) + "!"
    #expect(try !TextPattern("(a+)+").matches(text))
    #expect(try !TextPattern("(a|a|aa)*").matches(text))
  }

  @Test("random patterns agree with a search of all ways to match")
  func model() throws {
    var random = SeededRandom(seed: 6)
    for _ in 0..<2_000 {
      let tree = NaivePattern.random(depth: 3, &random)
      let text = String(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          Bool.random(using: &random) ? "a" : "b"
        })
      let expected = tree.ends(of: Array(text), from: 0).contains(text.count)
      #expect(try TextPattern(tree.text).matches(text) == expected, "\(tree.text) on \(text)")
    }
  }
}

/// A pattern that is matched by trying every way.
private indirect enum NaivePattern {
  case letter(Character)
  case sequence(NaivePattern, NaivePattern)
  case either(NaivePattern, NaivePattern)
  case repeated(NaivePattern, Int, Int?)

  static func random(depth: Int, _ random: inout SeededRandom) -> NaivePattern {
    switch Int.random(in: 0...(depth > 0 ? 4 : 0), using: &random) {
    case 0: .letter(Bool.random(using: &random) ? "a" : "b")
    case 1: .either(.random(depth: depth - 1, &random), .random(depth: depth - 1, &random))
    case 2:
      .repeated(
        .random(depth: depth - 1, &random), Int.random(in: 0...2, using: &random),
        Bool.random(using: &random) ? nil : 2)
    default: .sequence(.random(depth: depth - 1, &random), .random(depth: depth - 1, &random))
    }
  }

  var text: String {
    switch self {
    case .letter(let letter): String(letter)
    case .sequence(let first, let second): first.text + second.text
    case .either(let first, let second): "(\(first.text)|\(second.text))"
    case .repeated(let part, let least, let most):
      "(\(part.text)){\(least),\(most.map { "\($0)" } ?? "")}"
    }
  }

  /// The indices at which a match that begins there may end.
  func ends(of text: [Character], from start: Int) -> Set<Int> {
    switch self {
    case .letter(let letter): return start < text.count && text[start] == letter ? [start + 1] : []
    case .sequence(let first, let second):
      return Set(first.ends(of: text, from: start).flatMap { second.ends(of: text, from: $0) })
    case .either(let first, let second):
      return first.ends(of: text, from: start).union(second.ends(of: text, from: start))
    case .repeated(let part, let least, let most):
      var reached: Set<Int> = least == 0 ? [start] : []
      var current: Set<Int> = [start]
      for count in 1...(most ?? 12) where count <= most ?? 12 {
        current = Set(current.flatMap { part.ends(of: text, from: $0) })
        if count >= least { reached.formUnion(current) }
      }
      return reached
    }
  }
}
