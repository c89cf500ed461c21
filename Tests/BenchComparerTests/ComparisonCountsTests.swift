import BenchComparer
import BenchModel
import Foundation
import Testing

@Suite struct ComparisonCountsTests {
  @Test("changed gate rows come first, the worst at the top, shown rows last, ties by name")
  func order() {
    let names = ["b", "half", "a", "twice", "new"]
    let base = names.dropLast().map { series(quiet(100), name: $0) }
    let middles = [100.0, 50, 100, 200, 100]
    let head = zip(names, middles).map { series(quiet($1), name: $0) }
    let shown = series(quiet(100), name: "shown", metric: .cpu)
    let worse = series(quiet(300), name: "shown", metric: .cpu)
    let comparison = compare([shown] + base, [worse] + head)
    #expect(
      comparison.rows.map(\.key.benchmark.id) == ["twice", "a", "b", "half", "new", "shown"])
  }

  @Test("every gate series is counted exactly once")
  func counts() {
    let base = ["a", "b", "c", "d", "gone"].map { series(quiet(100), name: $0, binary: "1") }
    let head = [
      series(quiet(200), name: "a", binary: "2"), series(quiet(50), name: "b", binary: "2"),
      series(quiet(100), name: "c", binary: "2"), series(quiet(100), name: "d", binary: "1"),
      series(quiet(100), name: "new"),
    ]
    let counts = compare(base, head).counts
    #expect(counts.total == 6)
    #expect(counts.judged == 4)
    #expect(counts[.suspectedSlower] == 1)
    #expect(counts[.suspectedFaster] == 1)
    #expect(counts[.inconclusive] + counts[.noChange] == 1)
    #expect(counts[.identicalCode] == 1)
    #expect(counts.notJudged == [.new: 1, .gone: 1])
    #expect(counts.judged + counts.notJudged.values.reduce(0, +) == counts.total)
    let detectable = counts.smallestDetectable
    #expect((detectable?.lowerBound ?? 0) > 0.02)
  }

  @Test("nothing judged statistically has no smallest change")
  func nothingDetectable() {
    let exact = series(
      [5, 5], metric: .allocations.gated(true, judgement: .exact(tolerance: 0)))
    #expect(compare([exact], [exact]).counts.smallestDetectable == nil)
    #expect(compare([exact], [exact]).warnings.isEmpty)
  }
}

@Suite struct WarningTests {
  private func measured(_ kernel: String, toolchain: String, count: Int = 10) -> SeriesData {
    var state = MachineState()
    state.kernel = kernel
    return series([
      session(Array(quiet(100).prefix(count)), state: state, toolchain: toolchain)
    ])
  }

  @Test("another kernel and another compiler are named, once each")
  func changed() {
    let comparison = compare(
      [measured("6.1", toolchain: "Swift 6.2")], [measured("6.2", toolchain: "Swift 6.3")])
    #expect(
      comparison.warnings == [
        .stateChanged(fact: "kernel", base: "6.1", head: "6.2"),
        .toolchainChanged(base: "Swift 6.2", head: "Swift 6.3"), .noNoiseKnown,
      ])
  }

  @Test("what is not known is no change")
  func unknown() {
    let comparison = compare([series(quiet(100))], [measured("6.2", toolchain: "Swift 6.3")])
    #expect(comparison.warnings == [.noNoiseKnown])
  }

  @Test("sessions of identical code are counted once for all their series")
  func sessionsOfIdenticalCode() {
    let sessions = (0..<5).map { _ in session(quiet(100)) }
    let groups = ["suite/one", "suite/two"].map {
      IdenticalCodeGroup(series: key($0), sessions: sessions)
    }
    let comparison = compare(
      [series(quiet(100))], [series(quiet(100))], identicalCode: groups)
    #expect(comparison.warnings == [.noiseKnown(sessions: 5)])
  }

  @Test("few processes are said to be few")
  func few() {
    let few = measured("6.1", toolchain: "Swift 6.3", count: 3)
    #expect(compare([few], [few]).warnings == [.noNoiseKnown, .fewProcesses(minimum: 3)])
  }
}
