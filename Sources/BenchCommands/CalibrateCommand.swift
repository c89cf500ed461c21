import ArgumentParser
import BenchWorkflows

/// `benchdb calibrate`: how often the gate cries wolf on this machine.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Measure how often unchanged code is called slower on this machine.",
    discussion: """
      Compares HEAD with itself, side by side, by the very rule of `compare --paired`: whatever it \
      calls slower is a false alarm. Everything is stored, and later paired comparisons on this \
      machine show how often that happened. Ctrl-C keeps what is finished; the same command goes \
      on with it.

      Examples:
        benchdb calibrate                              once, every benchmark
        benchdb calibrate --times 10 --time-limit 1h   ten times at most
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var paired: PairedOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many comparisons to make, 1 to 1000.", valueName: "count"))
  var times = 1

  func validate() throws {
    guard (1...1000).contains(times) else {
      throw ValidationError("--times: expected a whole number from 1 to 1000, such as 10.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    try CalibrateRequest(times: times, paired: paired.choice, in: workspace).run()
      .write(to: workspace.console)
  }
}
