import BenchFormats
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// `benchdb export`: everything that is stored, as benchdb JSON Lines.
package struct ExportRequest {
  private let workspace: Workspace
  /// The revision whose runs alone are exported.
  private let commit: String?
  /// The first digits of the run that alone is exported.
  private let run: String?
  /// Whether only gate series are exported that are judged exactly.
  private let isExactOnly: Bool
  /// A path; `nil` is standard output.
  private let output: String?

  package init(
    commit: String? = nil, run: String? = nil, isExactOnly: Bool = false, output: String? = nil,
    in workspace: Workspace
  ) {
    self.commit = commit
    self.run = run
    self.isExactOnly = isExactOnly
    self.output = output
    self.workspace = workspace
  }

  package func write() throws {
    let store = try workspace.openForReading()
    let selection = try selection(in: store)
    let file = try OutputFile(output, of: "--output", sparing: ProtectedFiles(of: workspace))
    let project = URL(filePath: workspace.root).lastPathComponent
    var writer = InterchangeWriter { try file.write($0) }
    var exactRecords = ExactRecords()
    let result = try store.export(
      selection, begin: { remainder in try writer.begin(project: project, remainder: remainder) },
      record: { record in
        if let kept = isExactOnly ? exactRecords.kept(record) : record { try writer.write(kept) }
      })
    try result.get()
    try writer.end()
    try file.close()
    if let output {
      workspace.console.note(
        "\(English.count(writer.count, "line")) written to \(Printable.text(output)).")
    }
  }

  func selection(in store: ResultsStore) throws -> ExportSelection {
    if let run { return .run(try store.run(run).run.id) }
    guard let commit else { return .all }
    // Results of another repository may be here without its commits.
    if let stored = try store.commit(commit.lowercased()) { return .commit(stored.hash) }
    return .commit(try workspace.repository().resolve(commit).hash)
  }
}
