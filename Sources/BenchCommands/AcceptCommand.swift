import ArgumentParser
import BenchWorkflows

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
    if list { return try book.list().write(format, to: workspace.console) }
    let answer = try export ? book.export() : change(in: workspace, book)
    answer.write(to: workspace.console)
  }

  private func change(in workspace: Workspace, _ book: AcceptanceBook) throws -> PlainAnswer {
    let series = series ?? ""
    if undo { return try book.withdraw(series) }
    return try AcceptRequest(
      series, base: base, head: head, until: until, reason: reason, in: workspace
    ).run()
  }
}
