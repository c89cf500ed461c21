import BenchModel
import BenchTestSupport
import Testing

@Suite("The name of a benchmark with its parameters") struct BenchmarkKeyTests {
  @Test("plain parameters stand as they are, and what would read as something else is quoted")
  func quoting() {
    func text(_ parameters: [String: String]) -> String {
      BenchmarkKey(id: "s/p", parameters: parameters).description
    }
    #expect(text([:]) == "s/p")
    #expect(text(["records": "10", "mode": "fast-1.5"]) == "s/p mode=fast-1.5 records=10")
    #expect(text(["a": "1 b=2"]) == #"s/p a="1 b=2""#)
    #expect(text(["a": ""]) == #"s/p a="""#)
    #expect(text(["a": #"x"y\"#]) == #"s/p a="x\"y\\""#)
  }

  @Test("no two keys have the same name, whatever their parameters hold")
  func injective() {
    let seed: UInt64 = 80
    var random = SeededRandom(seed: seed)
    func word() -> String {
      let letters = ["a", "b", "1", " ", "=", "\"", "\\", "="]
      let count = Int.random(in: 0..<4, using: &random)
      return (0..<count).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
    }
    var known: [String: BenchmarkKey] = [:]
    for _ in 0..<20_000 {
      let count = Int.random(in: 0..<3, using: &random)
      let parameters = Dictionary(
        (0..<count).map { _ in (word(), word()) }, uniquingKeysWith: { first, _ in first })
      let key = BenchmarkKey(id: "s/p", parameters: parameters)
      if let other = known.updateValue(key, forKey: key.description) {
        #expect(other == key, "\(key), seed \(seed)")
      }
    }
  }
}
