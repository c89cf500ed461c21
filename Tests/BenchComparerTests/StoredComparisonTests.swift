import BenchComparer
import BenchModel
import Foundation
import Testing

@Suite struct StoredComparisonTests {
  @Test(
    "a quarter more time looks slower, with nothing known of the machine but ten quiet processes a side"
  )
  func slower() throws {
    let comparison = compare([series(quiet(100))], [series(quiet(125))])
    guard case .suspectedSlower(let change, nil)? = comparison.verdict else {
      Issue.record("\(comparison.rows)")
      return
    }
    #expect(abs(change.estimate - 0.25) < 1e-9)
    #expect(change.lower > 0.02 && change.lower < 0.25)
    #expect(change.upper > 0.25 && change.upper < 0.5)
    #expect(comparison.counts[.suspectedSlower] == 1)
    #expect(comparison.mode == .stored)
  }

  @Test("a fifth less time looks faster, the mirror image in logarithms")
  func faster() {
    let slower = compare([series(quiet(100))], [series(quiet(125))])
    let faster = compare([series(quiet(125))], [series(quiet(100))])
    guard case .suspectedSlower(let up, _)? = slower.verdict,
      case .suspectedFaster(let down, _)? = faster.verdict
    else {
      Issue.record("\(slower.rows) \(faster.rows)")
      return
    }
    #expect(abs((1 + up.lower) * (1 + down.upper) - 1) < 1e-9)
    #expect(abs((1 + up.upper) * (1 + down.lower) - 1) < 1e-9)
  }

  @Test("where higher is better, less is worse")
  func direction() {
    let rate = Metric(name: "rate", unit: .perSecond, direction: .higher, isGate: true)
    let comparison = compare(
      [series(quiet(125), metric: rate)], [series(quiet(100), metric: rate)])
    guard case .suspectedSlower(let change, nil)? = comparison.verdict else {
      Issue.record("\(comparison.rows)")
      return
    }
    #expect(abs(change.estimate - 0.25) < 1e-9)
  }

  @Test("the unit of the values does not matter")
  func scale() {
    for factor in [1e-6, 1, 1e12] {
      let comparison = compare([series(quiet(factor))], [series(quiet(1.25 * factor))])
      guard case .suspectedSlower(let change, nil)? = comparison.verdict else {
        Issue.record("\(factor): \(comparison.rows)")
        continue
      }
      #expect(abs(change.estimate - 0.25) < 1e-9)
    }
  }

  @Test("a change that only its own interval shows is a suspicion")
  func suspectedSlower() {
    let others = (1...24).map { series(quiet(100), name: "suite/other\($0)") }
    let comparison = compare(
      others + [series(quiet(100))], others + [series(quiet(105))])
    guard case .suspectedSlower(let change, _)? = comparison.verdict else {
      Issue.record("\(comparison.rows[0])")
      return
    }
    #expect(change.lower > 0)
    #expect(comparison.counts[.slower] == 0)
    #expect(comparison.counts[.suspectedSlower] == 1)
  }

  @Test(
    "pairs of identical code make the interval tighter where sessions agree, wider where they do not"
  )
  func pairs() throws {
    func width(_ middles: [Double]) throws -> Double {
      let group = IdenticalCodeGroup(
        series: key(), sessions: middles.map { session(quiet($0), binary: "a") })
      let comparison = compare(
        [series(quiet(100))], [series(quiet(100))], identicalCode: middles.isEmpty ? [] : [group])
      let change = try #require(comparison.rows[0].answer.change)
      return change.upper - change.lower
    }
    let unknown = try width([])
    let agreeing = try width([100, 100.1, 99.9, 100.2, 99.8])
    let disagreeing = try width([100, 110, 90, 105, 95])
    #expect(agreeing < 0.7 * unknown)
    #expect(disagreeing > 1.5 * unknown)
  }

  @Test("sessions known to agree let it say that nothing changed")
  func noChange() {
    let middles = (0..<20).map { 100 + 0.01 * Double($0) }
    let group = IdenticalCodeGroup(series: key(), sessions: middles.map { session(quiet($0)) })
    let comparison = compare(
      [series(quiet(100))], [series(quiet(100))], identicalCode: [group])
    guard case .noChange(let change, let bound)? = comparison.verdict else {
      Issue.record("\(comparison.rows)")
      return
    }
    #expect(bound == max(abs(change.lower), abs(change.upper)))
    #expect(bound <= 0.02)
    #expect(comparison.counts[.noChange] == 1)
  }

  @Test("no number of processes is promised where the sessions' own differences are too large")
  func moreProcesses() {
    let loud = quiet(100).map { 100 + 8 * ($0 - 100) }
    guard case .inconclusive(_, nil)? = compare([series(loud)], [series(loud)]).verdict else {
      Issue.record("the prior of noisy processes cannot be overcome by processes")
      return
    }
    let group = IdenticalCodeGroup(
      series: key(), sessions: (0..<60).map { _ in session(quiet(100)) })
    let few = [98.8, 99.4, 100, 100.6, 101.2]
    let known = compare([series(few)], [series(few)], identicalCode: [group])
    guard case .inconclusive(_, .some(let more))? = known.verdict else {
      Issue.record("\(known.rows)")
      return
    }
    #expect(more > 0 && more < 100)
  }

  @Test("what can only be suspected costs the others nothing")
  func multiplicity() throws {
    func width(others: [SeriesData]) throws -> Double {
      let comparison = compare([series(quiet(100))] + others, [series(quiet(100))] + others)
      let row = try #require(comparison.rows.first { $0.key == key() })
      let change = try #require(row.answer.change)
      return change.upper - change.lower
    }
    let alone = try width(others: [])
    let gates = (1...9).map { series(quiet(50), name: "suite/gate\($0)") }
    let shown = (1...9).map { series(quiet(50), name: "suite/shown\($0)", metric: .wall) }
    let exact = (1...9).map {
      series(
        [Double](repeating: 7, count: 3), name: "suite/exact\($0)",
        metric: .allocations.gated(true, judgement: .exact(tolerance: 0)))
    }
    for others in [gates, shown, exact] { #expect(try width(others: others) == alone) }
  }

  @Test("a shown series has its answer and never counts")
  func shown() {
    let comparison = compare(
      [series(quiet(100), metric: .wall)], [series(quiet(200), metric: .wall)])
    guard case .suspectedSlower? = comparison.verdict else {
      Issue.record("\(comparison.rows)")
      return
    }
    #expect(comparison.counts.total == 0)
    #expect(comparison.counts.judged == 0)
    #expect(comparison.counts[.suspectedSlower] == 0)
    #expect(comparison.counts.shown == 1)
  }

  @Test("one wild process does not hide a change, and does not make one")
  func outlier() {
    var wild = quiet(100)
    wild[3] = 900
    guard case .suspectedSlower? = compare([series(wild)], [series(quiet(125))]).verdict else {
      Issue.record("an outlier hid a change")
      return
    }
    if case .suspectedSlower? = compare([series(quiet(100))], [series(wild)]).verdict {
      Issue.record("an outlier made a change")
    }
  }

  @Test("sessions of one side are not one large session")
  func sessions() throws {
    let split = series([session(quiet(95)), session(quiet(105))])
    let comparison = compare([split], [split])
    let change = try #require(comparison.rows[0].answer.change)
    #expect(abs(change.estimate) < 1e-9)
    #expect(comparison.rows[0].base?.sessions == 2)
    #expect(comparison.rows[0].base?.processes == 20)
    #expect(comparison.rows[0].base?.samples == 400)
  }

  @Test("processes without any spread are judged by the prior alone")
  func noSpread() {
    let same = [Double](repeating: 100, count: 10)
    let quarter = compare([series(same)], [series(same.map { $0 * 1.25 })])
    guard case .suspectedSlower? = quarter.verdict else {
      Issue.record("25 % of a constant")
      return
    }
    if case .suspectedSlower? = compare([series(same)], [series(same.map { $0 * 1.009 })]).verdict {
      Issue.record("0.9 % is below the floor")
    }
  }

  @Test("any number of samples can be summed up")
  func manySamples() throws {
    let processes = quiet(100).map { ProcessStatistic(value: $0, samples: .max) }
    let many = series([
      SeriesSession(id: UUID(), started: Date(timeIntervalSince1970: 0), processes: processes)
    ])
    let comparison = compare([many], [many])
    #expect(comparison.rows[0].base?.samples == .max)
    #expect(comparison.agreeing(with: comparison).rows[0].head?.samples == .max)
  }

  @Test("sums that leave the numbers end at their ends", arguments: [-3, -1, 0, 1, 3])
  func saturation(step: Int) {
    #expect(Int.max.addingSaturated(step) == (step < 0 ? Int.max + step : .max))
    #expect(Int.min.addingSaturated(step) == (step > 0 ? Int.min + step : .min))
    #expect(4.addingSaturated(step) == 4 + step)
  }
}
