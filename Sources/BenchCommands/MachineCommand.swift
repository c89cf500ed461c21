import ArgumentParser
import BenchWorkflows

/// `benchdb machine`: this machine as results remember it.
struct MachineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "machine", abstract: "Show this machine's class and its state just now.")

  @OptionGroup var options: GlobalOptions

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  func run() throws {
    let workspace = try Workspace(options)
    try MachineRequest().run().write(format, to: workspace.console)
  }
}
