import BenchComparer
import BenchModel
import BenchOutput
import BenchTestSupport
import BenchWorkflows
import Testing

@Suite("What is asked of a paired comparison")
struct PairedChoiceTests {
  private func settings(_ environment: [String: String] = [:]) -> Settings {
    Settings(environment: environment, file: [:])
  }

  private func order(
    _ choice: PairedChoice, _ environment: [String: String] = [:]
  ) throws -> PairedOrder {
    try choice.order(
      purpose: .confirm, rule: ComparisonRule(), judgesIdentical: false,
      settings: settings(environment), sessions: choice.sessionCount(settings(environment)),
      benchFrom: choice.chosenBenchmarks(settings(environment)))
  }

  @Test("fifteen layouts, one session and no limit are the default")
  func defaults() throws {
    let order = try order(PairedChoice())
    #expect(order.profile.layouts == 15 && order.timeLimit == nil)
    #expect(order.profile.name == "quick")
    #expect(try PairedChoice().chosenBenchmarks(settings()) == .head)
  }

  @Test("flags go before settings")
  func choices() throws {
    let environment = [
      "BENCHDB_LAYOUTS": "3", "BENCHDB_SESSIONS": "2", "BENCHDB_TIME_LIMIT": "120min",
    ]
    let set = try order(PairedChoice(), environment)
    #expect(set.profile.layouts == 3 && set.profile.sessions == 2)
    #expect(set.timeLimit == .seconds(7200))
    let given = try order(
      PairedChoice(timeLimit: "5min", layouts: "1", sessions: "3", benchFrom: "own"), environment)
    #expect(given.profile.sessions == 3 && given.timeLimit == .seconds(300))
    #expect(given.profile.layouts != 3)
    #expect(try PairedChoice(benchFrom: "own").chosenBenchmarks(settings()) == .own)
  }

  @Test("a value that is none is refused with what is expected")
  func wrong() {
    for (choice, expected) in [
      (PairedChoice(rounds: "5"), "--rounds: '5' is not a value for it; expected a whole number"),
      (PairedChoice(layouts: "0"), "--layouts: '0'"), (PairedChoice(sessions: "11"), "--sessions:"),
      (PairedChoice(timeLimit: "5"), "expected a time with its unit, such as 5min."),
      (PairedChoice(benchFrom: "base"), "expected head or own."),
      (PairedChoice(measuring: MeasuringChoice(profile: "smok")), "Did you mean 'smoke'?"),
    ] {
      expectFailure(expected) { _ = try order(choice) }
    }
  }

  @Test("a calibration of which a benchmark failed calibrates nothing")
  func failedCalibration() throws {
    try withWorkflowProject { project in
      let other = BenchmarkDeclaration(
        key: BenchmarkKey(id: "throughput/plain"), metrics: WorkflowProject.grouped.metrics)
      for subject in ["Base", "Head"] {
        let revision = Revision(commit: try project.commit(subject))
        try project.record(revision)
        try project.record(revision, benchmark: other, fails: subject == "Head")
      }
      var request = CompareRequest(in: try project.workspace())
      request.confirm = "never"
      let failed = try #require(try request.run()).sides.comparison
      expectFailure("failed, so nothing was calibrated", status: .failure) {
        try CalibrateRequest.refuseFailed(failed)
      }
    }
  }

  @Test("a bisection's report has its status, and the reason beside it")
  func bisection() throws {
    func answer(_ outcome: BisectionReport.Outcome) -> DataAnswer {
      BisectRequest.answer(
        BisectionReport(
          series: SeriesKey(benchmark: BenchmarkKey(id: "a/b"), metric: "wall"), metric: .wall,
          good: StoredExample.commit(1), bad: StoredExample.commit(9), range: "good..bad",
          commits: 8, outcome: outcome))
    }
    let found = answer(.found(StoredExample.commit(5)))
    #expect(found.failure == nil)
    #expect(found.note == "benchdb: exit 0: \(StoredExample.commit(5).shortHash) made it slower")
    #expect(found.text(.text).contains(StoredExample.commit(5).shortHash))
    #expect(found.text(.json).contains(StoredExample.commit(5).hash))
    let open = answer(.between([StoredExample.commit(4), StoredExample.commit(5)]))
    #expect(open.failure?.status == .inconclusive)
    #expect(open.failure?.message == "one of 2 commits made it slower")
  }
}
