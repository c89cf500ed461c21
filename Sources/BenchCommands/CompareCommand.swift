import ArgumentParser
import BenchComparer
import BenchModel
import BenchReport
import BenchStore

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

      Examples:
        benchdb compare HEAD~1
        benchdb compare v1.2..HEAD --all
        benchdb compare release                   against a baseline
        benchdb compare run:1a2b3c run:4d5e6f     two runs, of the same commit perhaps
        benchdb compare --format json --require-coverage 80%
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

  @Flag(help: "Show every series, unchanged and ungated ones included.")
  var all = false

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  func run() throws {
    let workspace = try Workspace(options)
    let settings = workspace.settings
    let rule = ComparisonRule(
      floor: try settings.value(of: .floor, flag: floor) ?? ComparisonRule().floor,
      alpha: try settings.value(of: .alpha, flag: alpha) ?? ComparisonRule().alpha)
    let requirements = ComparisonRequirements(
      coverage: try settings.value(of: .requireCoverage, flag: requireCoverage),
      conclusive: try settings.isOn(.requireConclusive, flag: requireConclusive),
      exitZero: try settings.isOn(.exitZero, flag: exitZero))

    do {
      let sides = try ComparedSides.resolve(base: base, head: head, in: workspace)
      try show(
        judge(sides, rule: rule, settings: settings), of: sides, requirements: requirements,
        in: workspace)
    } catch let failure as CommandFailure
      where requirements.exitZero && failure.status == .coverage
    {
      workspace.console.note("benchdb: \(failure.message) (exit 4 without --exit-zero)")
    }
  }

  private func judge(
    _ sides: ComparedSides, rule: ComparisonRule, settings: Settings
  ) throws -> Comparison {
    Comparer(rule: rule).compare(
      base: sides.base.series, head: sides.head.series, identicalCode: sides.identicalCode,
      judgeIdentical: try settings.isOn(.judgeIdentical, flag: judgeIdentical))
  }

  private func show(
    _ comparison: Comparison, of sides: ComparedSides, requirements: ComparisonRequirements,
    in workspace: Workspace
  ) throws {
    let exit = ComparisonExit(of: comparison, requirements: requirements)
    let setting = ComparisonSetting(
      base: sides.base.description, head: sides.head.description, machine: sides.machine.summary,
      next: nextSteps(comparison))
    let console = workspace.console
    switch format {
    case .text:
      let text = ComparisonText(
        comparison, setting: setting,
        showsAll: try workspace.settings.isOn(.all, flag: all), width: console.width,
        style: console.style)
      console.answer(text.text)
    case .json: console.answer(ComparisonJSON.text(comparison, setting: setting, exit: exit))
    }
    guard exit.status == .success else { throw CommandFailure(exit.reason, status: exit.status) }
    console.note("benchdb: \(exit.reason)")
  }

  private func nextSteps(_ comparison: Comparison) -> [String] {
    let notable = comparison.rows.first { row in
      guard row.metric.isGate, case .judged(let verdict) = row.answer else { return false }
      return switch verdict {
      case .slower, .looksSlower, .cannotTell: true
      default: false
      }
    }
    return notable.map { ["benchdb show '\($0.key.benchmark)'"] } ?? ["benchdb show"]
  }
}

/// `--format`
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
