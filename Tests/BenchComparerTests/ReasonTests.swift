import BenchComparer
import BenchModel
import Foundation
import Testing

@Suite struct ReasonTests {
  private let one = series(quiet(100))

  @Test("a series of one side only is new or gone")
  func oneSide() {
    #expect(compare([], [one]).reason == .new)
    #expect(compare([one], []).reason == .gone)
    #expect(compare([series([SeriesSession]())], [one]).reason == .new)
    #expect(compare([], []).rows.isEmpty)
  }

  @Test("machines of different classes are never compared, and the row says what differs")
  func otherMachine() {
    let elsewhere = series([session(quiet(100))], machine: machine(cores: 8))
    let comparison = compare([elsewhere], [one])
    #expect(comparison.reason == .otherMachine(["cores differs (8 against 2)"]))
    #expect(comparison.rows.count == 1)
    #expect(comparison.counts.notJudged == [.otherMachine: 1])
    #expect(comparison.rows[0].base?.processes == 10)
  }

  @Test("a base of the same class is preferred, whatever else is there")
  func sameMachine() {
    let elsewhere = series([session(quiet(10))], machine: machine(cores: 8))
    let comparison = compare([elsewhere, one], [one])
    #expect(comparison.rows.count == 1)
    #expect(comparison.verdict != nil)
  }

  @Test("another version of a benchmark measures something else")
  func version() {
    let comparison = compare([one], [series([session(quiet(100))], version: 2)])
    #expect(comparison.reason == .versionChanged(base: 1, head: 2))
  }

  @Test("of several versions and units each is compared with its own, in whatever order they come")
  func severalVersions() throws {
    let bytes = Metric(name: "wall", unit: .bytes, isGate: true)
    func version(_ version: Int, _ middle: Double, _ metric: Metric = .wall.gated(true))
      -> SeriesData
    {
      series([session(quiet(middle))], metric: metric, version: version)
    }
    let base = [version(1, 100), version(2, 200), version(2, 900, bytes)]
    for base in [base, base.reversed()] {
      let comparison = compare(base, [version(2, 200)])
      let row = try #require(comparison.rows.first)
      #expect(comparison.rows.count == 1)
      #expect(row.base?.value == 200)
      #expect(comparison.reason == nil)
      let both = compare(base, [version(2, 900, bytes), version(1, 100)])
      #expect(both.rows.count == 2)
      #expect(both.rows.allSatisfy { $0.base?.value == $0.head?.value })
      #expect(compare(base, [version(3, 200)]).reason == .versionChanged(base: 2, head: 3))
    }
  }

  @Test("another unit or direction cannot be compared")
  func unit() {
    let bytes = Metric(name: "wall", unit: .bytes, direction: .higher, isGate: true)
    #expect(
      compare([one], [series(quiet(100), metric: bytes)]).reason
        == .otherUnit(base: "ns, lower is better", head: "B, higher is better"))
  }

  @Test("what sampled for another time is not compared, and left out where some did for the same")
  func duration() {
    let long = series([session(quiet(100), seconds: 0.5)])
    let short = series([session(quiet(130), seconds: 0.02)])
    #expect(compare([long], [short]).reason == .otherDuration(base: [0.5], head: [0.02]))
    let both = series([
      session(quiet(100), seconds: 0.02), session(quiet(200), seconds: 0.5),
    ])
    let row = compare([both], [short]).rows.first
    #expect(row?.answer != .notJudged(.otherDuration(base: [0.02, 0.5], head: [0.02])))
    #expect(compare([both], [long]).verdict.map { "\($0)" }?.hasPrefix("suspectedFaster") == true)
    // What does not say how long it sampled may have sampled for the same time.
    #expect(compare([long], [one]).verdict != nil)
    let exact = Metric.allocations.gated(true, judgement: .exact(tolerance: 0))
    let counts = (
      series([session([7, 7], seconds: 0.5)], metric: exact),
      series([session([7, 7], seconds: 0.02)], metric: exact)
    )
    #expect(compare([counts.0], [counts.1]).verdict != nil)
  }

  @Test("what no longer gates is counted as not judged, and what gates anew is judged")
  func ungated() {
    let shown = series(quiet(200), metric: .wall.gated(false))
    let comparison = compare([one], [shown])
    #expect(comparison.reason == .noLongerGates)
    #expect(comparison.counts.total == 1 && comparison.counts.judged == 0)
    #expect(comparison.counts.notJudged == [.noLongerGates: 1])
    #expect(compare([shown], [one]).counts.judged == 1)
  }

  @Test("HEAD can't loosen the tolerance by which it is judged")
  func tolerance() {
    func counting(_ value: Double, tolerance: Double) -> SeriesData {
      let metric = Metric.allocations.gated(true, judgement: .exact(tolerance: tolerance))
      return series([value, value], metric: metric)
    }
    let strict = counting(1_000, tolerance: 0.01)
    #expect(compare([strict], [counting(50_000, tolerance: 100)]).counts[.slower] == 1)
    #expect(
      compare([counting(1_000, tolerance: 100)], [counting(50_000, tolerance: 0.01)])
        .counts[.slower] == 1)
  }

  @Test("imported summaries hold no samples")
  func summaries() {
    let imported = series([session(quiet(100), level: .summary)])
    #expect(compare([imported], [one]).reason == .summaryOnly)
    let both = series([session(quiet(100), level: .summary), session(quiet(100))])
    #expect(compare([both], [one]).verdict != nil)
  }

  @Test("a single process never convicts, however far off it is")
  func oneProcess() {
    let single = series([900])
    #expect(compare([one], [single]).reason == .oneProcess(side: .head))
    #expect(compare([single], [one]).reason == .oneProcess(side: .base))
    #expect(compare([single], [single]).reason == .oneProcess(side: .both))
  }

  @Test("a failed process fails the series on its side")
  func failed() {
    let crashed = series([session(quiet(100))], failures: ["crashed: signal 11"])
    #expect(compare([one], [crashed]).reason == .failed(side: .head, ["crashed: signal 11"]))
    let dead = series([SeriesSession](), failures: ["timed out after 5 s"])
    #expect(compare([dead], [one]).reason == .failed(side: .base, ["timed out after 5 s"]))
    #expect(compare([], [dead]).reason == .new)
  }

  @Test("values that are not finite are a failure", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) {
    let comparison = compare([one], [series([100, value, 100])])
    guard case .failed(side: .head, let texts)? = comparison.reason else {
      Issue.record("\(comparison.rows)")
      return
    }
    #expect(texts.count == 1)
    #expect(comparison.rows[0].head?.value == 100)
  }

  @Test("the same binary on both sides ends it, unless it is to be judged")
  func identical() {
    let (before, after) = (series(quiet(100), binary: "a"), series(quiet(150), binary: "a"))
    guard case .identicalCode(.some)? = compare([before], [after]).verdict else {
      Issue.record("the same binary")
      return
    }
    #expect(compare([before], [after]).counts[.identicalCode] == 1)
    guard case .suspectedSlower? = compare([before], [after], judgeIdentical: true).verdict else {
      Issue.record("judged all the same")
      return
    }
    let other = compare([before], [series(quiet(150), binary: "b")])
    guard case .suspectedSlower? = other.verdict else {
      Issue.record("another binary")
      return
    }
  }
}
