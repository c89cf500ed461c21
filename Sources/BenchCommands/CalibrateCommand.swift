import ArgumentParser
import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
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

  @Option(help: ArgumentHelp("How many comparisons to make, 1 to 1000.", valueName: "count"))
  var times = 1

  func validate() throws {
    guard (1...1000).contains(times) else {
      throw ValidationError("--times: expected a whole number from 1 to 1000, such as 10.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    let settings = workspace.settings
    let rule = try ComparisonRule(settings: settings, floor: nil, alpha: nil)
    let order = try paired.order(
      purpose: .calibrate, rule: rule, judgesIdentical: true, settings: settings)
    let interruption = try Interruption.whileMeasuring()
    let head = try workspace.repository().head()
    let store = try workspace.openForWriting()
    let builds = try PairedBuilds(
      base: head, head: head, in: workspace, interruption: interruption, order: order
    ).counting(order.profile, in: workspace, interruption: interruption)
    let made = try compare(
      order, builds: builds, head: Revision(commit: head), store: store, workspace: workspace,
      interruption: interruption)
    let measured = try store.falseAlarms(of: rule, on: MachineProbe().machineClass())
    workspace.console.answer(
      CalibrationText.text(
        commit: head.shortHash, comparisons: made.count, now: .init(MeasuredFalseAlarmRate(made)),
        all: .init(measured)))
  }

  /// - Returns: the comparisons that came to their end.
  private func compare(
    _ order: PairedOrder, builds: PairedBuilds, head: Revision, store: ResultsStore,
    workspace: Workspace, interruption: Interruption
  ) throws -> [Comparison] {
    let deadline = order.timeLimit.map { ContinuousClock.now + $0 }
    var made: [Comparison] = []
    while made.count < times {
      let session = try PairedSession(
        order: order.limited(to: deadline), builds: builds, head: head)
      let outcome = try session.run(
        in: store, console: workspace.console, interruption: interruption)
      try PairedComparison.refuseInterrupted(outcome, wayOn: "`benchdb calibrate` goes on with it")
      if outcome.ending == .outOfTime {
        workspace.console.note(
          "The time is over; a comparison that was not finished does not count until "
            + "`benchdb calibrate` has gone on with it.")
        break
      }
      try refuseFailed(outcome.comparison)
      made.append(outcome.comparison)
    }
    return made
  }

  /// A benchmark that fails leaves its series unjudged, and the run failed.
  private func refuseFailed(_ comparison: Comparison) throws {
    let failed = comparison.counts[.failed]
    guard failed == 0 else {
      throw CommandFailure(
        "\(English.count(failed, "series", "series")) failed, so nothing was calibrated; "
          + "`benchdb show` says why.", status: .failure)
    }
  }
}
