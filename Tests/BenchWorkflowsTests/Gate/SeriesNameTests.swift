import BenchModel
import BenchWorkflows
import Testing

@Suite("Naming a series")
struct SeriesNameTests {
  private let series = SeriesKey(
    benchmark: BenchmarkKey(id: "throughput/grouped", parameters: ["records": "1000"]),
    metric: "cpu")

  @Test(
    "a series is named in full, with or without the dot, or by its benchmark",
    arguments: [
      "throughput/grouped records=1000 · cpu", "throughput/grouped records=1000 cpu",
      "  throughput/grouped  records=1000·cpu", "throughput/grouped records=1000",
      "throughput/grouped",
    ])
  func names(_ text: String) {
    #expect(SeriesName(text).names(series))
  }

  @Test(
    "nothing else names it",
    arguments: [
      "", "throughput", "throughput/grouped wall", "throughput/grouped records=100 · cpu",
      "records=1000",
    ])
  func namesNothingElse(_ text: String) {
    #expect(!SeriesName(text).names(series))
  }
}
