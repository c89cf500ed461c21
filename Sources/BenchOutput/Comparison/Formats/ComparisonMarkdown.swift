package import BenchComparer
import BenchModel
import TextCoding

/// A comparison as Markdown: for a comment on a pull request, the summary of a step, or a file.
package struct ComparisonMarkdown: Sendable {
  /// The first line of a comment. Whoever posts it finds the earlier one by it and updates that
  /// instead of writing another.
  package static let marker = "<!-- benchdb:comparison -->"

  private let comparison: Comparison
  private let setting: ComparisonSetting
  private let exit: ComparisonExit
  private let showsAll: Bool

  package init(
    _ comparison: Comparison, setting: ComparisonSetting, exit: ComparisonExit,
    showsAll: Bool = false
  ) {
    self.comparison = comparison
    self.setting = setting
    self.exit = exit
    self.showsAll = showsAll
  }

  /// The text, newline at the end, in at most `limit` bytes of UTF-8. Where not everything fits the
  /// worst rows are kept, and how many are left out is said.
  package func text(limit: Int = .max, marked: Bool = false) -> String {
    let opening = (marked ? [Self.marker] : []) + [heading, sides, ""]
    var closing = folded + ["", MarkdownText.text(CoverageText.text(comparison, setting))]
    closing += notes(within: limit / 4) + ["", "\(MarkdownText.text(exit.reason)).", ""]
    let fixed = (opening + tableHead + closing).reduce(0) { $0 + $1.utf8.count + 1 }
    let rows = shownRows
    let kept = Self.fitting(rows.lazy.map(line), in: limit - fixed - Self.omissionRoom)
    var lines = opening
    if !rows.isEmpty { lines += tableHead + kept }
    if kept.count < rows.count {
      lines += ["", "… and \(Digits.grouped(rows.count - kept.count)) more rows, left out here."]
    }
    return (lines + closing).joined(separator: "\n")
  }

  /// Bytes kept free for the line that says what is left out.
  private static let omissionRoom = 80

  private var heading: String {
    "### benchdb: \(MarkdownText.text(VerdictSentence.text(comparison)))"
  }

  private var sides: String {
    let machine = setting.machine.isEmpty ? "" : ", on \(MarkdownText.text(setting.machine))"
    return MarkdownText.text("comparing \(setting.head.text) with \(setting.base.text)")
      + machine + "  "
  }

  private var tableHead: [String] {
    let titles = [setting.base.title, setting.head.title].map(MarkdownText.text)
    return [
      "", "| series | \(titles[0]) | \(titles[1]) | change (+ is worse) | |",
      "|:--|--:|--:|:--|:--|",
    ]
  }

  /// Worst first, as the comparison has them.
  private var shownRows: [ComparisonRow] {
    showsAll
      ? comparison.rows : comparison.rows.filter { $0.metric.isGate && $0.isNews }
  }

  private func line(_ row: ComparisonRow) -> String {
    let answer = MarkdownText.text(AnswerText.text(row))
    let cells = [
      MarkdownText.code(row.key.description), value(row.base, row), value(row.head, row),
      row.isRed ? "**\(answer)**" : answer,
      MarkdownText.text(row.evidence(in: comparison.mode)),
    ]
    return "| \(cells.joined(separator: " | ")) |"
  }

  private func value(_ side: SideSummary?, _ row: ComparisonRow) -> String {
    side.map { MarkdownText.text(Quantity($0.value, row.metric.unit).description) } ?? "–"
  }

  /// `- 33 unchanged (no change larger than 2.4 %)`
  private var folded: [String] {
    guard !showsAll else { return [] }
    let rest = comparison.rows.filter { $0.metric.isGate && !$0.isNews }
    let kinds = FoldedAnswer.kinds(of: rest).filter { !$0.kind.isOnlyCounted }
    return kinds.isEmpty
      ? []
      : [""]
        + kinds.prefix(20).map { kind, rows in
          "- \(Digits.grouped(rows.count)) \(MarkdownText.text(kind.text(rows)))"
        }
  }

  private func notes(within limit: Int) -> [String] {
    let warnings = comparison.warnings.map(WarningText.text) + setting.notes
    let accepted = comparison.acceptedRows.map {
      "accepted: \(AcceptanceText.note($0.row, $0.accepted))"
    }
    let lines = (warnings + accepted).map { "- \(MarkdownText.text($0))." }
    guard !lines.isEmpty else { return [] }
    let kept = Self.fitting(lines, in: limit)
    let more = lines.count - kept.count
    return [""] + kept
      + (more == 0 ? [] : ["- … and \(Digits.grouped(more)) more notes, left out here."])
  }

  /// The first of `lines` that fit into so many bytes.
  private static func fitting(_ lines: some Sequence<String>, in limit: Int) -> [String] {
    var left = limit
    return lines.prefix { line in
      left -= line.utf8.count + 1
      return left >= 0
    }
  }
}

extension ComparisonRow {
  /// Fails the comparison by itself.
  var isRed: Bool { effect == .fails || effect == .breaks }

  /// What a reader wants to see by itself: changes, and benchmarks that failed.
  var isNews: Bool { kind == .failed || isChanged }
}
