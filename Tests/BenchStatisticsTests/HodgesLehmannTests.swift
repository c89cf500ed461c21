import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct HodgesLehmannTests {
  @Test("location and shift are the medians NumPy finds")
  func golden() throws {
    for known in try Golden.read().hodgesLehmann {
      #expect(agree(HodgesLehmann.location(known.x), known.location), "\(known)")
      #expect(agree(HodgesLehmann.shift(from: known.x, to: known.y), known.shift), "\(known)")
    }
  }

  @Test("selecting any rank gives what sorting gives")
  func selection() {
    let seed: UInt64 = 5
    var random = SeededRandom(seed: seed)
    for count in 1...40 {
      // Few different values, so that ties abound.
      let values = (0..<count).map { _ in Double(Int.random(in: 0...9, using: &random)) }
      let sorted = values.sorted()
      for rank in 0..<count {
        var scratch = values
        let found = Selection.element(at: rank, of: &scratch)
        #expect(found == sorted[rank], "rank \(rank) of \(values), seed \(seed)")
      }
      var scratch = values
      #expect(Selection.median(of: &scratch) == Quantile.median(values), "\(values)")
    }
  }

  @Test("the width leaves out as many differences at either end")
  func width() {
    var differences = [5.0, 1, 4, 2, 3, 10]
    #expect(HodgesLehmann.width(ofDifferences: &differences, trim: 0) == 9)
    #expect(HodgesLehmann.width(ofDifferences: &differences, trim: 1) == 3)
  }
}
