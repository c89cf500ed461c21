import BenchComparer
import BenchModel
import BenchStatistics
import BenchTestSupport
import Foundation
import Testing

/// The interval beside an answer is that of the test that decided.
@Suite struct PairedIntervalTests {
  @Test("whatever the noise and the change, no answer contradicts its own interval")
  func consistent() {
    var random = SeededRandom(seed: 41)
    for number in 0..<300 {
      var rounds = Rounds(
        seed: UInt64(number),
        count: [6, 8, 10, 12, 15, 20, 30].randomElement(using: &random) ?? 30,
        deviation: exp(Double.random(in: log(0.001)...log(0.1), using: &random)))
      let change: Double = [0, 0.01, 0.02, 0.05, -0.03].randomElement(using: &random) ?? 0
      let names = ["suite/one"] + (0..<Int.random(in: 0...20, using: &random)).map { "suite/\($0)" }
      let series = names.map { name in
        paired(
          rounds.values(1_000), rounds.values(name == names[0] ? 1_000 * (1 + change) : 1_000),
          name: name)
      }
      let comparison = PairedJudge().decision(on: series).comparison
      for row in comparison.rows {
        guard case .judged(let verdict) = row.answer, let change = verdict.change else { continue }
        #expect(change.lower <= change.estimate && change.estimate <= change.upper)
        switch verdict {
        case .slower: #expect(change.lower > 0 && change.estimate >= 0.01 - 1e-12)
        case .faster: #expect(change.upper < 0)
        case .noChange(_, let bound):
          #expect(bound <= 0.02 + 1e-3 && bound == max(abs(change.lower), abs(change.upper)))
        case .inconclusive:
          #expect(
            change.lower <= 0 && change.upper >= 0 || abs(change.estimate) < 0.01 + 1e-12
              || row.base.map { $0.processes < 10 } == true, "\(change)")
        default: break
        }
      }
    }
  }

  @Test("a bound of a change that is really there is wrong in at most one case of forty")
  func bounds() {
    var wrong = 0
    var said = 0
    for seed in 0..<400 {
      var rounds = Rounds(seed: UInt64(seed), deviation: 0.012)
      let comparison = PairedJudge().decision(on: [rounds.series(change: 0.015)]).comparison
      guard case .noChange(_, let bound)? = comparison.verdict else { continue }
      said += 1
      wrong += bound < 0.015 ? 1 : 0
    }
    let surely = ClopperPearson.lowerBound(events: wrong, trials: 400, confidence: 0.999)
    #expect(surely <= 0.025, "\(wrong) of \(said)")
  }

  @Test("of an exact metric every process counts, those after the deciding look too")
  func exact() {
    var random = SeededRandom(seed: 43)
    let metric = Metric.allocations.gated(true, judgement: .exact(tolerance: 0))
    for _ in 0..<40 {
      let count = Double(Int.random(in: 2...10_000, using: &random))
      let rounds = Int.random(in: 7...30, using: &random)
      let odd = Int.random(in: 0..<rounds, using: &random)
      var head = [Double](repeating: count, count: rounds)
      head[odd] *= 1.5
      let series = paired([Double](repeating: count, count: rounds), head, metric: metric)
      let verdict = PairedJudge().decision(on: [series]).comparison.verdict
      #expect(verdict?.kind == .inconclusive, "process \(odd) of \(rounds): \(verdict as Any)")
    }
  }

  @Test("rounds that somebody else measured are judged once, when they are whole")
  func afterwards() {
    #expect(PairedLook.afterwards(rounds: 8) == [PairedLook(rounds: 8, share: 1)])
    #expect(PairedLook.afterwards(rounds: 30) == PairedLook.standard)
    #expect(PairedLook.afterwards(rounds: 45) == PairedLook.standard)
    var rounds = Rounds(seed: 44, count: 8)
    let series = rounds.series(change: 0.1)
    let once = PairedJudge(looks: PairedLook.afterwards(rounds: 8)).decision(on: [series])
    #expect(once.comparison.counts[.slower] == 1)
    #expect(PairedJudge().decision(on: [series]).comparison.counts[.inconclusive] == 1)
  }
}
