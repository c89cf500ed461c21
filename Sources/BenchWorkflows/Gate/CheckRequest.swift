import BenchComparer
import BenchModel
import BenchOutput
import BenchStore
import TextCoding

/// `benchdb check`: whether a run is what the project wants, whatever it was before.
package struct CheckRequest {
  private let workspace: Workspace
  /// The first digits of a run; the latest where it is `nil`.
  private let subject: String?
  private let suites: [String]
  private let requiresConclusive: Bool
  private let exitsWithZero: Bool
  private let reports: [String]

  package init(
    _ subject: String? = nil, suites: [String] = [], requiresConclusive: Bool = false,
    exitsWithZero: Bool = false, reports: [String] = [], in workspace: Workspace
  ) {
    self.subject = subject
    self.suites = suites
    self.requiresConclusive = requiresConclusive
    self.exitsWithZero = exitsWithZero
    self.reports = reports
    self.workspace = workspace
  }

  /// - Throws: `CommandFailure` where there are no targets, no such run, or a run of several
  ///   commits.
  package func run() throws -> CheckAnswer {
    let settings = workspace.settings
    let reports = try reports.map { try RunReport($0, of: workspace) }
    let targets = try chosenTargets(workspace.configuration.targets)
    let store = try workspace.openForReading()
    let run = try chosenRun(in: store)
    let processes = try store.processes(ofRun: run.run.id)
    try refuseSeveralRevisions(processes, of: run.run)
    let check = try TargetJudge(processes).check(targets)
    let exit = TargetExit(
      of: check,
      requiresConclusive: try settings.isOn(.checkIsConclusive, flag: requiresConclusive),
      exitZero: try settings.isOn(.checkExitsZero, flag: exitsWithZero))
    return CheckAnswer(
      exit: exit, check: check, setting: TargetSetting(of: run), reports: reports,
      workspace: workspace)
  }

  func chosenTargets(_ targets: [Target]) throws -> [Target] {
    guard !targets.isEmpty else {
      throw CommandFailure(
        "benchdb.toml has no targets; each is a table [[target]] with name, benchmark, metric and "
          + "a limit, such as below = \"100ms\".")
    }
    let known = Set(targets.map(\.benchmark.suite)).sorted()
    for name in suites where !known.contains(name) {
      let meant = Suggestion.closest(to: name, in: known).map {
        " Did you mean '\(Printable.text($0))'?"
      }
      throw CommandFailure(
        "no target is of the suite '\(Printable.text(name))'."
          + (meant ?? " Known: \(known.map { Printable.text($0) }.joined(separator: ", ")).")
      )
    }
    return suites.isEmpty ? targets : targets.filter { suites.contains($0.benchmark.suite) }
  }

  /// What a comparison or a bisection measured has two sides, and is judged by those.
  func chosenRun(in store: ResultsStore) throws -> StoredRun {
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

  /// An imported run may hold several commits, whose values together would be those of none.
  private func refuseSeveralRevisions(_ processes: [ProcessRecord], of run: Run) throws {
    let commits = Set(processes.map(\.build.revision.commit.shortHash)).sorted()
    guard commits.count > 1 else { return }
    throw CommandFailure(
      "run \(run.shortID) measured \(commits.count) commits, \(commits.joined(separator: ", ")); "
        + "a check judges one. Name a run of one commit, which `benchdb list` shows.")
  }
}

extension TargetSetting {
  fileprivate init(of run: StoredRun) {
    self.init(
      run: run.run.id, revision: run.run.revision.title, profile: run.run.profile.name,
      machine: run.machines.first?.summary ?? "")
  }
}
