import ArgumentParser
import BenchModel
import BenchReport
import BenchStore

/// `benchdb doctor`: is the database well?
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the results database, with advice.",
    discussion: "Exits with 2 when the database is damaged.")

  @OptionGroup var options: GlobalOptions

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  func run() throws {
    let workspace = try Workspace(options)
    let health = try workspace.openForReading().health()
    workspace.console.answer(
      format == .json
        ? DatabaseHealthJSON.text(health)
        : DatabaseHealthText.text(
          health, width: workspace.console.width, style: workspace.console.style))
    guard health.isIntact else {
      throw CommandFailure("the database \(health.path) is damaged; see above.")
    }
  }
}
