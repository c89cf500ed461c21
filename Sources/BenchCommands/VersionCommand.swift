import ArgumentParser
import BenchModel
import BenchStore
import BenchWorkflows
import Foundation

/// `benchdb version`: this build and the versions of what it reads and writes.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version of benchdb and of its formats.")

  func run() {
    let parts = [
      "schema \(ResultsStore.schemaVersion)", "worker protocol \(WorkerProtocol.version)",
      "SQLite \(ResultsStore.sqliteVersion)",
    ]
    Console.write(
      "benchdb \(Version.current) (\(parts.joined(separator: ", ")))", to: STDOUT_FILENO)
  }
}
