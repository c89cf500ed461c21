import BenchComparer
import BenchModel
import TextCoding

/// `benchdb bisect` for people: the commit first, then what was measured.
package enum BisectionText {
  package static func text(
    _ report: BisectionReport, width: Int, style: TerminalStyle
  ) -> String {
    var lines = [style.text(headline(report), role(report.outcome))]
    for commit in suspects(report.outcome) {
      lines.append("  \(commit.shortHash)  \(Printable.excerpt(commit.subject))")
      lines.append(
        "  \(indent)\(Printable.text(commit.author)), \(Timestamp.minute(commit.authored))")
    }
    lines += [""] + evidence(report)
    if !report.probes.isEmpty {
      lines += [""] + table(report).lines(width: width, style: style)
    }
    lines += [""] + [closing(report)] + next(report)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The answer in a sentence.
  static func headline(_ report: BisectionReport) -> String {
    let series = Printable.text(report.series.description)
    let words = ChangeWords(report.metric).move(isWorse: true)
    return switch report.outcome {
    case .identicalCode: "\(series): GOOD and BAD run identical code."
    case .notSlower(let verdict):
      "\(series): \(AnswerText.text(verdict, of: report.metric)) from GOOD to BAD; there is nothing to "
        + "look for."
    case .found: "\(series) became \(words) in this commit:"
    case .between(let commits):
      "\(series) became \(words) in one of these \(English.count(commits.count, "commit")):"
    case .outOfTime(let commits):
      "\(series) became \(words) in one of \(English.count(commits.count, "commit")); the time is over."
    }
  }

  private static let indent = String(repeating: " ", count: 11)

  private static func role(_ outcome: BisectionReport.Outcome) -> TextRole {
    switch outcome {
    case .found: .bad
    case .between, .outOfTime, .notSlower(.inconclusive): .warning
    case .identicalCode, .notSlower: .good
    }
  }

  private static func suspects(_ outcome: BisectionReport.Outcome) -> [Commit] {
    switch outcome {
    case .found(let commit): [commit]
    case .between(let commits): commits
    case .identicalCode, .notSlower, .outOfTime: []
    }
  }

  private static func evidence(_ report: BisectionReport) -> [String] {
    let step = report.step.map { "the step      \(words($0, report))" }
    let check = report.check.map { "GOOD to BAD   \(words($0, report))" }
    return [step, check].compactMap { $0.map { "  " + $0 } }
      + [
        "  range         \(Printable.text(report.range)), \(English.count(report.commits, "commit"))"
      ]
  }

  /// `slower by 5.6–6.3 %, 4f2c1aa09 against 91be037aa, paired, 10+10 processes`
  private static func words(_ evidence: BisectionEvidence, _ report: BisectionReport) -> String {
    "\(AnswerText.text(evidence.verdict, of: report.metric)), \(evidence.head.shortHash) against "
      + "\(evidence.base.shortHash), paired, \(evidence.rounds)+\(evidence.rounds) processes"
  }

  private static func table(_ report: BisectionReport) -> TextTable {
    var table = TextTable(columns: [
      .init("commit"), .init("answer"), .init("against GOOD"),
      .init("rounds", alignment: .right), .init("", fitting: .wrapping(minimum: 20)),
    ])
    for probe in report.probes {
      table.add([
        .init(probe.commit.shortHash), .init(probe.answer.kind.word),
        .init(probe.shift.map { text($0, report.metric) } ?? ""),
        .init(probe.rounds > 0 ? Digits.grouped(probe.rounds) : ""),
        .init(probe.answer.note ?? probe.commit.subject, .dim),
      ])
    }
    return table
  }

  /// `+5.8 % (+5.2 to +6.4 %)`
  static func text(_ shift: RelativeShift, _ metric: Metric) -> String {
    if let zero = shift.zero { return ChangeWords(metric).text(zero) }
    let (low, high) = (RelativeSize.signed(shift.lower), RelativeSize.signed(shift.upper))
    let from = low.hasSuffix(" %") && high.hasSuffix(" %") ? String(low.dropLast(2)) : low
    return "\(RelativeSize.signed(shift.estimate)) (\(from) to \(high))"
  }

  /// `5 probes of 32 commits, 34 rounds, 4 min 10 s; 3 commits skipped, 2 identical to another`
  private static func closing(_ report: BisectionReport) -> String {
    let counts = [
      "\(English.count(report.measured, "probe")) of \(English.count(report.commits, "commit"))",
      English.count(report.rounds, "round"), WaitingTime.text(seconds: report.seconds),
    ].joined(separator: ", ")
    let skipped = report.probes.count { $0.answer.kind == .skipped }
    let same = report.probes.count { $0.answer.kind == .identicalCode }
    let others = [
      skipped > 0 ? "\(English.count(skipped, "commit")) skipped" : nil,
      same > 0 ? "\(Digits.grouped(same)) identical to another" : nil,
    ].compactMap(\.self)
    return others.isEmpty ? counts : counts + "; " + others.joined(separator: ", ")
  }

  private static func next(_ report: BisectionReport) -> [String] {
    guard case .found(let commit) = report.outcome else { return [] }
    let parent = commit.parents.first.map {
      " · benchdb compare --paired \($0.prefix(9)) \(commit.shortHash)"
    }
    return ["next: git show \(commit.shortHash)\(parent ?? "")"]
  }
}

extension BisectionProbe.Answer {
  /// Why, where the answer alone does not say it; in one line.
  package var note: String? {
    switch self {
    case .slower, .notSlower, .inconclusive: nil
    case .skipped(let reason): String(reason.prefix { !$0.isNewline })
    case .identical(let commit): "the same bytes as \(commit.shortHash)"
    }
  }
}
