import ArgumentParser
import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation

/// `benchdb compare`: judge every series of HEAD against BASE.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Judge every series of HEAD against BASE.",
    discussion: """
      A side is a baseline's name, a git revision, 'run:' and the first digits of a run, or the \
      path of another results database (its latest run). Without BASE, HEAD is compared with the \
      merge base with the default branch, or on that branch with its parent; where BASE was never \
      measured, with its nearest measured ancestor.

      It goes red only when a series is slower by more than --floor with the confidence that the \
      whole comparison needs, given how much sessions on this machine differ by themselves.

      With --paired nothing need have been measured: both commits are built, then measured in \
      turn, round by round, until every series is decided. That takes minutes and finds far \
      smaller changes.

      Where what was measured last of the two commits is one session that measured both side by side, \
      as --paired does or an imported file tells, that is judged, round by round. A run of \
      --paired can also be named alone.

      Examples:
        benchdb compare HEAD~1
        benchdb compare v1.2..HEAD --all
        benchdb compare release                   against a baseline
        benchdb compare run:1a2b3c run:4d5e6f     two runs, of one commit perhaps
        benchdb compare --format json --require-coverage 80%
        benchdb compare run:7a8b9c                what a run measured side by side
        benchdb compare --confirm always HEAD~1   measure again what may have changed
        benchdb compare --paired HEAD~1           measure everything, side by side
        benchdb compare --paired main --sessions 2 --time-limit 10min
        benchdb compare v1.2 --html compare.html  the same as a page, with drawings
        benchdb compare --format github --comment comment.md      in GitHub Actions

      In continuous integration neither side need be named: they are what the pull request, merge \
      request or push is about. Where the machine has no results of both sides, or none that could \
      tell, both are measured side by side.
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "What to compare with.", completion: .default)
  var base: String?

  @Argument(help: "What is judged (default: what is checked out).", completion: .default)
  var head: String?

  @Option(
    help: ArgumentHelp(
      "No change smaller than this is called slower or faster (default: 2%).",
      valueName: "percentage"))
  var floor: String?

  @Option(
    help: ArgumentHelp(
      "How often a comparison of unchanged code may turn red (default: 1%).",
      valueName: "percentage"))
  var alpha: String?

  @Option(
    help: ArgumentHelp(
      "Exit with 4 when less than this share of the series could be judged.",
      valueName: "percentage"))
  var requireCoverage: String?

  @Flag(help: "Exit with 5 when a series could not be decided.")
  var requireConclusive = false

  @Flag(help: "Exit with 0 whatever is found.")
  var exitZero = false

  @Flag(
    help:
      "Judge series even where both sides ran the same binary: shows what the gate says of unchanged code."
  )
  var judgeIdentical = false

  @Flag(help: "Build both sides and measure them in turn, instead of comparing what is stored.")
  var paired = false

  @Option(
    help: ArgumentHelp(
      "Measure again, side by side, what may have changed: always, never, or auto, at a terminal "
        + "and in CI where both sides build (default: auto).",
      valueName: "when"),
    completion: .list(ConfirmChoice.allCases.map(\.rawValue)))
  var confirm: String?

  @OptionGroup(title: "Options of --paired")
  var pairedOptions: PairedOptions

  @OptionGroup(title: "Options of --paired")
  var sessionOptions: SessionOptions

  @Flag(help: "Show every series, unchanged and ungated ones included.")
  var all = false

  @Flag(
    help:
      "Compare what is counted exactly with another machine class, where this one has no results."
  )
  var exactAcrossMachines = false

  @Option(
    help: ArgumentHelp(
      "text, json, markdown, github, junit or csv.", valueName: "format"))
  var format: ComparisonFormat = .text

  @Option(
    help: ArgumentHelp(
      "Also write the comparison to this file as Markdown that fits a comment.", valueName: "file"),
    completion: .file(extensions: ["md"]))
  var comment: String?

  @OptionGroup var page: PageOptions

  func run() throws {
    let workspace = try Workspace(options)
    try page.check(in: workspace)
    let comment = try CommentFile(self.comment, in: workspace)
    let settings = workspace.settings
    let rule = try ComparisonRule(settings: settings, floor: floor, alpha: alpha)
    let requirements = ComparisonRequirements(
      coverage: try settings.value(of: .requireCoverage, flag: requireCoverage),
      conclusive: try settings.isOn(.requireConclusive, flag: requireConclusive),
      exitZero: try settings.isOn(.exitZero, flag: exitZero))

    do {
      let result =
        try paired
        ? comparePaired(rule: rule, in: workspace) : compareStored(rule: rule, in: workspace)
      try show(
        result.accepting(in: workspace), requirements: requirements, comment: comment,
        in: workspace)
    } catch let failure as CommandFailure
      where requirements.exitZero && failure.status == .coverage
    {
      workspace.console.note("benchdb: \(failure.message) (exit 4 without --exit-zero)")
    }
  }

  private func comparePaired(
    rule: ComparisonRule, in workspace: Workspace
  ) throws -> JudgedSides {
    let settings = workspace.settings
    let order = try pairedOptions.order(
      purpose: .confirm, rule: rule,
      judgesIdentical: settings.isOn(.judgeIdentical, flag: judgeIdentical), settings: settings,
      sessions: sessionOptions.sessions(settings), benchFrom: sessionOptions.benchFrom(settings))
    return try PairedComparison(workspace: workspace, order: order, rule: rule)
      .run(base: base, head: head)
  }

  private func compareStored(
    rule: ComparisonRule, in workspace: Workspace
  ) throws -> JudgedSides {
    let settings = workspace.settings
    let asked = try settings.value(of: .confirm, flag: confirm)
    let choice = asked ?? .auto
    let isConfirming = choice != .never
    if let option = pairedOptions.firstGiven(whereConfirming: isConfirming)
      ?? sessionOptions.given(whereConfirming: isConfirming).first
    {
      throw CommandFailure(
        "\(option) is an option of --paired; a stored comparison measures nothing.")
    }
    let pairing = PairingChoice(workspace: workspace, asked: asked)
    let judgesIdentical = try settings.isOn(.judgeIdentical, flag: judgeIdentical)
    let sides: ComparedSides
    do {
      switch try StoredSides.find(base: base, head: head, in: workspace) {
      case .rounds(let rounds):
        return try rounds.judged(by: rule, judgesIdentical: judgesIdentical)
      case .apart(let found): sides = found
      }
    } catch let failure as CommandFailure where failure.status == .coverage && pairing.isPossible {
      return try compareInstead(.noResults, rule: rule, in: workspace)
    }
    let stored = Comparer(rule: rule).compare(
      base: sides.base.series, head: sides.head.series, identicalCode: sides.identicalCode,
      judgeIdentical: judgesIdentical,
      exactAcrossMachines: try settings.isOn(.exactAcrossMachines, flag: exactAcrossMachines))
    if let reason = pairing.reason(stored, of: sides) {
      return try compareInstead(reason, rule: rule, in: workspace)
    }
    let confirmation = Confirmation(
      workspace: workspace, choice: choice, rule: rule,
      profile: try pairedOptions.profile(settings),
      timeLimit: try settings.value(of: .timeLimit, flag: pairedOptions.timeLimit)
        .map { .seconds($0) },
      benchFrom: try sessionOptions.benchFrom(settings))
    let confirmed = try confirmation.confirm(stored, of: sides)
    let comparison = try confirmed.comparison.notingRelease(of: sides, in: workspace)
    let setting = ComparisonSetting(
      base: sides.base.description, head: sides.head.description, machine: sides.machine.summary,
      next: measureAgain(comparison, sides, in: workspace) + comparison.nextSteps,
      benchmarks: confirmed.benchmarks)
    return JudgedSides(
      comparison: comparison, setting: setting,
      processes: ComparedProcesses.all(base: sides.base.series, head: sides.head.series),
      base: sides.revisions.base, head: sides.revisions.head)
  }

  /// What a stored comparison can't say is measured.
  private func compareInstead(
    _ reason: PairingChoice.Reason, rule: ComparisonRule, in workspace: Workspace
  ) throws -> JudgedSides {
    workspace.console.note("\(reason.sentence); measuring both sides, side by side.")
    var result = try comparePaired(rule: rule, in: workspace)
    result.setting.notes.append("\(reason.sentence), so both sides were measured side by side")
    return result
  }

  private func show(
    _ result: JudgedSides, requirements: ComparisonRequirements, comment: CommentFile?,
    in workspace: Workspace
  ) throws {
    let comparison = result.comparison
    let exit = ComparisonExit(of: comparison, requirements: requirements)
    var result = result
    if result.base == result.head, !result.head.isDirty {
      result.setting.notes.append(
        "both sides are the same commit, \(result.head.commit.shortHash), so what differs is noise")
    }
    let console = workspace.console
    try page.write(in: workspace) { file in
      try file.write(result.page(in: workspace).bytes)
    }
    let answer = ComparisonAnswer(
      comparison: comparison, setting: result.setting, exit: exit,
      showsAll: try workspace.settings.isOn(.all, flag: all),
      protected: ProtectedFiles(of: workspace))
    try answer.write(format, to: console)
    try comment?.write(answer.comment)
    guard exit.status == .success else { throw CommandFailure(exit.reason, status: exit.status) }
    console.note("benchdb: \(exit.reason)")
  }

  /// What decides where a stored comparison leaves something open, if both sides can be built
  /// again.
  private func measureAgain(
    _ comparison: Comparison, _ sides: ComparedSides, in workspace: Workspace
  ) -> [String] {
    guard comparison.counts[.suspectedSlower] + comparison.counts[.inconclusive] > 0,
      let (base, head) = sides.commits(in: workspace)
    else { return [] }
    return ["benchdb compare --paired \(base.shortHash) \(head.shortHash)"]
  }
}
