import BenchComparer
import BenchModel

/// `benchdb bisect` for programs: `schemaVersion` 1, `kind` "bisection".
///
/// `outcome` is `found`, `between`, `out_of_time`, `not_slower`, `inconclusive` or
/// `identical_code`; `commits` are those that may be the one, oldest first: one where it was found.
/// `check` is BAD against GOOD, `step` the found commit against its parent. A probe has its
/// `answer` (`slower`, `not_slower`, `inconclusive`, `skipped`, `identical_code`), its `rounds`
/// and, where it was measured, its `change` against GOOD; otherwise `reason` or `sameAs`. `rounds`
/// are all that the answer stands on, `seconds` those of this session.
package enum BisectionJSON {
  package static func text(_ report: BisectionReport) -> String {
    JSONDocument.text("bisection", Document(report))
  }

  private struct Document: Encodable {
    let series, range, outcome, reason: String
    let status: Int32
    let good, bad: CommitJSON
    let commits: [CommitJSON]
    let check, step: EvidenceJSON?
    let probes: [ProbeJSON]
    let commitsInRange, rounds: Int
    let time: JSONNumber

    init(_ report: BisectionReport) {
      series = report.series.description
      range = report.range
      (outcome, commits) = report.outcome.document
      (status, reason) = (report.exit.status.rawValue, report.exit.reason)
      good = CommitJSON(report.good)
      bad = CommitJSON(report.bad)
      check = report.check.map { EvidenceJSON($0, report.metric) }
      step = report.step.map { EvidenceJSON($0, report.metric) }
      probes = report.probes.map(ProbeJSON.init)
      commitsInRange = report.commits
      rounds = report.rounds
      time = JSONNumber(report.seconds, "s")
    }
  }

  fileprivate struct CommitJSON: Encodable {
    let hash, subject, author: String
    let authored: String?

    init(_ commit: Commit) {
      hash = commit.hash
      subject = commit.subject
      author = commit.author
      authored = commit.authored.map(Timestamp.machine)
    }
  }

  private struct EvidenceJSON: Encodable {
    let base, head, text: String
    let rounds: Int
    let change: ComparisonRowJSON.Interval?

    init(_ evidence: BisectionEvidence, _ metric: Metric) {
      base = evidence.base.hash
      head = evidence.head.hash
      text = AnswerText.text(evidence.verdict, of: metric)
      rounds = evidence.rounds
      change = evidence.verdict.change.map(ComparisonRowJSON.Interval.init)
    }
  }

  private struct ProbeJSON: Encodable {
    let commit, subject: String
    let answer: AnswerKind
    let rounds: Int
    let change: ShiftJSON?
    let reason, sameAs: String?

    init(_ probe: BisectionProbe) {
      commit = probe.commit.hash
      subject = probe.commit.subject
      rounds = probe.rounds
      change = probe.shift.map(ShiftJSON.init)
      answer = probe.answer.kind
      reason = if case .skipped(let why) = probe.answer { why } else { nil }
      sameAs = if case .identical(let other) = probe.answer { other.hash } else { nil }
    }
  }
}

extension BisectionReport.Outcome {
  fileprivate var document: (name: String, commits: [BisectionJSON.CommitJSON]) {
    switch self {
    case .identicalCode: (AnswerKind.identicalCode.rawValue, [])
    case .notSlower(.inconclusive): (AnswerKind.inconclusive.rawValue, [])
    case .notSlower: (AnswerKind.notSlower.rawValue, [])
    case .found(let commit): ("found", [.init(commit)])
    case .between(let commits): ("between", commits.map { .init($0) })
    case .outOfTime(let commits): ("out_of_time", commits.map { .init($0) })
    }
  }
}
