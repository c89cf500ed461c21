package import BenchComparer
package import BenchModel
package import BenchOutput
import BenchRunner
import Foundation

/// The second stage of a stored comparison: what may have changed is measured again, side by side,
/// and that stands.
package struct Confirmation {
  private let workspace: Workspace
  private let choice: ConfirmChoice
  private let rule: ComparisonRule
  private let profile: Profile
  private let timeLimit: Duration?
  private let benchFrom: BenchFrom
  private let oneLayout: OneLayoutChoice

  package init(
    workspace: Workspace, choice: ConfirmChoice, rule: ComparisonRule, profile: Profile,
    timeLimit: Duration?, benchFrom: BenchFrom, oneLayout: OneLayoutChoice = .corroborate
  ) {
    self.oneLayout = oneLayout
    self.workspace = workspace
    self.choice = choice
    self.rule = rule
    self.profile = profile
    self.timeLimit = timeLimit
    self.benchFrom = benchFrom
  }

  /// What became of a stored comparison.
  package struct Outcome {
    package let comparison: Comparison
    /// What was measured again.
    package var series: [PairedSeries] = []
    /// Whose benchmarks were measured again; `nil` where none were.
    package let benchmarks: BenchmarkOrigin?
  }

  /// The comparison with its suspects' rows replaced by what a paired session of them says.
  /// - Throws: `CommandFailure` where `always` was asked for and a side is no commit, `RunnerError`
  ///   where it does not build, and `CommandFailure` with status 130 where the user interrupted.
  package func confirm(_ comparison: Comparison, of sides: ComparedSides) throws -> Outcome {
    let console = workspace.console
    let isPossible = choice == .always || !workspace.configuration.executables.isEmpty
    guard choice != .never, isPossible,
      let commits = try commits(worthMeasuring: sides.commits(in: workspace))
    else { return Outcome(comparison: comparison, benchmarks: nil) }
    let suspects = comparison.suspects(
      base: sides.base.series, head: sides.head.series, identicalCode: sides.identicalCode)
    guard !suspects.isEmpty else { return Outcome(comparison: comparison, benchmarks: nil) }
    console.note(
      "\(English.count(suspects.count, "benchmark")) may have changed; measuring again, side by "
        + "side (`--confirm never` does without).")
    do {
      return try measureAgain(suspects, of: commits, for: comparison)
    } catch let error as RunnerError where choice == .auto && error.leavesNothingToMeasure {
      console.note("Nothing was measured again, side by side. \(error)")
      return Outcome(comparison: comparison, benchmarks: nil)
    }
  }

  private func measureAgain(
    _ suspects: [BenchmarkKey], of commits: (base: Commit, head: Commit), for comparison: Comparison
  ) throws -> Outcome {
    let interruption = try Interruption.whileMeasuring()
    let order = order(suspects)
    let builds = try PairedBuilds(
      base: commits.base, head: commits.head, in: workspace, interruption: interruption,
      order: order, takesKept: profile.layouts == nil
    ).counting(profile, in: workspace, interruption: interruption)
    let session = try PairedSession(
      order: order, builds: builds, head: Revision(commit: commits.head),
      storage: workspace.storage)
    let outcome = try session.run(
      in: try workspace.openForWriting(), console: workspace.console, interruption: interruption)
    try PairedComparison.refuseInterrupted(outcome, wayOn: "the same command goes on from there")
    return Outcome(
      comparison: comparison.confirmed(by: outcome.comparison), series: outcome.series,
      benchmarks: builds.benchmarks)
  }

  /// Both commits, where building them makes sense. `commits` is `nil` where a side is no commit of
  /// this repository.
  /// - Returns: `nil` where nothing is to be measured again.
  /// - Throws: `CommandFailure` where `always` was asked for and a side is no commit.
  package func commits(
    worthMeasuring commits: (base: Commit, head: Commit)?
  ) throws -> (base: Commit, head: Commit)? {
    if let commits {
      // The same files would be built twice to find that they are the same.
      return choice == .auto && commits.base.tree == commits.head.tree ? nil : commits
    }
    guard choice == .always else { return nil }
    throw CommandFailure(
      "--confirm always builds both sides again, so both must be commits of this repository, "
        + "without uncommitted changes.")
  }

  /// The selection names the suspects, so that an interrupted confirmation is resumed only by one
  /// that has the same suspects.
  package func order(_ suspects: [BenchmarkKey]) -> PairedOrder {
    let names = suspects.map { NSRegularExpression.escapedPattern(for: $0.description) }
    return PairedOrder(
      purpose: .confirm, profile: profile.withoutLimit,
      selection: Selection(filter: "^(?:\(names.joined(separator: "|")))$"),
      timeLimit: timeLimit, rule: rule, judgesIdentical: false, benchFrom: benchFrom,
      oneLayout: oneLayout)
  }
}

extension RunnerError {
  /// A side does not build, or its executables do not hold the benchmarks that are suspected, as
  /// where these were imported.
  fileprivate var leavesNothingToMeasure: Bool {
    if case .nothingSelected = self { return true }
    return isOfBuild
  }
}

extension Profile {
  /// Whatever was measured before may be measured again.
  fileprivate var withoutLimit: Profile {
    Profile(
      name: name, processes: processes, countingProcesses: countingProcesses, seconds: seconds,
      maximumSamples: maximumSamples, maximumRecords: .max,
      instructionProcesses: instructionProcesses, layouts: layouts, sessions: sessions)
  }
}

/// `--confirm`: whether a stored comparison measures again what may have changed.
package enum ConfirmChoice: String, Sendable, Hashable, CaseIterable {
  /// Confirms where both sides can be built.
  case auto
  case always, never
}
