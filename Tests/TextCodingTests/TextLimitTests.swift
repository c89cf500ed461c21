import BenchTestSupport
import Testing
import TextCoding

@Suite struct TextLimitTests {
  @Test("What fits stays, and what does not ends with an ellipsis within the limit")
  func cuts() {
    #expect(TextLimit.cut("größer", bytes: 8) == "größer")
    #expect(TextLimit.cut("größer!", bytes: 8) == "grö…")
    #expect(TextLimit.cut(String(repeating: "a", count: 5000)).utf8.count == 4096)
  }

  @Test("A character stays whole, unless it alone fills more than half of the room")
  func characters() {
    #expect(TextLimit.cut("abcdef👩‍👩‍👧‍👦 and more", bytes: 12) == "abcdef…")
    let marked = "e" + String(repeating: "\u{301}", count: 100)
    #expect(TextLimit.cut(marked, bytes: 12) == "e" + String(repeating: "\u{301}", count: 4) + "…")
  }

  @Test(
    "The result is a beginning of the text, no longer than the limit, and cut once for all",
    arguments: 1...20 as ClosedRange<UInt64>)
  func properties(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = ["a", "é", "e\u{301}", "日本", "👩‍👩‍👧", "\u{0}", "\r\n", "\u{301}\u{302}"]
    for _ in 0..<200 {
      let count = Int.random(in: 0...40, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let limit = Int.random(in: 8...60, using: &random)
      let cut = TextLimit.cut(text, bytes: limit)
      #expect(cut.utf8.count <= limit, "seed \(seed)")
      let kept = cut.utf8.count < text.utf8.count ? Array(cut.utf8.dropLast(3)) : Array(cut.utf8)
      #expect(text.utf8.starts(with: kept), "seed \(seed)")
      #expect(Array(TextLimit.cut(cut, bytes: limit).utf8) == Array(cut.utf8), "seed \(seed)")
    }
  }
}
