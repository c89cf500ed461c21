import BenchFormats
import BenchModel
import Testing

@Suite("What lines have in common")
struct SharedPartsTests {
  @Test("lines that go through two series by turns share the parts of either")
  func parts() {
    let other = "\"benchmark\":\"throughput/simple\""
    let text = (0..<3).reduce(header) { text, _ in
      text + line() + line().replacing("\"benchmark\":\"throughput/grouped\"", with: other)
    }
    let records = read(text).records
    #expect(records.count == 6)
    #expect(Set(records.map(\.$series.identity)).count == 2)
    #expect(Set(records.map(\.$build.identity)).count == 1)
    #expect(
      records.map(\.series.benchmark.id).suffix(2) == ["throughput/grouped", "throughput/simple"])
  }

  @Test("more series than are remembered, and longer ones, are read all the same")
  func beyondTheLimits() throws {
    let long = String(repeating: "x", count: 4090)
    let text = (0..<5000).reduce(into: header) { text, index in
      text += line("\"parameters\":{\"n\":\"\(index % 4999)\"}")
    }
    let longer = line("\"parameters\":{\"n\":\"\(long)\"}")
    let records = read(text + longer + line() + longer).records
    try #require(records.count == 5003)
    #expect(
      records.prefix(5000).map { $0.series.benchmark.parameters["n"] }
        == (0..<5000).map { "\($0 % 4999)" })
    #expect(records[5000].series == records[5002].series)
    #expect(records[5000].series.benchmark.parameters == ["n": long])
    #expect(records[5001].series.benchmark.parameters.isEmpty)
  }

  @Test("writing to a shared part leaves the others as they are")
  func writing() throws {
    let records = read(header + line() + line(values: "[1]")).records
    var changed = try #require(records.last)
    changed.series.version = 9
    #expect(changed.series.version == 9)
    #expect(records.map(\.series.version) == [1, 1])
    #expect(changed.$series != records[0].$series)
  }
}
