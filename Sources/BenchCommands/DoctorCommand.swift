import ArgumentParser
import BenchWorkflows

/// `benchdb doctor`: what makes this machine noisy, and is the database well?
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what makes this machine noisy, and check the results database, with advice.",
    discussion: """
      Watches the machine for a few seconds while it repeats a fixed piece of work, looks at who \
      else uses the CPUs and how the system is set up, and says what would gain most. It changes \
      nothing: commands in its advice are yours to run. Exits with 2 when the database is damaged.

      Examples:
        benchdb doctor
        benchdb doctor --seconds 30        see what comes and goes
        benchdb doctor --json
      """)

  @OptionGroup var options: GlobalOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long to watch the machine, 0.1 to 600 (default: 3).", valueName: "count"))
  var seconds: String?

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  @Flag(help: "Short for --format json.")
  var json = false

  func run() throws {
    let workspace = try Workspace(options)
    try DoctorRequest(seconds: seconds, in: workspace).run()
      .write(json ? .json : format, to: workspace.console)
  }
}
