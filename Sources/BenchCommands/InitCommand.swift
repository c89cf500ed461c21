import ArgumentParser
import BenchWorkflows

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
    try InitRequest(service: ci, replacesFiles: force, in: workspace).run()
      .write(to: workspace.console)
  }
}
