import BenchComparer
import BenchModel
import BenchRunner
import BenchWorkflows
import Foundation
import Testing

@Suite("The benchmarks of both sides")
struct PairedBenchmarksTests {
  private let commits = (base: MeasuredExample.commit(1), head: MeasuredExample.commit(2))

  /// Both sides, each of one executable; the same one where `isSame`.
  private func benchmarks(
    _ base: [BenchmarkDeclaration], _ head: [BenchmarkDeclaration], isSame: Bool = false,
    selection: Selection = Selection(), judgesIdentical: Bool = false
  ) throws -> PairedBenchmarks {
    try PairedBenchmarks(
      base: [MeasuredExample.executable(of: commits.base, binary: "one", base)],
      head: [
        MeasuredExample.executable(of: commits.head, binary: isSame ? "one" : "two", head)
      ],
      selection: selection, profile: MeasuredExample.profile, judgesIdentical: judgesIdentical)
  }

  private let one = MeasuredExample.declaration("suite/one")
  private let two = MeasuredExample.declaration("suite/two")

  private func names(_ keys: [BenchmarkKey]) -> [String] { keys.map(\.id) }

  private func series(
    _ benchmarks: PairedBenchmarks, stored: [PairedSeries] = []
  ) -> [PairedSeries] {
    benchmarks.series(
      stored: stored, machine: MeasuredExample.here, started: MeasuredExample.start)
  }

  @Test("what both sides declare is measured, in the order of the names")
  func measured() throws {
    let both = try benchmarks([two, one], [one, two])
    #expect(names(both.measured) == ["suite/one", "suite/two"])
    #expect(both.identical.isEmpty)
  }

  @Test("what one side alone declares is not measured, and has a series without rounds")
  func onOneSide() throws {
    let both = try benchmarks([one], [one, two])
    #expect(names(both.measured) == ["suite/one"])
    let new = try #require(series(both).first { $0.key.benchmark == two.key })
    #expect(new.base == nil)
    #expect(new.head?.metric == MeasuredExample.exact)
    #expect(new.rounds.isEmpty)

    let gone = try #require(
      series(try benchmarks([one, two], [one])).first { $0.key.benchmark == two.key })
    #expect(gone.head == nil)
    #expect(gone.base != nil)
  }

  @Test("another version of a benchmark is not measured, and both versions are known")
  func otherVersion() throws {
    let both = try benchmarks(
      [one, two], [MeasuredExample.declaration("suite/one", version: 2), two])
    #expect(names(both.measured) == ["suite/two"])
    let changed = try #require(series(both).first { $0.key.benchmark == one.key })
    #expect((changed.base?.version, changed.head?.version) == (1, 2))
  }

  @Test("benchmarks of the same executable are identical and not measured")
  func identical() throws {
    let both = try benchmarks([one, two], [one, two], isSame: true)
    #expect(both.measured.isEmpty)
    #expect(names(both.identical.map(\.key.benchmark)) == ["suite/one", "suite/two"])
    #expect(series(both).isEmpty)
  }

  @Test("they are measured where identical code is to be judged")
  func judgesIdentical() throws {
    let both = try benchmarks([one], [one], isSame: true, judgesIdentical: true)
    #expect(names(both.measured) == ["suite/one"])
    #expect(both.identical.isEmpty)
  }

  @Test("only gate metrics of an identical benchmark are spoken of")
  func identicalGates() throws {
    let declaration = MeasuredExample.declaration(metrics: [MeasuredExample.exact, .cpu])
    let both = try benchmarks([declaration], [declaration], isSame: true)
    #expect(both.identical.map(\.key.metric) == ["wall"])
  }

  @Test("a selection leaves out the rest of both sides")
  func selection() throws {
    let both = try benchmarks([one, two], [one], selection: Selection(filter: "one"))
    #expect(names(both.measured) == ["suite/one"])
    #expect(series(both).map(\.key.benchmark) == [one.key])
  }

  @Test("a selection of nothing is refused")
  func nothingSelected() {
    #expect(throws: RunnerError.self) {
      try benchmarks([one], [one], selection: Selection(filter: "three"))
    }
    #expect(throws: RunnerError.self) {
      try benchmarks([one], [one], selection: Selection(suites: ["other"]))
    }
  }

  // MARK: Stored series

  private func stored(_ base: PairedSide?, _ head: PairedSide?) -> PairedSeries {
    PairedSeries(
      key: SeriesKey(benchmark: one.key, metric: "wall"), machine: MeasuredExample.here,
      session: UUID(), started: MeasuredExample.start, base: base, head: head, rounds: [])
  }

  @Test("a stored series stays as it is, and what was not measured yet is added")
  func storedSeries() throws {
    let both = try benchmarks([one, two], [one, two])
    let side = PairedSide(metric: MeasuredExample.exact)
    let known = stored(side, side)
    let all = series(both, stored: [known])
    #expect(all.first == known)
    #expect(all.map(\.key.benchmark) == [one.key, two.key])
    #expect(all.last?.session == known.session)
  }

  @Test("where one side failed before the other was run, the other was declared nevertheless")
  func failedFirst() throws {
    let both = try benchmarks([one], [one])
    let failed = PairedSide(metric: MeasuredExample.exact, failures: ["crashed"])
    #expect(series(both, stored: [stored(failed, nil)]).first?.head != nil)
    #expect(series(both, stored: [stored(nil, failed)]).first?.base != nil)
  }

  @Test("a side that neither failed nor ran stays missing")
  func missingSide() throws {
    let both = try benchmarks([one], [one])
    let side = PairedSide(metric: MeasuredExample.exact)
    #expect(series(both, stored: [stored(side, nil)]).first?.head == nil)
  }
}
