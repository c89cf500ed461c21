import BenchModel
import BenchOutput
import BenchRunner
import BenchStore

/// `benchdb list`: the runs that are stored, latest first.
package struct ListRequest {
  private let workspace: Workspace
  /// No more runs than this.
  private let last: Int
  /// The revision whose runs are listed; all where it is `nil`.
  private let commit: String?

  package init(last: Int = 20, commit: String? = nil, in workspace: Workspace) {
    self.last = last
    self.commit = commit
    self.workspace = workspace
  }

  package func run() throws -> DataAnswer {
    let hash = try commit.map { try workspace.repository().resolve($0).hash }
    let runs = try workspace.openForReading().runSummaries(
      limit: last, commit: hash, isAlive: Workspace.isAlive)
    return DataAnswer(json: RunListJSON.text(runs)) { width, style in
      RunListText.text(runs, width: width, style: style)
    }
  }
}
