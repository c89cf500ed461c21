import BenchFormats
import BenchModel
import BenchRunner
import BenchStore

/// `benchdb import`: results that were measured elsewhere.
package struct ImportRequest {
  private let workspace: Workspace
  /// Paths; `-` is standard input.
  private let files: [String]
  /// The revision that was measured, in place of what the lines say.
  private let commit: String?
  private let skipsBad: Bool
  private let isDryRun: Bool

  package init(
    _ files: [String], commit: String? = nil, skipsBad: Bool = false, isDryRun: Bool = false,
    in workspace: Workspace
  ) {
    self.files = files
    self.commit = commit
    self.skipsBad = skipsBad
    self.isDryRun = isDryRun
    self.workspace = workspace
  }

  /// Stores one file after the other, each whole or not at all, and says what it held.
  /// - Throws: `CommandFailure` for the first file that can't be stored.
  package func run() throws {
    let defaults = try defaults()
    let interruption = try Interruption()
    interruption.handleSignals()
    let store = try workspace.openForWriting()
    for file in files {
      let source = try InputFile(file)
      var importing = FileImport(
        name: file, console: workspace.console, skipsBad: skipsBad, isDryRun: isDryRun,
        shouldStop: { interruption.isRequested })
      let name = file == "-" ? "standard input" : file
      let lines = ReadingAhead {
        InterchangeReader(file: name, defaults: defaults, source: { try source.read($0) })
      }
      try importing.run(lines, from: name, into: store)
    }
  }

  private func defaults() throws -> InterchangeDefaults {
    let repository = try? workspace.repository()
    return InterchangeDefaults(
      machine: MachineProbe().machineClass(),
      commit: try commit.map { try workspace.repository().resolve($0) },
      lookUp: { hash in repository?.find(hash) })
  }
}
