import BenchModel
import Testing

@Suite("The summary of a measurement") struct MeasurementSummaryTests {
  @Test("Quantiles are of type 7, and the deviation divides by n − 1")
  func summary() {
    let summary = MeasurementSummary(of: [4, 1, 3, 2])
    #expect(summary.count == 4)
    #expect(summary.minimum == 1)
    #expect(summary.lowerQuartile == 1.75)
    #expect(summary.median == 2.5)
    #expect(summary.upperQuartile == 3.25)
    #expect(summary.maximum == 4)
    #expect(summary.mean == 2.5)
    #expect(abs(summary.deviation - (5.0 / 3).squareRoot()) < 1e-15)
  }

  @Test("One sample is its own summary")
  func one() {
    let summary = MeasurementSummary(of: [7])
    #expect(summary.lowerQuartile == 7)
    #expect(summary.upperQuartile == 7)
    #expect(summary.deviation == 0)
  }
}
