package import BenchComparer
import BenchModel

/// What the user asked of a comparison beyond 'no regression'.
package struct ComparisonRequirements: Sendable, Hashable {
  /// The least share of the gate series that must be judged, from 0 to 1; `nil` asks only that one
  /// is.
  package let coverage: Double?
  /// `--require-conclusive`: a series that cannot be decided, or only looks changed, is not good
  /// enough.
  package let conclusive: Bool
  /// `--exit-zero`: the answer is advice, whatever it is.
  package let exitZero: Bool
  package let failsOn: FailingAnswer

  package init(
    coverage: Double? = nil, conclusive: Bool = false, exitZero: Bool = false,
    failsOn: FailingAnswer = .slower
  ) {
    self.coverage = coverage
    self.conclusive = conclusive
    self.exitZero = exitZero
    self.failsOn = failsOn
  }
}

/// `--fail-on`: the mildest answer that counts as a regression.
package enum FailingAnswer: String, Sendable, Hashable, CaseIterable {
  /// What is confirmed, or counted exactly.
  case slower
  /// What stored sessions only suspect as well.
  case suspected
}

/// How `benchdb compare` ends: the status, and the one line that says why, the last on standard
/// error.
package struct ComparisonExit: Sendable, Hashable {
  package let status: ExitStatus
  /// `exit 1: 1 series is slower`
  package let reason: String

  /// The gravest finding decides: a regression, then a benchmark that failed, then coverage, then
  /// conclusiveness.
  package init(of comparison: Comparison, requirements: ComparisonRequirements) {
    let (status, why) = Self.finding(comparison, requirements)
    let isForgiven = requirements.exitZero && status != .success
    self.status = isForgiven ? .success : status
    reason =
      "exit \(self.status.rawValue): \(why)"
      + (isForgiven ? " (\(status.rawValue) without --exit-zero)" : "")
  }

  private static func finding(
    _ comparison: Comparison, _ requirements: ComparisonRequirements
  ) -> (ExitStatus, String) {
    let counts = comparison.counts
    if counts[.slower] > 0 {
      let worse = VerdictSentence.Words(for: comparison).worse
      return (.regression, "\(English.series(counts[.slower], "is", "are")) \(worse)")
    }
    if requirements.failsOn == .suspected, counts[.suspectedSlower] > 0 {
      let worse = VerdictSentence.Words(for: comparison).worse
      return (
        .regression,
        "\(English.series(counts[.suspectedSlower], "looks", "look")) \(worse), "
          + "under --fail-on suspected"
      )
    }
    let failed = failedBenchmarks(comparison)
    if failed > 0 {
      return (.failure, "\(English.count(failed, "benchmark")) failed to run")
    }
    if counts.judged == 0 { return (.coverage, "nothing could be judged") }
    if let needed = requirements.coverage, isShort(counts, of: needed) {
      return (
        .coverage,
        "judged \(counts.judged) of \(counts.total), less than the \(Percentage.text(needed)) that --require-coverage asks"
      )
    }
    if requirements.conclusive, counts.open > 0 {
      return (.inconclusive, "\(English.series(counts.open, "is", "are")) undecided")
    }
    return (.success, "no regression, \(CoverageText.decided(counts))")
  }

  /// Benchmarks that failed in what is being judged; a failure of the base alone is the base's.
  private static func failedBenchmarks(_ comparison: Comparison) -> Int {
    let failed = comparison.rows.filter { $0.effect == .breaks }
    return Set(failed.map(\.key.benchmark)).count
  }

  /// A billionth of slack, so that 0.7 of 10 is 7 whatever the rounding.
  private static func isShort(_ counts: ComparisonCounts, of share: Double) -> Bool {
    Double(counts.judged) < share * Double(counts.total) - 1e-9
  }
}
