import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite struct GateReachTests {
  @Test("what is recorded of a series tells about the change that its rounds would find")
  func recorded() throws {
    for deviation in [0.002, 0.01, 0.05] {
      var rounds = Rounds(seed: 51, count: 10, deviation: deviation)
      let recorded = (0..<9).map { series(rounds.values(1_000), name: "suite/\($0)") }
      let reach = try #require(GateReach(recorded: recorded, rule: ComparisonRule()))
      #expect(reach.series == 9)
      #expect(reach.median <= reach.largest && reach.median > 0.01)
      rounds.count = 30
      let judged = PairedJudge().decision(on: (0..<9).map { rounds.series(name: "suite/\($0)") })
      let measured = try #require(GateReach(of: [judged.comparison]))
      #expect(measured.series == 9)
      #expect(reach.median / measured.median > 0.5 && reach.median / measured.median < 2)
    }
  }

  @Test("shown series, exact counts and single processes say nothing of it")
  func unknown() {
    let exact = Metric.allocations.gated(true, judgement: .exact(tolerance: 0))
    let nothing = [
      series(quiet(100), metric: .wall), series([5, 5], metric: exact), series([100]),
      series([0, 0, 0]),
    ]
    #expect(GateReach(recorded: nothing, rule: ComparisonRule()) == nil)
    #expect(GateReach(of: []) == nil)
  }

  @Test("the noisiest series is named")
  func noisiest() {
    var rounds = Rounds(seed: 52, count: 10, deviation: 0.001)
    var loud = Rounds(seed: 53, count: 10, deviation: 0.1)
    let recorded =
      (0..<4).map { series(rounds.values(1_000), name: "suite/\($0)") }
      + [series(loud.values(10), name: "suite/loud")]
    let reach = GateReach(recorded: recorded, rule: ComparisonRule())
    #expect(reach?.noisiest == key("suite/loud"))
    #expect((reach?.largest ?? 0) > 5 * (reach?.median ?? 1))
  }
}
