import BenchOutput
import BenchStore
import Foundation
import TextCoding

/// `benchdb merge`: everything that other results databases hold, brought into this one.
package struct MergeRequest {
  private let workspace: Workspace
  private let files: [String]
  private let isDryRun: Bool

  package init(_ files: [String], isDryRun: Bool = false, in workspace: Workspace) {
    self.files = files
    self.isDryRun = isDryRun
    self.workspace = workspace
  }

  /// Merges one database after the other, and says what each brought.
  /// - Throws: `CommandFailure` for the first database that is refused.
  package func run() throws {
    // All are looked at before the first is merged, and before a database is made.
    for file in files where !FileManager.default.fileExists(atPath: file) {
      throw Self.refused(.missing(path: file))
    }
    let store = try workspace.openForWriting()
    for file in files {
      let counts: MergeCounts
      do throws(StoreError) { counts = try store.merge(file, isDryRun: isDryRun) } catch {
        throw Self.refused(error)
      }
      workspace.console.answer(
        "\(Printable.text(file)): \(Self.text(counts))"
          + (isDryRun ? " (nothing was merged: --dry-run)" : ""))
    }
  }

  /// What is said of a file that `--db` does not name.
  private static func refused(_ error: StoreError) -> any Error {
    error.ofInput.map { CommandFailure("\($0); nothing was merged") } ?? error
  }

  private static func text(_ counts: MergeCounts) -> String {
    let parts = [
      (counts.runs, English.count(counts.runs, "new run")),
      (counts.processes, English.count(counts.processes, "new process", "new processes")),
      (counts.baselines, English.count(counts.baselines, "new baseline")),
      (counts.acceptances, English.count(counts.acceptances, "new acceptance")),
    ].filter { $0.0 > 0 }.map(\.1)
    return parts.isEmpty ? "nothing new" : English.list(parts)
  }
}
