import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

/// Results that were imported where git did not have their commits.
@Suite("Histories of commits without a date")
struct UndatedHistoryTests {
  private func line(
    _ project: WorkflowProject, _ selection: HistorySelection = HistorySelection()
  ) throws -> CommitLine {
    try ReadHistory(selection, in: project.workspace()).line
  }

  /// Commits of the repository that are stored by their hashes alone.
  private func withUndated(_ body: (WorkflowProject, [Commit]) throws -> Void) throws {
    try withWorkflowProject { project in
      let commits = try (1...4).map { try project.commit("Change \($0)") }
      for commit in commits {
        let bare = Commit(hash: commit.hash, authored: nil, committed: nil)
        try project.record(Revision(commit: bare))
      }
      try body(project, commits)
    }
  }

  @Test("whatever reads history completes them from the repository, and stores it")
  func completes() throws {
    try withUndated { project, commits in
      let shown = try line(project).commits.map(\.commit)
      #expect(shown == commits)
      let stored = try ResultsStore.open(project.workspace().databasePath, access: .readOnly)
      let undated = try stored.undatedCommits()
      let measured = try stored.measuredCommits()
      #expect(undated.isEmpty && Set(measured) == Set(commits))
    }
  }

  @Test("so does a command that writes")
  func completesAtWriting() throws {
    try withUndated { project, _ in
      let undated = try project.withStore { try $0.undatedCommits() }
      #expect(undated.isEmpty)
    }
  }

  @Test("what git does not have either has no date, and a day to begin with does not drop it")
  func sinceKeepsUnknown() throws {
    try withWorkflowProject { project in
      try project.commit("Of another history")
      let dated = StoredExample.commit(9)
      let unknown = (1...3).map { number in
        Commit(hash: StoredExample.commit(number).hash, authored: nil, committed: nil)
      }
      for commit in unknown + [dated] { try project.record(Revision(commit: commit)) }
      let kept = try line(project, HistorySelection(since: "2020-01-01"))
      #expect(kept.commits.map(\.commit) == unknown + [dated])
      #expect(
        LineText.heading(kept)
          == "4 measured commits, from an unknown date to \(Timestamp.day(dated.committed))")
      let after = Timestamp.day(StoredExample.start + 86_400 * 30)
      expectFailure("no commit since") {
        _ = try line(project, HistorySelection(since: after))
      }
    }
  }
}
