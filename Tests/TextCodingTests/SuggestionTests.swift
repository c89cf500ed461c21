import Testing
import TextCoding

@Suite struct SuggestionTests {
  private let commands = ["record", "compare", "baseline", "list", "show", "machine", "sql"]

  @Test(
    "A slip finds the word that was meant",
    arguments: [
      ("comapre", "compare"), ("recrod", "record"), ("Compare", "compare"), ("lst", "list"),
      ("baselien", "baseline"), ("sq", "sql"),
    ])
  func finds(_ typed: String, _ meant: String) {
    #expect(Suggestion.closest(to: typed, in: commands) == meant)
  }

  @Test("What is far from every word finds none", arguments: ["", "x", "frobnicate", "zzz"])
  func findsNone(_ typed: String) {
    #expect(Suggestion.closest(to: typed, in: commands) == nil)
  }

  @Test("Nothing is suggested where nothing is known, and the first of equals wins")
  func edges() {
    #expect(Suggestion.closest(to: "list", in: []) == nil)
    #expect(Suggestion.closest(to: "cat", in: ["bat", "hat"]) == "bat")
  }

  @Test("Several are near, few, and nearest first")
  func several() {
    #expect(Suggestion.nearest(to: "mian", in: ["main", "moon", "latency"]) == ["main"])
    #expect(
      Suggestion.nearest(
        to: "release1", in: ["other", "release4", "release", "release3", "release2"])
        == ["release4", "release", "release3"])
  }

  @Test("Words longer than the limit find nothing, and the nearest alone is the first of several")
  func limits() {
    let long = String(repeating: "a", count: 65)
    #expect(Suggestion.closest(to: long, in: [long + "b"]) == long + "b")
    #expect(Suggestion.closest(to: long, in: [long + "b"], longest: 64) == nil)
    for word in ["recrd", "shwo", "machin", "list", "sqk", "bsaeline"] {
      #expect(
        Suggestion.closest(to: word, in: commands)
          == Suggestion.nearest(to: word, in: commands).first)
    }
  }

  @Test(
    "The distance is symmetric, zero only for equal words, and as long as a word is from nothing")
  func distance() {
    var words = [[Character]]()
    for length in 0...4 {
      words += (0..<(1 << length)).map { bits in
        (0..<length).map { bits >> $0 & 1 == 0 ? "a" : "b" }
      }
    }
    for left in words {
      #expect(Suggestion.distance(left, []) == left.count)
      for right in words {
        let distance = Suggestion.distance(left, right)
        #expect(distance == Suggestion.distance(right, left))
        #expect((distance == 0) == (left == right))
        #expect(distance >= abs(left.count - right.count))
      }
    }
    #expect(Suggestion.distance(Array("ab"), Array("ba")) == 1)
  }
}
