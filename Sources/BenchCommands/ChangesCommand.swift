import ArgumentParser
import BenchWorkflows

/// `benchdb changes`: when something changed, and by how much.
struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "List what changed over history: level shifts, drifts and outliers, latest first.",
    discussion: """
      A shift is given with the commits that may have done it: all after the last one that was \
      measured at the old level, up to the first at the new one. In a history in which nothing \
      changed, one in twenty would show a shift or a drift somewhere. A shift with fewer than six \
      measured commits behind it is provisional. What was accepted is marked.

      Examples:
        benchdb changes
        benchdb changes --since 2026-01-31 --filter wall
        benchdb changes --all --format json
        benchdb changes --format markdown
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var history: HistoryOptions

  func run() throws {
    let workspace = try Workspace(options)
    try ChangesRequest(history.selection, in: workspace).run()
      .write(history.format, to: workspace.console)
  }
}
