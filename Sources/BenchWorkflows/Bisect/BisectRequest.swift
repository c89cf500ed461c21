import BenchComparer
import BenchModel
package import BenchOutput
import BenchRunner
import BenchStore

/// `benchdb bisect`: find the commit that made a series slower.
package struct BisectRequest {
  private let workspace: Workspace
  private let range: String
  private let series: String
  private let profile: String?
  private let rounds: String?
  private let timeLimit: String?
  private let floor: String?
  private let followsFirstParents: Bool
  private let retriesFailed: Bool
  /// Whether everything is measured anew, whatever earlier bisections measured.
  private let measuresAnew: Bool

  package init(
    _ range: String, of series: String, profile: String? = nil, rounds: String? = nil,
    timeLimit: String? = nil, floor: String? = nil, followsFirstParents: Bool = false,
    retriesFailed: Bool = false, measuresAnew: Bool = false, in workspace: Workspace
  ) {
    self.range = range
    self.series = series
    self.profile = profile
    self.rounds = rounds
    self.timeLimit = timeLimit
    self.floor = floor
    self.followsFirstParents = followsFirstParents
    self.retriesFailed = retriesFailed
    self.measuresAnew = measuresAnew
    self.workspace = workspace
  }

  /// - Throws: `CommandFailure` with status 130 where the user interrupted.
  package func run() throws -> DataAnswer {
    do {
      return Self.answer(try search())
    } catch RunnerError.interrupted {
      throw CommandFailure(
        "interrupted; what was measured is stored, and the same command goes on from there.",
        status: .interrupted)
    }
  }

  private func search() throws -> BisectionReport {
    let settings = workspace.settings
    let rule = try ComparisonRule(settings: settings, floor: floor, alpha: nil)
    let profile = try Profile.chosen(flag: profile, settings: settings)
    let most = try settings.value(of: .rounds, flag: rounds) ?? 30
    let limit = try settings.value(of: .timeLimit, flag: timeLimit)
    let deadline = limit.map { ContinuousClock.now + .seconds($0) }
    let interruption = try Interruption.whileMeasuring()
    let range = try BisectedRange(
      range, firstParents: followsFirstParents, in: workspace.repository())
    let store = try workspace.openForWriting()
    let builder = try CommitBuilder(
      purpose: .bisect, profile: profile, retriesFailed: retriesFailed, in: workspace,
      store: store, interruption: interruption)
    let good = try builder.require(range.good, named: "GOOD")
    let bad = try builder.require(range.bad, named: "BAD")
    let series = try BisectedSeries(series, good: good, bad: bad)
    let session = ProbeSession(
      series: series, profile: profile, store: store, console: workspace.console,
      interruption: interruption, deadline: deadline, measuresAnew: measuresAnew)
    var search = BisectionSearch(
      range: range, builder: builder, good: good, bad: bad, session: session, rule: rule,
      rounds: most)
    return try search.run()
  }

  /// The report, and the status that it asks for.
  package static func answer(_ report: BisectionReport) -> DataAnswer {
    let exit = report.exit
    return DataAnswer(
      json: BisectionJSON.text(report), note: "benchdb: exit 0: \(exit.reason)",
      failure: exit.status == .success ? nil : CommandFailure(exit.reason, status: exit.status)
    ) { width, style in BisectionText.text(report, width: width, style: style) }
  }
}
