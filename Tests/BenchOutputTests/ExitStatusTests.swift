import BenchComparer
import BenchModel
import BenchOutput
import Testing

@Suite struct ExitStatusTests {
  @Test("The statuses are the documented ones")
  func statuses() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 130])
    #expect(Set(ExitStatus.allCases.map(\.meaning)).count == 7)
  }

  /// Every small counts, every failure and every requirement, against the rule written the long
  /// way.
  @Test("The gravest finding decides, in every small case")
  func exhaustive() {
    for slower in 0...1 {
      for suspicious in 0...1 {
        for undecided in 0...1 {
          for unchanged in 0...2 {
            for new in 0...2 {
              for failed in [nil, Reason.Side.base, .head, .both] {
                check(slower, suspicious, undecided, unchanged, new, failed)
              }
            }
          }
        }
      }
    }
  }

  private func check(
    _ slower: Int, _ suspicious: Int, _ undecided: Int, _ unchanged: Int, _ new: Int,
    _ failed: Reason.Side?
  ) {
    let comparison = Example.comparison(
      rows: failed.map { [Example.row("a/b", .notJudged(.failed(side: $0, ["signal 11"])))] } ?? [],
      counts: Example.counts(
        slower: slower, suspectedSlower: suspicious, unchanged: unchanged, undecided: undecided,
        notJudged: [.new: new, .failed: failed == nil ? 0 : 1]))
    let judged = slower + suspicious + undecided + unchanged
    let total = judged + new + (failed == nil ? 0 : 1)
    for coverage in [nil, 0, 0.5, 1] as [Double?] {
      for conclusive in [false, true] {
        var expected = ExitStatus.success
        if conclusive, suspicious + undecided > 0 { expected = .inconclusive }
        if let coverage, Double(judged) < coverage * Double(total) { expected = .coverage }
        if judged == 0 { expected = .coverage }
        if failed == .head || failed == .both { expected = .failure }
        if slower > 0 { expected = .regression }
        let exit = ComparisonExit(
          of: comparison,
          requirements: .init(coverage: coverage, conclusive: conclusive))
        #expect(exit.status == expected)
        #expect(exit.reason.hasPrefix("exit \(expected.rawValue): "))
        let forgiven = ComparisonExit(
          of: comparison,
          requirements: .init(coverage: coverage, conclusive: conclusive, exitZero: true))
        #expect(forgiven.status == .success)
        #expect(forgiven.reason.hasSuffix("without --exit-zero)") == (expected != .success))
      }
    }
  }

  @Test("A benchmark is counted once, however many of its metrics are missing")
  func countsBenchmarks() {
    let failed = ComparisonRow.Answer.notJudged(.failed(side: .head, ["signal 11"]))
    let rows = [
      Example.row("a/b", failed), Example.row("a/b", failed, metric: Metric.cpu.gated(true)),
      Example.row("a/c", failed, metric: .cpu),
    ]
    let exit = ComparisonExit(
      of: Example.comparison(rows: rows, counts: Example.counts(notJudged: [.failed: 2])),
      requirements: .init())
    #expect(exit.reason == "exit 3: 1 benchmark failed to run")
  }

  @Test("The reason names the numbers")
  func reasons() {
    func reason(_ counts: ComparisonCounts, _ requirements: ComparisonRequirements = .init())
      -> String
    {
      ComparisonExit(of: Example.comparison(counts: counts), requirements: requirements).reason
    }
    #expect(reason(Example.counts(slower: 1)) == "exit 1: 1 series is slower")
    #expect(reason(Example.counts(unchanged: 4)) == "exit 0: no regression, decided 4 of 4")
    #expect(
      reason(Example.counts(unchanged: 4, notJudged: [.new: 6]), .init(coverage: 0.5))
        == "exit 4: judged 4 of 10, less than the 50.0 % that --require-coverage asks")
    #expect(
      reason(Example.counts(unchanged: 7, notJudged: [.new: 3]), .init(coverage: 0.7))
        == "exit 0: no regression, decided 7 of 10")
    #expect(
      reason(Example.counts(suspectedFaster: 1, unchanged: 4, undecided: 2))
        == "exit 0: no regression, decided 4 of 7")
  }

  @Test("--fail-on suspected makes a suspicion a regression, and nothing else")
  func failOn() {
    func status(_ counts: ComparisonCounts, _ failing: FailingAnswer) -> BenchOutput.ExitStatus {
      ComparisonExit(
        of: Example.comparison(counts: counts), requirements: .init(failsOn: failing)
      ).status
    }
    let suspected = Example.counts(suspectedSlower: 1, unchanged: 3)
    #expect(status(suspected, .slower) == .success)
    #expect(status(suspected, .suspected) == .regression)
    for counts in [
      Example.counts(suspectedFaster: 1, unchanged: 1), Example.counts(unchanged: 1, undecided: 1),
    ] {
      #expect(status(counts, .suspected) == .success)
    }
    #expect(status(Example.counts(slower: 1), .suspected) == .regression)
  }
}
