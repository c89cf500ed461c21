package import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore

/// `benchdb calibrate`: how often unchanged code is called slower on this machine.
package struct CalibrateRequest {
  private let workspace: Workspace
  private let paired: PairedChoice
  /// How many comparisons to make.
  private let times: Int

  package init(times: Int, paired: PairedChoice = PairedChoice(), in workspace: Workspace) {
    self.times = times
    self.paired = paired
    self.workspace = workspace
  }

  /// - Throws: `CommandFailure` with status 3 where a benchmark failed, 130 where the user
  ///   interrupted.
  package func run() throws -> PlainAnswer {
    let rule = try ComparisonRule(settings: workspace.settings, floor: nil, alpha: nil)
    let order = try paired.order(
      purpose: .calibrate, rule: rule, judgesIdentical: true, settings: workspace.settings)
    let interruption = try Interruption.whileMeasuring()
    let head = try workspace.repository().head()
    let store = try workspace.openForWriting()
    let builds = try PairedBuilds(
      base: head, head: head, in: workspace, interruption: interruption, order: order
    ).counting(order.profile, in: workspace, interruption: interruption)
    let made = try compare(
      order, builds: builds, head: Revision(commit: head), store: store,
      interruption: interruption)
    let isVaried = builds.isLayoutVaried
    let measured = try store.falseAlarms(
      of: rule, on: MachineProbe().machineClass(), standing: isVaried ? .varied : .unconcerned,
      inTurns: try PairedSession(
        order: order, builds: builds, head: Revision(commit: head), storage: workspace.storage
      ).takesTurns)
    let text = CalibrationText.text(
      commit: head.shortHash, comparisons: made.count, now: .init(MeasuredFalseAlarmRate(made)),
      all: .init(measured))
    let reach = GateReachText.text(GateReach(of: made)) + "\n"
    return PlainAnswer(text + reach + (isVaried || builds.isInterpreted ? "" : Self.oneLayoutText))
  }

  /// What is said of a figure that was measured without varying layouts.
  package static let oneLayoutText = """
    This holds for one layout: both sides ran the same bytes. What another layout does is not in it, \
    so comparisons of two builds do not show it.

    """

  /// - Returns: the comparisons that came to their end.
  private func compare(
    _ order: PairedOrder, builds: PairedBuilds, head: Revision, store: ResultsStore,
    interruption: Interruption
  ) throws -> [Comparison] {
    let deadline = order.timeLimit.map { ContinuousClock.now + $0 }
    var made: [Comparison] = []
    while made.count < times {
      let session = try PairedSession(
        order: order.limited(to: deadline), builds: builds, head: head,
        storage: workspace.storage)
      let outcome = try session.run(
        in: store, console: workspace.console, interruption: interruption)
      try PairedComparison.refuseInterrupted(outcome, wayOn: "`benchdb calibrate` goes on with it")
      if outcome.ending == .outOfTime {
        workspace.console.note(
          "The time is over; a comparison that was not finished does not count until "
            + "`benchdb calibrate` has gone on with it.")
        break
      }
      try Self.refuseFailed(outcome.comparison)
      made.append(outcome.comparison)
    }
    return made
  }

  /// A benchmark that fails leaves its series unjudged, and the run failed.
  package static func refuseFailed(_ comparison: Comparison) throws {
    let failed = comparison.counts[.failed]
    guard failed == 0 else {
      throw CommandFailure(
        "\(English.count(failed, "series", "series")) failed, so nothing was calibrated; "
          + "`benchdb show` says why.", status: .failure)
    }
  }
}
