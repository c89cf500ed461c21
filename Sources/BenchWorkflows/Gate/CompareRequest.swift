import BenchComparer
import BenchModel
import BenchOutput

/// `benchdb compare`: what was asked for, as it was typed; what is `nil` is looked up in the
/// settings.
package struct CompareRequest {
  let workspace: Workspace
  package var base: String?
  package var head: String?
  package var floor: String?
  package var margin: String?
  package var alpha: String?
  package var requireCoverage: String?
  package var failOn: String?
  package var requiresConclusive = false
  package var exitsWithZero = false
  package var judgesIdentical = false
  /// `--paired`: both sides are built and measured, instead of comparing what is stored.
  package var isPaired = false
  /// `--confirm`
  package var confirm: String?
  package var paired = PairedChoice()
  package var showsAll = false
  package var exactAcrossMachines = false

  package init(base: String? = nil, head: String? = nil, in workspace: Workspace) {
    self.base = base
    self.head = head
    self.workspace = workspace
  }

  /// Compares, takes what was accepted, and remembers what is worse for `benchdb accept`.
  /// - Returns: `nil` where nothing could be judged and `--exit-zero` forgives that; a note says
  ///   it.
  package func run() throws -> ComparisonAnswer? {
    let settings = workspace.settings
    let rule = try ComparisonRule(
      settings: settings, floor: floor, margin: margin, alpha: alpha)
    let requirements = try requirements
    do {
      let sides = try (isPaired ? measured(by: rule) : stored(by: rule)).accepting(in: workspace)
        .notingSameCommit
      return ComparisonAnswer(
        sides, exit: ComparisonExit(of: sides.comparison, requirements: requirements),
        showsAll: try settings.isOn(.all, flag: showsAll), in: workspace)
    } catch let failure as CommandFailure
      where requirements.exitZero && failure.status == .coverage
    {
      workspace.console.note("benchdb: \(failure.message) (exit 4 without --exit-zero)")
      return nil
    }
  }

  /// What is asked beyond 'no regression'.
  var requirements: ComparisonRequirements {
    get throws {
      let settings = workspace.settings
      return ComparisonRequirements(
        coverage: try settings.value(of: .requireCoverage, flag: requireCoverage),
        conclusive: try settings.isOn(.requireConclusive, flag: requiresConclusive),
        exitZero: try settings.isOn(.exitZero, flag: exitsWithZero),
        failsOn: try settings.value(of: .failOn, flag: failOn) ?? .slower)
    }
  }

  /// Builds both sides and measures them in turn.
  private func measured(by rule: ComparisonRule) throws -> JudgedSides {
    let settings = workspace.settings
    let order = try paired.order(
      purpose: .confirm, rule: rule,
      judgesIdentical: settings.isOn(.judgeIdentical, flag: judgesIdentical), settings: settings,
      sessions: paired.sessionCount(settings), benchFrom: paired.chosenBenchmarks(settings))
    return try PairedComparison(workspace: workspace, order: order, rule: rule)
      .run(base: base, head: head)
  }
}

// MARK: What is stored

extension CompareRequest {
  /// Compares what is stored of both sides; what that can't say is measured, where the user or
  /// continuous integration wants it.
  private func stored(by rule: ComparisonRule) throws -> JudgedSides {
    let settings = workspace.settings
    let asked = try settings.value(of: .confirm, flag: confirm)
    try refuseOptionsOfPaired(choice: asked ?? .auto)
    let pairing = PairingChoice(workspace: workspace, asked: asked)
    let judgesIdentical = try settings.isOn(.judgeIdentical, flag: judgesIdentical)
    let sides: ComparedSides
    do {
      switch try StoredSides.find(base: base, head: head, in: workspace) {
      case .rounds(let rounds):
        return try rounds.judged(
          by: rule, judgesIdentical: judgesIdentical,
          oneLayout: try paired.oneLayoutChoice(settings))
      case .apart(let found): sides = found
      }
    } catch let failure as CommandFailure where failure.status == .coverage && pairing.isPossible {
      return try measuredInstead(.noResults, by: rule)
    }
    let comparison = Comparer(rule: rule).compare(
      base: sides.base.series, head: sides.head.series, identicalCode: sides.identicalCode,
      judgeIdentical: judgesIdentical,
      exactAcrossMachines: try settings.isOn(.exactAcrossMachines, flag: exactAcrossMachines))
    if let reason = pairing.reason(comparison, of: sides) {
      return try measuredInstead(reason, by: rule)
    }
    let confirmed = try confirmation(choice: asked ?? .auto, rule: rule)
      .confirm(comparison, of: sides)
    return try judged(confirmed, of: sides)
  }

  /// - Throws: `CommandFailure` for an option that means nothing here.
  func refuseOptionsOfPaired(choice: ConfirmChoice) throws {
    guard let option = paired.firstGiven(whereConfirming: choice != .never) else { return }
    throw CommandFailure(
      "\(option) is an option of --paired; a stored comparison measures nothing.")
  }

  private func measuredInstead(
    _ reason: PairingChoice.Reason, by rule: ComparisonRule
  ) throws -> JudgedSides {
    workspace.console.note("\(reason.sentence); measuring both sides, side by side.")
    var result = try measured(by: rule)
    result.setting.notes.append("\(reason.sentence), so both sides were measured side by side")
    return result
  }

  private func confirmation(choice: ConfirmChoice, rule: ComparisonRule) throws -> Confirmation {
    let settings = workspace.settings
    return Confirmation(
      workspace: workspace, choice: choice, rule: rule,
      // What was recorded is kept and need not be built; other layouts would have to be.
      profile: try paired.profile(
        settings, usualLayouts: choice == .auto ? 1 : PairedChoice.defaultLayouts),
      timeLimit: try paired.duration(settings), benchFrom: try paired.chosenBenchmarks(settings),
      oneLayout: try paired.oneLayoutChoice(settings))
  }

  private func judged(
    _ confirmed: Confirmation.Outcome, of sides: ComparedSides
  ) throws -> JudgedSides {
    let comparison = try confirmed.comparison.notingRelease(of: sides, in: workspace)
    var setting = ComparisonSetting(
      base: sides.base.description, head: sides.head.description, machine: sides.machine.summary,
      next: measureAgain(comparison, sides) + comparison.nextSteps,
      benchmarks: confirmed.benchmarks)
    setting.notes = sides.notes
    return JudgedSides(
      comparison: comparison, setting: setting,
      processes: ComparedProcesses.all(base: sides.base.series, head: sides.head.series)
        .merging(ComparedProcesses.all(confirmed.series)) { $1 },
      base: sides.revisions.base, head: sides.revisions.head)
  }

  /// The command that decides where a stored comparison leaves something open, if both sides can be
  /// built again.
  private func measureAgain(_ comparison: Comparison, _ sides: ComparedSides) -> [String] {
    guard comparison.counts[.suspectedSlower] + comparison.counts[.inconclusive] > 0,
      let (base, head) = sides.commits(in: workspace)
    else { return [] }
    return ["benchdb compare --paired \(base.shortHash) \(head.shortHash)"]
  }
}

extension Comparison {
  /// The command that shows more of the row that a reader looks at first.
  package var nextSteps: [String] {
    let notable = rows.first { row in
      row.metric.isGate
        && (row.answer.kind.movement == .worse || row.answer.kind == .inconclusive)
    }
    return notable.map { ["benchdb show '\($0.key.benchmark)'"] } ?? ["benchdb show"]
  }
}
