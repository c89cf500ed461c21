import BenchStatistics
import Testing

@Suite struct QuantileTests {
  @Test("quantiles of type 7 are NumPy's")
  func golden() throws {
    for known in try Golden.read().quantiles {
      #expect(agree(Quantile.type7(known.share, ofSorted: known.values), known.type7), "\(known)")
    }
  }

  @Test("the median is the middle value, or halfway between the two in the middle")
  func median() {
    #expect(Quantile.median([3, 1, 2]) == 2)
    #expect(Quantile.median([4, 1, 3, 2]) == 2.5)
    #expect(Quantile.median([7]) == 7)
  }
}
