import BenchComparer
import BenchModel
import BenchOutput
import TextCoding

/// Compares two commits of a bisection by the rule of the gate.
struct BisectionCheck {
  let session: ProbeSession
  let rule: ComparisonRule
  /// The most rounds that are measured.
  let rounds: Int

  private var series: BisectedSeries { session.series }

  /// - Returns: `nil` where the time ended first.
  func run(
    base: BuiltCommit, head: BuiltCommit
  ) throws -> (evidence: BisectionEvidence, series: PairedSeries)? {
    session.console.note(
      "Measuring '\(series.key)' of \(head.commit.shortHash) against \(base.commit.shortHash), at "
        + "most \(English.count(rounds, "round")).")
    if series.takesTurns, series.metric.tolerance == nil {
      try PairedLook.refuse(mostRounds: rounds)
    }
    let looks = series.checkLooks(upTo: rounds)
    let judge = PairedJudge(rule: rule, looks: series.checkLooks(upTo: .max))
    let outcome = try session.measure(base: base, head: head, looks: looks.map(\.rounds)) {
      judge.decision(on: [$0.gated]).undecided.isEmpty || $0.rounds.count >= looks.last?.rounds ?? 0
    }
    switch outcome {
    case .outOfTime: return nil
    case .failed(let reason):
      throw CommandFailure(
        "'\(series.benchmark)' failed in \(head.commit.shortHash): \(Printable.text(reason)).",
        status: .failure)
    case .measured(let measured):
      let row = judge.decision(on: [measured.gated]).comparison.rows.first
      let evidence = BisectionEvidence(
        base: base.commit, head: head.commit, verdict: try verdict(of: row),
        rounds: measured.rounds.count)
      return (evidence, measured)
    }
  }

  private func verdict(of row: ComparisonRow?) throws -> Verdict {
    if case .judged(let verdict)? = row?.answer { return verdict }
    throw CommandFailure(
      "'\(series.key)' could not be judged: "
        + (row.map { AnswerText.text($0.answer, of: $0.metric) } ?? "nothing was measured"),
      status: .coverage)
  }
}

extension PairedSeries {
  /// The same series, judged as a gate whatever its benchmark says. What a bisection looks for may
  /// be a layout.
  fileprivate var gated: PairedSeries {
    PairedSeries(
      key: key, machine: machine, source: source, session: session, started: started,
      state: state, base: base?.gated, head: head?.gated, rounds: rounds, floor: floor,
      layout: layout.trusting, method: method)
  }
}

extension PairedSide {
  fileprivate var gated: PairedSide {
    PairedSide(
      metric: metric.gated(true), version: version, toolchain: toolchain, failures: failures,
      counters: counters)
  }
}
