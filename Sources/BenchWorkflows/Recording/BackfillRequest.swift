import BenchModel
import BenchRunner
import BenchStore

/// `benchdb backfill`: record the commits of a range that were never recorded.
package struct BackfillRequest {
  private let workspace: Workspace
  private let range: String
  /// How many evenly spaced commits of the range; all where it is `nil`.
  private let steps: Int?
  private let measuring: MeasuringChoice
  private let timeLimit: String?
  private let retriesFailed: Bool

  package init(
    _ range: String, steps: Int? = nil, measuring: MeasuringChoice = MeasuringChoice(),
    timeLimit: String? = nil, retriesFailed: Bool = false, in workspace: Workspace
  ) {
    self.range = range
    self.steps = steps
    self.measuring = measuring
    self.timeLimit = timeLimit
    self.retriesFailed = retriesFailed
    self.workspace = workspace
  }

  /// - Throws: `CommandFailure` with status 130 where the user interrupted, with status 3 where
  ///   nothing could be recorded though something was tried.
  package func run() throws {
    let settings = workspace.settings
    let profile = try measuring.profile(settings)
    let selection = try measuring.selection(settings)
    try selection.checkFilter()
    let limit = try settings.value(of: .timeLimit, flag: timeLimit)
    let deadline = limit.map { ContinuousClock.now + .seconds($0) }
    let interruption = try Interruption.whileMeasuring()
    let repository = try workspace.repository()
    _ = try repository.head()
    let store = try workspace.openForWriting()
    let plan = try BackfillPlan(
      range, steps: steps, profile: profile, selection: selection, repository: repository,
      store: store)
    var backfill = Backfill(
      plan: plan, profile: profile, selection: selection, deadline: deadline,
      retriesFailed: retriesFailed, workspace: workspace, store: store, interruption: interruption)
    try backfill.run()
  }
}
