import ArgumentParser
import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
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
    help: ArgumentHelp(
      "How long to watch the machine, 0.1 to 600 (default: 3).", valueName: "count"))
  var seconds: String?

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  @Flag(help: "Short for --format json.")
  var json = false

  func run() throws {
    let workspace = try Workspace(options)
    let seconds = try workspace.settings.value(of: .seconds, flag: seconds) ?? 3
    // A database that can't be used is known before anybody waits for the rest.
    let health = try health(in: workspace)
    let observation = MachineObserver().observe(seconds: seconds)
    let diagnosis = NoiseDiagnosis(observation)
    show(diagnosis, observation, health, on: workspace.console)
    if let health, !health.isIntact {
      throw CommandFailure("the database \(health.path) is damaged; see above.")
    }
  }

  /// `nil` where nothing was recorded yet.
  private func health(in workspace: Workspace) throws -> DatabaseHealth? {
    do { return try workspace.openForReading().health() } catch StoreError.missing { return nil }
  }

  private func show(
    _ diagnosis: NoiseDiagnosis, _ observation: MachineObservation, _ health: DatabaseHealth?,
    on console: Console
  ) {
    guard format == .text, !json else {
      return console.answer(DoctorJSON.text(diagnosis, of: observation, database: health))
    }
    let machine = DoctorText.text(
      diagnosis, of: observation, width: console.width, style: console.style)
    let database =
      health.map {
        DatabaseHealthText.text($0, width: console.width, style: console.style)
      } ?? "There is no results database yet; `benchdb record` makes one.\n"
    console.answer(machine + "\n" + database)
  }
}
