import BenchComparer
import BenchModel
import BenchOutput
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("benchdb check")
struct CheckRequestTests {
  /// One measured commit and one target of its benchmark.
  private func withTarget(
    _ limit: String, _ body: (WorkflowProject) throws -> Void
  ) throws {
    try withWorkflowProject { project in
      try project.write(
        """
        [[target]]
        name = "grouping is quick"
        benchmark = "throughput/grouped *"
        metric = "wall"
        \(limit)
        """, to: "benchdb.toml")
      try project.record(Revision(commit: try project.commit("First")), processes: 12)
      try body(project)
    }
  }

  private func answer(
    _ project: WorkflowProject, _ subject: String? = nil, suites: [String] = [],
    conclusive: Bool = false, exitZero: Bool = false, reports: [String] = []
  ) throws -> CheckAnswer {
    try CheckRequest(
      subject, suites: suites, requiresConclusive: conclusive, exitsWithZero: exitZero,
      reports: reports, in: project.workspace()
    ).run()
  }

  @Test("a target is met where the run lies below its limit, and missed where it lies above")
  func statuses() throws {
    try withTarget("below = \"100ms\"") { project in
      let met = try answer(project)
      #expect(met.check.met == 1 && met.exit.status == .success)
      try met.conclude(on: project.workspace().console)
    }
    try withTarget("below = \"1ms\"") { project in
      let missed = try answer(project)
      #expect(missed.check.missed == 1)
      expectFailure("exit 1", status: .regression) {
        try missed.conclude(on: project.workspace().console)
      }
      #expect(try answer(project, exitZero: true).exit.status == .success)
      try project.write(
        try project.text(of: "benchdb.toml") + "\n[check]\nexit-zero = true\n", to: "benchdb.toml")
      #expect(try answer(project).exit.status == .success)
    }
  }

  @Test("a target of what was not measured is no answer")
  func unmeasured() throws {
    let other = "[[target]]\nname = \"b\"\nbenchmark = \"x\"\nmetric = \"wall\"\nbelow = \"1s\""
    try withTarget("below = \"1s\"\n" + other) { project in
      let alone = try answer(project, suites: ["x"])
      #expect(alone.exit.status == .coverage && alone.check.unmeasured == 1)
      let both = try answer(project)
      #expect(both.exit.status == .success && both.check.unmeasured == 1)
      let conclusive = try answer(project, conclusive: true)
      #expect(conclusive.exit.status == .inconclusive)
    }
  }

  @Test("a suite without targets is pointed out, and so is a file without any")
  func suites() throws {
    try withTarget("below = \"1s\"") { project in
      expectFailure("no target is of the suite 'througput'. Did you mean 'throughput'?") {
        _ = try answer(project, suites: ["througput"])
      }
      expectFailure("no target is of the suite 'zzz'. Known: throughput.") {
        _ = try answer(project, suites: ["zzz"])
      }
      try project.write("", to: "benchdb.toml")
      expectFailure("benchdb.toml has no targets") { _ = try answer(project) }
    }
  }

  @Test("the latest run of one side is taken, and a run of several commits is refused")
  func runs() throws {
    try withTarget("below = \"100ms\"") { project in
      let slow = try project.record(
        try project.commit("Second"), wall: 300e6, started: StoredExample.start + 60)
      #expect(try answer(project).exit.status == .regression)
      let first = try #require(try project.withStore { try $0.runs() }.last).run
      #expect(try answer(project, first.shortID).exit.status == .success)
      #expect(try answer(project, slow.shortID).exit.status == .regression)
      #expect(throws: StoreError.self) { _ = try answer(project, "ffffffff") }
    }
    try withWorkflowProject { project in
      try project.write(
        "[[target]]\nname=\"x\"\nbenchmark=\"throughput/grouped\"\nmetric=\"wall\"\nbelow=\"1s\"\n",
        to: "benchdb.toml")
      try project.withStore { _ in }
      expectFailure("there are no runs yet; `benchdb record` makes one.") {
        _ = try answer(project)
      }
      let commits = try [project.commit("First"), project.commit("Second")]
      let run = StoredExample.run()
      let session = StoredExample.session(of: run)
      try project.withStore { store in
        try store.begin(run)
        try store.begin(session)
        for (order, commit) in commits.enumerated() {
          let build = Build(
            revision: Revision(commit: commit), toolchain: "Swift 6.3.1", binaryHash: commit.hash)
          try store.save(StoredExample.process(in: session, build: build, order: order))
        }
        try store.finish(run: run.id, status: .completed)
      }
      expectFailure("run \(run.shortID) measured 2 commits") { _ = try answer(project) }
    }
  }

  @Test("every format is written, and a report over the run stands in Markdown and on the page")
  func formats() throws {
    try withTarget("below = \"1ms\"") { project in
      let answer = try answer(project, reports: ["results"])
      for (format, text) in [
        (CheckFormat.text, "grouping is quick"), (.json, "\"grouping is quick\""),
        (.markdown, "# Performance of project"), (.junit, "<testcase"), (.github, "::error"),
      ] {
        try answer.write(format, to: project.workspace().console)
        let said = project.said.takeAnswers()
        #expect(said.contains(text), "\(format): \(said)")
      }
      let page = try PageFile(
        project.path("page.html"), replacesAnyFile: false, in: project.workspace())
      try page?.write(answer.page)
      #expect(try project.text(of: "page.html").contains("grouping is quick"))
    }
  }

  @Test("a report that can't be asked for a run is refused before anything is judged")
  func reports() throws {
    try withTarget("below = \"1s\"") { project in
      expectFailure("Did you mean results?") { _ = try answer(project, reports: ["result"]) }
      expectFailure("has no parameter 'run'") { _ = try answer(project, reports: ["slowest"]) }
    }
  }
}
