import ArgumentParser
import BenchOutput
import BenchRunner
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
    let probe = MachineProbe()
    let (machine, state) = (probe.machineClass(), probe.state())
    workspace.console.answer(
      format == .json
        ? MachineJSON.text(machine, state: state)
        : MachineText.text(
          machine, state: state, width: workspace.console.width, style: workspace.console.style))
  }
}
