import ArgumentParser
import BenchComparer
import BenchModel
import BenchOutput
import BenchStore
import BenchWorkflows
import TextCoding

/// `benchdb check`: is a run what the project wants, whatever it was before?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge a run by the targets of benchdb.toml.",
    discussion: """
      Every [[target]] names benchmarks, a metric and a limit. A target is met, or missed, only \
      where the whole 95 % interval over fresh processes lies on one side of its limit; otherwise \
      it cannot be told. A benchmark that failed or answered wrong misses its targets.

      Without an argument the latest run is judged. Nothing is measured: `benchdb record` does that.

      Exits with 1 when a target is missed, with 4 when none could be judged and, under \
      --require-conclusive, with 5 when one cannot be told or was not measured.

      Examples:
        benchdb record --profile full && benchdb check
        benchdb check --suite latency
        benchdb check 1a2b3c4d --format markdown
        benchdb check --require-conclusive --format junit > targets.xml
        benchdb check --report results --html performance.html
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "The first digits of a run (default: the latest).")
  var subject: String?

  @Option(help: ArgumentHelp("Only targets of this suite; may be repeated.", valueName: "suite"))
  var suite: [String] = []

  @Flag(help: "Exit with 5 when a target cannot be told or was not measured.")
  var requireConclusive = false

  @Flag(help: "Exit with 0 whatever is found.")
  var exitZero = false

  @Option(help: ArgumentHelp("text, json, markdown, junit or github.", valueName: "format"))
  var format: CheckFormat = .text

  @Option(
    help: ArgumentHelp(
      "Also show this report over the run, in Markdown and on the page; may be repeated.",
      valueName: "definition"))
  var report: [String] = []

  @OptionGroup var page: PageOptions

  func validate() throws {
    guard report.isEmpty || format == .markdown || page.html != nil else {
      throw ValidationError("--report belongs to --format markdown or --html.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    let settings = workspace.settings
    try page.check(in: workspace)
    let definitions = try report.map { try RunReport($0, of: workspace) }
    let targets = try chosenTargets(workspace.configuration.targets)
    let store = try workspace.openForReading()
    let run = try chosenRun(in: store)
    let processes = try store.processes(ofRun: run.run.id)
    try refuseSeveralRevisions(processes, of: run.run)
    let check = try TargetJudge(processes).check(targets)
    let exit = TargetExit(
      of: check,
      requiresConclusive: try settings.isOn(.checkIsConclusive, flag: requireConclusive),
      exitZero: try settings.isOn(.checkExitsZero, flag: exitZero))
    let answer = CheckAnswer(
      check: check, setting: TargetSetting(of: run), exit: exit, project: workspace.projectName,
      reports: definitions, protected: ProtectedFiles(of: workspace))
    try page.write(in: workspace) { try $0.write(answer.page()) }
    try answer.write(format, to: workspace.console)
    guard exit.status == .success else { throw CommandFailure(exit.reason, status: exit.status) }
    workspace.console.note("benchdb: \(exit.reason)")
  }

  private func chosenTargets(_ targets: [Target]) throws -> [Target] {
    guard !targets.isEmpty else {
      throw CommandFailure(
        "benchdb.toml has no targets; each is a table [[target]] with name, benchmark, metric and "
          + "a limit, such as below = \"100ms\".")
    }
    let known = Set(targets.map(\.benchmark.suite)).sorted()
    for name in suite where !known.contains(name) {
      let meant = Suggestion.closest(to: name, in: known).map {
        " Did you mean '\(Printable.text($0))'?"
      }
      throw CommandFailure(
        "no target is of the suite '\(Printable.text(name))'."
          + (meant ?? " Known: \(known.map { Printable.text($0) }.joined(separator: ", ")).")
      )
    }
    return suite.isEmpty ? targets : targets.filter { suite.contains($0.benchmark.suite) }
  }

  /// An imported run may hold several commits, whose values together would be those of none.
  private func refuseSeveralRevisions(_ processes: [ProcessRecord], of run: Run) throws {
    let commits = Set(processes.map(\.build.revision.commit.shortHash)).sorted()
    guard commits.count > 1 else { return }
    throw CommandFailure(
      "run \(run.shortID) measured \(commits.count) commits, \(commits.joined(separator: ", ")); "
        + "a check judges one. Name a run of one commit, which `benchdb list` shows.")
  }

  /// What a comparison or a bisection measured has two sides, and is judged by those.
  private func chosenRun(in store: ResultsStore) throws -> StoredRun {
    let purposes: [RunPurpose] = [.record, .import, .backfill]
    if let subject {
      let run = try store.run(subject)
      guard purposes.contains(run.run.purpose) else {
        throw CommandFailure(
          "run \(run.run.shortID) measured two sides; a check needs a run of `benchdb record`.")
      }
      return run
    }
    guard let latest = try store.runs().first(where: { purposes.contains($0.run.purpose) }) else {
      throw CommandFailure("there are no runs yet; `benchdb record` makes one.")
    }
    return latest
  }
}

extension TargetSetting {
  fileprivate init(of run: StoredRun) {
    self.init(
      run: run.run.id, revision: run.run.revision.title, profile: run.run.profile.name,
      machine: run.machines.first?.summary ?? "")
  }
}
