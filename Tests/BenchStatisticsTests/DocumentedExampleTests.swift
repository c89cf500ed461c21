import BenchStatistics
import Testing

@Suite struct DocumentedExampleTests {
  @Test("the examples in the documentation give what they say")
  func examples() {
    #expect(RankSum([1, 2, 3], [4, 5, 6]).upperTail == 0.05)
    #expect(
      Holm.stepDown([0.02, 0.001, 0.03], alpha: 0.03).map(\.isRejected) == [false, true, false])
    let bound = ClopperPearson.upperBound(events: 0, trials: 600)
    #expect(abs(bound - 0.005) < 0.0001)
    #expect(HodgesLehmann.shift(from: [1, 2, 3], to: [2, 3, 40]) == 1)
    #expect(Segmentation.cuts([5, 5, 5, 9, 9, 9], penalty: 1) == [3])
  }
}
