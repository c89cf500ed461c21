import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// A target must say when the pipeline is broken, so each way of being broken is planted once.
@Suite("Targets") struct TargetTests {
  private func target(
    _ bound: Target.Bound, metric: String = "wall", unit: BenchModel.Unit? = .nanoseconds
  ) -> Target {
    target("latency/first", metric: metric, .median, .value, bound, unit: unit)
  }

  private func target(
    _ benchmark: String, metric: String = "wall", _ statistic: Target.Statistic,
    _ measure: Target.Measure, _ bound: Target.Bound, unit: BenchModel.Unit? = .nanoseconds
  ) -> Target {
    Target(
      name: "t", benchmark: BenchmarkPattern(benchmark), metric: metric, statistic: statistic,
      measure: measure, bound: bound, unit: unit)
  }

  private func rows(_ target: Target, _ run: TargetProcesses) throws -> [TargetRow] {
    try TargetJudge(run.all).check([target]).rows
  }

  private func verdict(_ target: Target, _ run: TargetProcesses) throws -> TargetVerdict {
    try #require(try rows(target, run).first).verdict
  }

  @Test("a sleep before the first record misses its limit, and a hair's breadth cannot be told")
  func value() throws {
    let limit = target(.below(100e6))
    for (middle, expected) in [
      (20e6, TargetVerdict.met), (140e6, .missed), (100.1e6, .inconclusive(.straddles)),
    ] {
      var run = TargetProcesses()
      run.add("latency/first", medians: quiet(middle))
      #expect(try verdict(limit, run) == expected)
    }
  }

  @Test("the interval holds the middle, grows with the spread, and needs two processes")
  func interval() throws {
    var run = TargetProcesses()
    run.add("latency/first", medians: quiet(50))
    let narrow = try #require(try rows(target(.below(100)), run).first?.estimate)
    #expect(narrow.lower < 50 && 50 < narrow.upper && narrow.upper - narrow.lower < 0.6)
    #expect(narrow.processes == 10)
    run.add("latency/first", medians: [90])
    let wide = try #require(try rows(target(.below(100)), run).first?.estimate)
    #expect(wide.upper > narrow.upper * 1.05 && wide.value < 51)
    var one = TargetProcesses()
    one.add("latency/first", medians: [50])
    #expect(try verdict(target(.below(100)), one) == .inconclusive(.oneProcess))
  }

  @Test("a record lost in one process misses the target whatever the others took, and is quoted")
  func failure() throws {
    var run = TargetProcesses()
    run.add("latency/first", medians: quiet(1))
    run.add("latency/first", failing: "9999 records arrived, and 10000 should have")
    guard case .failed(let reason) = try verdict(target(.below(100)), run) else {
      Issue.record("not a failure")
      return
    }
    #expect(reason.contains("1 of 11") && reason.contains("9999 records arrived"))
  }

  @Test("a buffer that grows with the records misses the ratio to a thousand of them")
  func ratio() throws {
    var run = TargetProcesses()
    let metric = Metric.peakResidentBytes
    run.add("memory/flat", ["records": "1000"], metric: metric, medians: quiet(20e6))
    run.add("memory/flat", ["records": "1000000"], metric: metric, medians: quiet(22e6))
    run.add("memory/grows", ["records": "1000"], metric: metric, medians: quiet(20e6))
    run.add("memory/grows", ["records": "1000000"], metric: metric, medians: quiet(80e6))
    let limit = target(
      "memory/* records=*", metric: "peak resident", .median,
      .ratio(over: BenchmarkPattern("memory/* records=1000")), .below(1.5), unit: nil)
    let rows = try rows(limit, run)
    #expect(rows.map(\.benchmark?.id) == ["memory/flat", "memory/grows"])
    #expect(rows.map(\.verdict) == [.met, .missed])
    #expect(abs((rows[1].estimate?.value ?? 0) - 4) < 0.01)
  }

  @Test("a ratio without its other side is not measured, and names it")
  func missingReference() throws {
    var run = TargetProcesses()
    run.add("memory/flat", ["records": "10"], medians: quiet(1))
    let limit = target(
      "memory/* records=10", .median, .ratio(over: BenchmarkPattern("memory/* records=1")),
      .below(1.5), unit: nil)
    #expect(
      try verdict(limit, run) == .notMeasured(.noBenchmark("memory/flat records=1")))
  }

  @Test(
    "the slope of a power is its exponent, and only a linear one is linear",
    arguments: [(0.5, false), (1, true), (1.2, false), (2, false)])
  func slope(exponent: Double, isLinear: Bool) throws {
    let run = swept { pow($0, exponent) }
    let limit = target(
      "scalability/report records=*", .median, .slope(parameter: "records"), .between(0.95, 1.05),
      unit: nil)
    let row = try #require(try rows(limit, run).first)
    #expect(row.verdict == (isLinear ? .met : .missed))
    let estimate = try #require(row.estimate)
    #expect(estimate.lower <= exponent + 0.01 && exponent - 0.01 <= estimate.upper)
    #expect(row.benchmark == BenchmarkKey(id: "scalability/report"))
  }

  @Test("a quadratic step that a slope hardly sees is seen by the spread")
  func spread() throws {
    let limit = target(
      "scalability/report records=*", .median, .spread(parameter: "records"), .below(1.5),
      unit: nil)
    #expect(try verdict(limit, swept { $0 }) == .met)
    #expect(try verdict(limit, swept { $0 > 200_000 ? $0 * 2 : $0 }) == .missed)
  }

  @Test("a ratio of nothing but itself is not measured, and has a row that says so")
  func onlyItself() throws {
    var run = TargetProcesses()
    run.add("memory/flat", ["records": "10"], medians: quiet(1))
    let limit = target(
      "memory/flat *", .median, .ratio(over: BenchmarkPattern("memory/flat *")), .below(1.5),
      unit: nil)
    #expect(try rows(limit, run).map(\.verdict) == [.notMeasured(.onlyItself)])
  }

  @Test("a slope over one size is not measured")
  func oneSize() throws {
    var run = TargetProcesses()
    run.add("scalability/report", ["records": "10"], medians: quiet(1))
    let limit = target(
      "scalability/report records=*", .median, .slope(parameter: "records"), .below(2), unit: nil)
    #expect(try verdict(limit, run) == .notMeasured(.oneValue(parameter: "records")))
  }

  @Test("a rate is the parameter by seconds, and time a record its inverse")
  func rate() throws {
    var run = TargetProcesses()
    run.add("throughput/x", ["records": "100000"], medians: quiet(1e9))
    let rate = try #require(
      try rows(
        target(
          "throughput/x *", .median, .rate(parameter: "records"), .above(1_000), unit: .perSecond),
        run
      ).first)
    #expect(rate.verdict == .met && abs((rate.estimate?.value ?? 0) / 100_000 - 1) < 0.01)
    #expect((rate.estimate?.lower ?? 0) < (rate.estimate?.upper ?? 0))
    let each = target("throughput/x *", .median, .per(parameter: "records"), .below(9_000))
    #expect(try verdict(each, run) == .missed)
    let none = target("throughput/x *", .median, .per(parameter: "groups"), .below(9_000))
    #expect(try verdict(none, run) == .notMeasured(.noParameter("groups")))
  }

  @Test("quantiles far out need samples, and the largest is that of all processes")
  func quantiles() throws {
    var run = TargetProcesses()
    for _ in 0..<3 { run.add("latency/first", samples: (1...50).map(Double.init)) }
    #expect(
      try verdict(target(.below(100)).with(.p99), run)
        == .inconclusive(.fewSamples(needed: 100, found: 50)))
    let p90 = try #require(try rows(target(.below(100)).with(.p90), run).first?.estimate)
    #expect(abs(p90.value - 45.1) < 1e-9)
    run.add("latency/first", samples: [200])
    let worst = try #require(try rows(target(.below(100)).with(.maximum), run).first)
    #expect(worst.verdict == .missed && worst.estimate?.upper == 200)
  }

  @Test("what was not measured is said to be so, and a wrong unit is refused")
  func gaps() throws {
    var run = TargetProcesses()
    run.add("latency/first", medians: quiet(1))
    #expect(
      try verdict(target("latency/second", .median, .value, .below(1)), run)
        == .notMeasured(.noBenchmark("latency/second")))
    #expect(
      try verdict(target(.below(1), metric: "cpu"), run) == .notMeasured(.noMetric("cpu")))
    #expect(throws: TargetError.self) {
      try rows(target(.below(1), unit: .bytes), run)
    }
  }

  @Test("a true value lies outside of the interval about as rarely as it says")
  func coverage() throws {
    let seed: UInt64 = 0x7A26
    var random = SeededRandom(seed: seed)
    var misses = 0
    for _ in 0..<400 {
      var run = TargetProcesses()
      run.add(
        "latency/first",
        medians: (0..<10).map { _ in
          // A sum of twelve uniform numbers is nearly normal with deviation 1.
          exp((0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0...1, using: &random) } / 50)
        })
      let estimate = try #require(try rows(target(.below(2)), run).first?.estimate)
      if estimate.lower > 1 || estimate.upper < 1 { misses += 1 }
    }
    // 5 % of 400 are 20, with a deviation of 4.4.
    #expect((5...38).contains(misses), "\(misses) misses with seed \(seed)")
  }

  @Test(
    "a star stands for anything, and hands on what it stood for",
    arguments: [
      ("a/b", "a/b", []), ("a/*", "a/b", ["b"]), ("*", "a/b", ["a/b"]),
      ("a/* x=*", "a/b c x=1", ["b c", "1"]), ("*b*b", "abbb", ["a", "b"]), ("a", "a/b", nil),
      ("a/b*", "a/b", [""]), ("*c", "a/b", nil),
    ] as [(String, String, [String]?)])
  func stars(pattern: String, text: String, expected: [String]?) {
    #expect(BenchmarkPattern(pattern).stars(in: BenchmarkKey(id: text)) == expected)
    if let expected {
      #expect(BenchmarkPattern(pattern).filled(with: expected).description == text)
    }
  }

  private func swept(_ cost: (Double) -> Double) -> TargetProcesses {
    var run = TargetProcesses()
    for records in [10_000, 30_000, 100_000, 300_000, 1_000_000] {
      run.add(
        "scalability/report", ["records": "\(records)"], medians: quiet(cost(Double(records))))
    }
    return run
  }
}

extension Target {
  fileprivate func with(_ statistic: Statistic) -> Target {
    Target(
      name: name, benchmark: benchmark, metric: metric, statistic: statistic, measure: measure,
      bound: bound, unit: unit)
  }
}
