import BenchComparer
import BenchModel
import BenchOutput

/// Measures one commit of a bisection beside GOOD until it is clear on which side of the middle it
/// lies.
struct CommitProbe {
  let session: ProbeSession
  let rule: ProbeRule
  let good: BuiltCommit
  /// The most rounds that are measured.
  let rounds: Int

  /// - Returns: `nil` where the time ended first.
  func measure(_ candidate: BuiltCommit) throws -> BisectionFinding? {
    let looks = session.series.probeLooks(upTo: rounds)
    let outcome = try session.measure(base: good, head: candidate, looks: looks) {
      rule.answer($0) != nil || $0.rounds.count >= looks.last ?? 0
    }
    return switch outcome {
    case .outOfTime: nil
    case .failed(let reason): .skipped(candidate.commit, "does not run: \(reason)")
    case .measured(let measured): finding(measured, of: candidate.commit)
    }
  }

  private func finding(_ measured: PairedSeries, of commit: Commit) -> BisectionFinding {
    let (answer, probe): (Bisection.Answer, BisectionProbe.Answer) =
      switch rule.answer(measured) {
      case .slower: (.slower, .slower)
      case .notSlower: (.notSlower, .notSlower)
      case nil: (.inconclusive, .inconclusive)
      }
    return BisectionFinding(
      answer: answer,
      probe: BisectionProbe(
        commit: commit, answer: probe, shift: rule.shift(measured), rounds: measured.rounds.count))
  }
}

/// What was found out about one commit: for the search, and for people.
struct BisectionFinding {
  let answer: Bisection.Answer
  let probe: BisectionProbe

  static func skipped(_ commit: Commit, _ reason: String) -> BisectionFinding {
    BisectionFinding(
      answer: .unbuildable, probe: BisectionProbe(commit: commit, answer: .skipped(reason)))
  }

  static func identical(
    _ commit: Commit, to other: Commit, at position: Int
  ) -> BisectionFinding {
    BisectionFinding(
      answer: .identical(to: position),
      probe: BisectionProbe(commit: commit, answer: .identical(other)))
  }
}
