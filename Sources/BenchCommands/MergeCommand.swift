import ArgumentParser
import BenchOutput
import BenchStore
import BenchWorkflows
import Foundation
import TextCoding

/// `benchdb merge`: results of another machine, as its database.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Bring everything that other results databases hold into this one.",
    discussion: """
      The others are only read. Merging twice is merging once, and the order does not matter. A \
      file that is damaged, cut off, of another program or of a newer benchdb is refused, and \
      nothing of it is merged.

      Examples:
        benchdb merge ci-results.sqlite
        benchdb merge downloaded/*.sqlite
        benchdb merge --dry-run other.sqlite
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(
    help: "Results databases.", completion: .file(extensions: ["sqlite"]))
  var files: [String]

  @Flag(help: "Say what would be merged, and merge nothing.")
  var dryRun = false

  func run() throws {
    let workspace = try Workspace(options)
    // All are looked at before the first is merged, and before a database is made.
    for file in files where !FileManager.default.fileExists(atPath: file) {
      throw Self.refused(.missing(path: file))
    }
    let store = try workspace.openForWriting()
    for file in files {
      let counts: MergeCounts
      do throws(StoreError) { counts = try store.merge(file, isDryRun: dryRun) } catch {
        throw Self.refused(error)
      }
      workspace.console.answer(
        "\(Printable.text(file)): \(Self.text(counts))"
          + (dryRun ? " (nothing was merged: --dry-run)" : ""))
    }
  }

  /// Of a file that `--db` does not name.
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
