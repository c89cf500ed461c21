import ArgumentParser
import BenchOutput
import BenchWorkflows

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
      whole comparison needs, and both sides were measured side by side, or it is counted exactly. \
      What two recordings suspect is measured again side by side where both sides can be built, \
      which takes seconds to minutes; --confirm never does without.

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
    parsing: .unconditional,
    help: ArgumentHelp(
      "No change smaller than this is called slower or faster (default: 1%).",
      valueName: "percentage"))
  var floor: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A series is unchanged where its whole interval lies within this (default: 2%).",
      valueName: "percentage"))
  var margin: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How often a comparison of unchanged code may turn red (default: 1%).",
      valueName: "percentage"))
  var alpha: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Exit with 4 when less than this share of the series could be judged.",
      valueName: "percentage"))
  var requireCoverage: String?

  @Option(
    help: ArgumentHelp(
      "Exit with 1 when a series is slower, or already when one looks slower: slower or suspected "
        + "(default: slower).",
      valueName: "answer"),
    completion: .list(FailingAnswer.allCases.map(\.rawValue)))
  var failOn: String?

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
      "Measure again, side by side, what may have changed: always, never, or auto, where both "
        + "sides build (default: auto).",
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
    let page = try page.file(in: workspace)
    let comment = try CommentFile(comment, in: workspace)
    guard let answer = try request(in: workspace).run() else { return }
    try page?.write(answer.page)
    try answer.write(format, to: workspace.console)
    try comment?.write(answer.comment)
    try answer.conclude(on: workspace.console)
  }

  private func request(in workspace: Workspace) -> CompareRequest {
    var request = CompareRequest(base: base, head: head, in: workspace)
    request.floor = floor
    request.margin = margin
    request.failOn = failOn
    request.alpha = alpha
    request.requireCoverage = requireCoverage
    request.requiresConclusive = requireConclusive
    request.exitsWithZero = exitZero
    request.judgesIdentical = judgeIdentical
    request.isPaired = paired
    request.confirm = confirm
    request.paired = pairedOptions.choice
    request.paired.sessions = sessionOptions.sessions
    request.paired.benchFrom = sessionOptions.benchFrom
    request.paired.oneLayout = sessionOptions.oneLayout
    request.showsAll = all
    request.exactAcrossMachines = exactAcrossMachines
    return request
  }
}
