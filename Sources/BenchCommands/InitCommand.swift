import ArgumentParser
import BenchOutput
import BenchRunner
import BenchWorkflows
import Foundation

/// `benchdb init`: the first `benchdb.toml` of a project, and a job for its continuous integration.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a benchdb.toml, and on request a workflow for CI.",
    discussion: """
      Looks at the project: executables of a Swift package that depend on BenchKit are written \
      down as they are; otherwise there is an example to fill in. Files that are there already are \
      left alone, unless --force is given.

      Examples:
        benchdb init
        benchdb init --ci github     also .github/workflows/benchmarks.yml
        benchdb init --ci gitlab     also .gitlab/benchmarks.yml
      """)

  @OptionGroup var options: GlobalOptions

  @Option(
    help: ArgumentHelp("Also write a workflow: github or gitlab.", valueName: "service"))
  var ci: WorkflowService?

  @Flag(help: "Write over files that are there.") var force = false

  func run() throws {
    let workspace = try Workspace(options)
    // Results belong to commits, so a folder that can't have any gets no configuration either.
    _ = try workspace.repository()
    let project = ProjectSurvey(root: workspace.root)
    var files = [InitialFile(path: "benchdb.toml", text: InitialConfiguration.text(project))]
    if let ci { files.append(ci.file(project)) }
    try refuseExisting(files, in: workspace)
    for file in files {
      try file.write(in: workspace.root)
      workspace.console.answer("written: \(file.path)")
    }
    workspace.console.answer(next(project))
  }

  /// Before the first is written, so that nothing is half done.
  private func refuseExisting(_ files: [InitialFile], in workspace: Workspace) throws {
    guard !force else { return }
    let existing = files.map(\.path)
      .filter { FileManager.default.fileExists(atPath: workspace.root + "/" + $0) }
    guard existing.isEmpty else {
      throw CommandFailure(
        "\(English.list(existing)) \(existing.count == 1 ? "is" : "are") there already; nothing was "
          + "written. --force writes over \(existing.count == 1 ? "it" : "them").")
    }
  }

  private func next(_ project: ProjectSurvey) -> String {
    let first =
      project.executables.isEmpty
      ? "name your benchmarks' executable in benchdb.toml" : "benchdb record --profile smoke"
    let include =
      ci == .gitlab ? " · in .gitlab-ci.yml: include: [{ local: .gitlab/benchmarks.yml }]" : ""
    return "next: \(first)\(include)"
  }
}
