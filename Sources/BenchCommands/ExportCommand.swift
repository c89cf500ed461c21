import ArgumentParser
import BenchFormats
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation
import TextCoding

/// `benchdb export`: everything that is stored, as benchdb JSON Lines.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write results as benchdb JSON Lines, for any other tool.",
    discussion: """
      One line a process and series, after a header that holds baselines and acceptances. \
      `benchdb import` of an export into an empty database gives the same database.

      Examples:
        benchdb export > results.jsonl
        benchdb export --commit v1.2 --output v1.2.jsonl
        benchdb export --exact --all --output baseline.jsonl
      """)

  @OptionGroup var options: GlobalOptions

  @Option(help: ArgumentHelp("Only runs that measured this revision.", valueName: "revision"))
  var commit: String?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("Only this run; the first digits of its id.", valueName: "run"))
  var runID: String?

  @Flag(help: "Everything, which is the default: baselines and acceptances too.")
  var all = false

  @Flag(help: "Only gate series that are judged exactly, such as allocations.")
  var exact = false

  @Option(
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var output: String?

  func validate() throws {
    guard [commit != nil, runID != nil, all].filter(\.self).count <= 1 else {
      throw ValidationError("--commit, --run and --all can't be given together.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    let store = try workspace.openForReading()
    let selection = try selection(workspace, store)
    let file = try OutputFile(
      output, of: "--output", sparing: ProtectedFiles(of: workspace))
    let project = URL(filePath: workspace.root).lastPathComponent
    var writer = InterchangeWriter { try file.write($0) }
    var exactRecords = ExactRecords()
    let result = try store.export(
      selection, begin: { remainder in try writer.begin(project: project, remainder: remainder) },
      record: { record in
        if let kept = exact ? exactRecords.kept(record) : record { try writer.write(kept) }
      })
    try result.get()
    try writer.end()
    try file.close()
    if let output {
      workspace.console.note(
        "\(English.count(writer.count, "line")) written to \(Printable.text(output)).")
    }
  }

  private func selection(_ workspace: Workspace, _ store: ResultsStore) throws -> ExportSelection {
    if let runID { return .run(try store.run(runID).run.id) }
    guard let commit else { return .all }
    // Results of another repository may be here without its commits.
    if let stored = try store.commit(commit.lowercased()) { return .commit(stored.hash) }
    return .commit(try workspace.repository().resolve(commit).hash)
  }
}
