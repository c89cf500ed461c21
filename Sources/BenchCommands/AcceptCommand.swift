import ArgumentParser
import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation
import TextCoding

/// `benchdb accept`: take a change for the worse, so that it does not fail the gate.
struct AcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Accept that a series is slower, so that `compare` does not fail on it.",
    discussion: """
      What is accepted is one change: of one series, between two commits, up to the size that was \
      measured. A further slowdown of the series fails again. Without BASE and HEAD it is the \
      change that the last `benchdb compare` showed; with them, what is stored is compared anew.

      SERIES is written as `compare` shows it, with or without its dot; a benchmark's name stands \
      for all of its series that are slower.

      Acceptances are kept in the results database. --export writes them to benchdb.accepted.toml \
      at the root of the repository, which `compare` reads, for review and for CI.

      Examples:
        benchdb accept 'throughput/grouped cpu' --reason 'Groups are checked now'
        benchdb accept throughput/grouped v1.2..HEAD --until 2026-12-31
        benchdb accept --list
        benchdb accept --export
        benchdb accept --undo throughput/grouped
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "The series, or a benchmark.") var series: String?
  @Argument(help: "What it was compared with, or BASE..HEAD.", completion: .default)
  var base: String?
  @Argument(help: "What was judged.", completion: .default) var head: String?

  @Option(
    help: ArgumentHelp("The last day on which it holds, YYYY-MM-DD.", valueName: "date"))
  var until: String?

  @Option(help: ArgumentHelp("Why, for people.", valueName: "text")) var reason = ""

  @Flag(help: "Withdraw what was accepted of SERIES; an acceptance's id names it too.")
  var undo = false

  @Flag(help: "List what is accepted.") var list = false

  @Flag(help: "Write everything that is accepted to benchdb.accepted.toml.") var export = false

  @Option(help: ArgumentHelp("Of --list: text or json.", valueName: "format"))
  var format: OutputFormat = .text

  func validate() throws {
    guard [undo, list, export].filter(\.self).count <= 1 else {
      throw ValidationError("--undo, --list and --export can't be given together.")
    }
    if let series, list || export {
      throw ValidationError(
        "\(list ? "--list" : "--export") is about all that is accepted; leave out '\(series)'.")
    }
    guard list || export || series != nil else {
      throw ValidationError("which series? `benchdb compare` shows those that are slower.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    let book = AcceptanceBook(workspace: workspace)
    if list { return try show(book.standing(), in: workspace) }
    if export { return try write(book.standing(), in: workspace) }
    guard let series else { return }
    try undo ? withdraw(series, book, in: workspace) : accept(series, in: workspace)
  }

  // MARK: Accepting

  private func accept(_ wanted: String, in workspace: Workspace) throws {
    let day = try until.map { text in
      guard let day = Day(text), day >= Day(Date()) else {
        throw CommandFailure(
          "--until: '\(Printable.text(text))' is no day to come; write one such as 2026-12-31.")
      }
      return day
    }
    let found = try base == nil ? lastComparison(workspace) : comparison(workspace)
    let rows = found.rows.filter { SeriesName(wanted).names($0.series) }
    guard !rows.isEmpty else { throw nothingSlower(wanted, found) }
    let author = try workspace.repository().author ?? ProcessInfo.processInfo.environment["USER"]
    let store = try workspace.openForWriting()
    for row in rows {
      let acceptance = Acceptance(
        series: row.series, from: found.base, to: found.head, size: row.size, reason: reason,
        author: author ?? "unknown", accepted: Day(Date()), until: day)
      try store.add(acceptance)
      workspace.console.answer(
        Printable.text(
          "accepted: \(row.series) (\(row.answer)), \(AcceptanceText.terms(acceptance))"))
    }
    workspace.console.note("`benchdb accept --export` writes it to \(AcceptanceFile.name).")
  }

  private func lastComparison(_ workspace: Workspace) throws -> LastComparison {
    if let last = LastComparison.kept(in: workspace) { return last }
    throw CommandFailure(
      "no comparison of commits is remembered here. Run `benchdb compare` first, or name both "
        + "sides, as in `benchdb accept SERIES HEAD~1..HEAD`.")
  }

  private func comparison(_ workspace: Workspace) throws -> LastComparison {
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

  private func nothingSlower(_ wanted: String, _ found: LastComparison) -> CommandFailure {
    let sides = "\(found.head.prefix(9)) against \(found.base.prefix(9))"
    guard !found.rows.isEmpty else {
      return CommandFailure("no series is slower in \(sides), so there is nothing to accept.")
    }
    let names = found.rows.map(\.series.description)
    let meant = Suggestion.closest(to: wanted, in: names).map { [$0] } ?? names
    return CommandFailure(
      "'\(Printable.text(wanted))' is not slower in \(sides). These are: "
        + Printable.text(English.list(meant.prefix(10).map { "'\($0)'" })) + ".")
  }

  // MARK: Withdrawing and showing

  private func withdraw(
    _ wanted: String, _ book: AcceptanceBook, in workspace: Workspace
  ) throws {
    let name = SeriesName(wanted)
    let found = try book.standing().filter {
      name.names($0.series)
        || (wanted.count >= 8 && $0.idText.hasPrefix(wanted.lowercased()))
    }
    guard !found.isEmpty else {
      throw CommandFailure(
        "nothing is accepted of '\(Printable.text(wanted))'; `benchdb accept --list` shows what is."
      )
    }
    try workspace.openForWriting().withdraw(found, at: Date())
    for acceptance in found {
      workspace.console.answer(
        Printable.text(
          "withdrawn: \(acceptance.series), accepted \(AcceptanceText.terms(acceptance))"))
    }
    if FileManager.default.fileExists(atPath: workspace.root + "/" + AcceptanceFile.name) {
      workspace.console.note(
        "`benchdb accept --export` takes it out of \(AcceptanceFile.name), which others read.")
    }
  }

  private func show(_ acceptances: [Acceptance], in workspace: Workspace) throws {
    let console = workspace.console
    let today = Day(Date())
    console.answer(
      format == .json
        ? AcceptanceListJSON.text(acceptances, on: today)
        : AcceptanceListText.text(
          acceptances, on: today, width: console.width, style: console.style))
  }

  private func write(_ acceptances: [Acceptance], in workspace: Workspace) throws {
    let file = URL(filePath: workspace.root).appending(path: AcceptanceFile.name)
    do {
      try Data(AcceptanceFile.text(acceptances).utf8).write(to: file, options: .atomic)
    } catch {
      throw CommandFailure("\(file.path) can't be written: \(error.localizedDescription)")
    }
    workspace.console.answer(
      "\(English.count(acceptances.count, "acceptance")) written to \(AcceptanceFile.name); "
        + "commit it with the change.")
  }
}
