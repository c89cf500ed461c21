import BenchComparer
package import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// `benchdb accept SERIES`: take a change for the worse, so that it does not fail the gate.
package struct AcceptRequest {
  private let workspace: Workspace
  /// A series or a benchmark, as a person types it.
  private let subject: String
  private let base: String?
  private let head: String?
  private let until: String?
  private let reason: String
  private let today: Day

  package init(
    _ subject: String, base: String? = nil, head: String? = nil, until: String? = nil,
    reason: String = "", today: Day = Day(Date()), in workspace: Workspace
  ) {
    self.subject = subject
    self.base = base
    self.head = head
    self.until = until
    self.reason = reason
    self.today = today
    self.workspace = workspace
  }

  /// - Throws: `CommandFailure` where nothing of that name is slower, or the day is none to come.
  package func run() throws -> PlainAnswer {
    let until = try until.map(lastDay)
    let found = try base == nil ? lastComparison() : comparison()
    let rows = found.rows.filter { SeriesName(subject).names($0.series) }
    guard !rows.isEmpty else { throw nothingSlower(found) }
    let author =
      try workspace.repository().author ?? workspace.console.environment["USER"] ?? "unknown"
    let acceptances = rows.map { row in
      Acceptance(
        series: row.series, from: found.base, to: found.head, size: row.size, reason: reason,
        author: author, accepted: today, until: until)
    }
    try workspace.openForWriting().add(acceptances)
    let lines = zip(rows, acceptances).map { row, acceptance in
      Printable.text(
        "accepted: \(row.series) (\(row.answer)), \(AcceptanceText.terms(acceptance))")
    }
    return PlainAnswer(
      lines, notes: ["`benchdb accept --export` writes it to \(AcceptanceFile.name)."])
  }

  private func lastDay(_ text: String) throws -> Day {
    guard let day = Day(text), day >= today else {
      throw CommandFailure(
        "--until: '\(Printable.text(text))' is no day to come; write one such as 2026-12-31.")
    }
    return day
  }

  private func lastComparison() throws -> LastComparison {
    if let last = LastComparison.kept(in: workspace) { return last }
    throw CommandFailure(
      "no comparison of commits is remembered here. Run `benchdb compare` first, or name both "
        + "sides, as in `benchdb accept SERIES HEAD~1..HEAD`.")
  }

  /// What is stored of the sides that the user names, compared anew.
  private func comparison() throws -> LastComparison {
    let rule = try ComparisonRule(settings: workspace.settings, floor: nil, alpha: nil)
    switch try StoredSides.find(base: base, head: head, in: workspace) {
    case .rounds(let rounds):
      let judged = try rounds.judged(by: rule, judgesIdentical: false)
      return LastComparison(judged.comparison, base: judged.base, head: judged.head)
    case .apart(let sides):
      let comparison = Comparer(rule: rule).compare(
        base: sides.base.series, head: sides.head.series, identicalCode: sides.identicalCode)
      return LastComparison(
        comparison, base: sides.revisions.base, head: sides.revisions.head)
    }
  }

  private func nothingSlower(_ found: LastComparison) -> CommandFailure {
    let sides = "\(found.head.prefix(9)) against \(found.base.prefix(9))"
    guard !found.rows.isEmpty else {
      return CommandFailure("no series is slower in \(sides), so there is nothing to accept.")
    }
    let names = found.rows.map(\.series.description)
    let meant = Suggestion.closest(to: subject, in: names).map { [$0] } ?? names
    return CommandFailure(
      "'\(Printable.text(subject))' is not slower in \(sides). These are: "
        + Printable.text(English.list(meant.prefix(10).map { "'\($0)'" })) + ".")
  }
}

/// A series or a benchmark as a person types it: without the dot, and with any white space.
package struct SeriesName {
  private let words: [String]

  package init(_ text: String) { words = Self.words(text) }

  package func names(_ series: SeriesKey) -> Bool {
    [series.description, series.benchmark.description, series.benchmark.id]
      .contains { Self.words($0) == words }
  }

  private static func words(_ text: String) -> [String] {
    text.split { $0.isWhitespace || $0 == "·" }.map(String.init)
  }
}
