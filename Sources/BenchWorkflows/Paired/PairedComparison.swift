package import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore

/// `benchdb compare --paired`: build both sides, measure them in turn, judge.
package struct PairedComparison {
  let workspace: Workspace
  let order: PairedOrder
  let rule: ComparisonRule

  package init(
    workspace: Workspace, order: PairedOrder, rule: ComparisonRule
  ) {
    self.workspace = workspace
    self.order = order
    self.rule = rule
  }

  /// - Throws: `CommandFailure` with status 130 where the user interrupted.
  package func run(base: String?, head: String?) throws -> JudgedSides {
    let interruption = try Interruption.whileMeasuring()
    // Where there is no commit to compare, no database is left behind either.
    _ = try workspace.repository().head()
    let store = try workspace.openForWriting()
    let sides = try PairedSides.resolve(base: base, head: head, in: workspace, store: store)
    let builds = try PairedBuilds(
      base: sides.base.revision.commit, head: sides.head.revision.commit, in: workspace,
      interruption: interruption, order: order
    ).counting(order.profile, in: workspace, interruption: interruption)
    let sessions = PairedSessions(
      order: order, builds: builds, head: sides.head.revision, storage: workspace.storage)
    let outcome = try sessions.run(
      in: store, console: workspace.console, interruption: interruption)
    try Self.refuseInterrupted(outcome, wayOn: "the same command goes on from there")
    if outcome.ending == .outOfTime {
      workspace.console.note(
        "The time is over after \(English.count(outcome.rounds, "round")); the same command goes "
          + "on from there.")
    }
    return JudgedSides(
      comparison: outcome.comparison,
      setting: try setting(sides, outcome, store, benchmarks: builds.benchmarks),
      processes: ComparedProcesses.all(outcome.series), base: sides.base.revision,
      head: sides.head.revision)
  }

  package static func refuseInterrupted(_ outcome: PairedSession.Outcome, wayOn: String) throws {
    guard outcome.ending == .interrupted else { return }
    throw CommandFailure(
      "interrupted after \(English.count(outcome.rounds, "round")); what was measured is stored, "
        + "and \(wayOn).", status: .interrupted)
  }

  private func setting(
    _ sides: PairedSides, _ outcome: PairedSession.Outcome, _ store: ResultsStore,
    benchmarks: BenchmarkOrigin?
  ) throws -> ComparisonSetting {
    let comparison = outcome.comparison
    let machine = MachineProbe().machineClass()
    let counts = { (side: KeyPath<ComparisonRow, SideSummary?>) in
      comparison.rows.compactMap { $0[keyPath: side]?.processes }.max() ?? 0
    }
    let measured = try store.falseAlarms(of: rule, on: machine, like: outcome.series)
    return ComparisonSetting(
      base: sides.base.description(processes: counts(\.base)),
      head: sides.head.description(processes: counts(\.head)), machine: machine.summary,
      falseAlarms: measured.map(ComparisonSetting.FalseAlarmRate.init),
      next: comparison.nextSteps, benchmarks: benchmarks)
  }
}

extension NamedSide {
  fileprivate func description(processes: Int) -> SideDescription {
    SideDescription(
      shortHash: revision.commit.shortHash, name: name, isDirty: false, processes: processes,
      note: note)
  }
}
