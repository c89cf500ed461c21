import BenchFormats
import BenchModel
import BenchTestSupport
import Testing

@Suite("Series of which nobody says which values are better")
struct UndirectedSeriesTests {
  private func line(_ benchmark: Int, unit: String, _ more: String = "") -> String {
    let hash = String(repeating: "0", count: 40)
    return """
      {"commit":"\(hash)","benchmark":"r/\(benchmark)","metric":"rate","unit":"\(unit)",\
      "values":[1]\(more.isEmpty ? "" : "," + more)}\n
      """
  }

  @Test("they are shown and not gated, and counted once however many lines they have")
  func shown() throws {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    let units = ["score", "%", "ratio", "x", "", "points"]
    let count = 40
    let lines = (0..<3 * count).map { number in
      line(number % count, unit: units[number % count % units.count])
    }.shuffled(using: &random)
    var reader = reader(of: header + lines.joined())
    while let record = try reader.next() {
      #expect(!record.series.metric.isGate, "seed \(seed)")
    }
    #expect(reader.undirected.count == count, "seed \(seed)")
    #expect(reader.undirected.first?.key.metric == "rate")
  }

  @Test(
    "a direction, a unit that implies one, or no gate at all needs no word",
    arguments: [
      ("score", "\"direction\":\"higher\"", Direction.higher, true),
      ("score", "\"direction\":\"lower\"", .lower, true),
      ("%", "\"gate\":false", .lower, false), ("Gbps", "", .higher, true),
      ("Gbps", "\"direction\":\"lower\"", .lower, true), ("s^-1", "", .higher, true),
      ("ms", "", .lower, true), ("fps", "\"gate\":false", .higher, false),
    ])
  func said(_ unit: String, _ more: String, _ direction: Direction, _ isGate: Bool) throws {
    var reader = reader(of: header + line(1, unit: unit, more))
    let metric = try #require(try reader.next()).series.metric
    #expect(metric.direction == direction && metric.isGate == isGate)
    #expect(reader.undirected.count == 0 && reader.undirected.first == nil)
  }

  @Test("'gate' alone does not say which values are better")
  func gateAlone() throws {
    var reader = reader(of: header + line(1, unit: "score", "\"gate\":true"))
    #expect(try reader.next()?.series.metric.isGate == false)
    #expect(reader.undirected.count == 1)
    #expect(reader.undirected.first?.unit.rawValue == "score")
  }
}
