import ArgumentParser
import BenchWorkflows
import Foundation

/// `benchdb version`: this build and the versions of what it reads and writes.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version of benchdb and of its formats.")

  func run() { Console.write(Version.summary, to: STDOUT_FILENO) }
}
