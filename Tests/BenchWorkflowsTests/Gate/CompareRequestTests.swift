import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("benchdb compare")
struct CompareRequestTests {
  /// Two commits, of which the second allocates so much more.
  private func withSides(
    allocations: Double = 1500, noise: Double = 0.001,
    _ body: (WorkflowProject, Commit, Commit) throws -> Void
  ) throws {
    try withWorkflowProject { project in
      let base = try project.commit("Base")
      let head = try project.commit("Head")
      try project.record(base, noise: noise)
      try project.record(head, allocations: allocations, noise: noise)
      try body(project, base, head)
    }
  }

  private func answer(
    _ project: WorkflowProject, environment: [String: String] = [:],
    _ change: (inout CompareRequest) -> Void = { _ in }
  ) throws -> ComparisonAnswer? {
    var request = CompareRequest(in: try project.workspace(environment: environment))
    request.confirm = "never"
    change(&request)
    return try request.run()
  }

  @Test("a series that counts more is a regression, and --exit-zero forgives it")
  func regression() throws {
    try withSides { project, _, _ in
      let red = try #require(try answer(project))
      #expect(red.exit.status == .regression)
      expectFailure("exit 1: 1 series is worse", status: .regression) {
        try red.conclude(on: project.workspace().console)
      }
      let forgiven = try #require(try answer(project) { $0.exitsWithZero = true })
      try forgiven.conclude(on: project.workspace().console)
      #expect(project.said.takeNotes().contains("(1 without --exit-zero)"))
    }
  }

  @Test("what does not differ is no regression")
  func unchanged() throws {
    try withSides(allocations: 1000) { project, _, _ in
      let answer = try #require(try answer(project))
      #expect(answer.exit.status == .success)
      try answer.conclude(on: project.workspace().console)
      #expect(project.said.takeNotes().contains("benchdb: exit 0: no regression"))
    }
  }

  @Test("requirements come from flags, the environment and benchdb.toml")
  func requirements() throws {
    try withSides(allocations: 1000, noise: 0.2) { project, _, _ in
      let strict = try #require(try answer(project) { $0.requiresConclusive = true })
      #expect(strict.exit.status == .inconclusive)
      let set = try #require(
        try answer(project, environment: ["BENCHDB_REQUIRE_CONCLUSIVE": "1"]))
      #expect(set.exit.status == .inconclusive)
      try project.write(
        "[compare]\nexit-zero = true\nrequire-conclusive = true\n", to: "benchdb.toml")
      let forgiven = try #require(
        try answer(project) {
          $0.base = "HEAD~1"; $0.head = "HEAD"
        })
      #expect(forgiven.exit.status == .success && forgiven.exit.reason.contains("5 without"))
      expectFailure("--require-coverage: '0.8' is not a value") {
        _ = try answer(project) { $0.requireCoverage = "0.8" }
      }
    }
  }

  @Test("that nothing could be judged is forgiven by --exit-zero too, and said")
  func nothingJudged() throws {
    try withWorkflowProject { project in
      _ = try project.commit("First")
      expectFailure("nothing could be judged", status: .coverage) { _ = try answer(project) }
      #expect(try answer(project) { $0.exitsWithZero = true } == nil)
      let note = project.said.takeNotes()
      #expect(note.hasPrefix("benchdb: nothing could be judged"), "\(note)")
      #expect(note.hasSuffix("(exit 4 without --exit-zero)"), "\(note)")
    }
  }

  @Test("options of --paired mean nothing to a stored comparison that measures nothing")
  func optionsOfPaired() throws {
    try withSides { project, _, _ in
      let choices: [(PairedChoice, String)] = [
        (PairedChoice(rounds: "6"), "--rounds"), (PairedChoice(sessions: "2"), "--sessions"),
        (PairedChoice(timeLimit: "5min"), "--time-limit"),
        (PairedChoice(layouts: "3"), "--layouts"), (PairedChoice(benchFrom: "own"), "--bench-from"),
        (PairedChoice(measuring: MeasuringChoice(suite: ["x"])), "--suite"),
        (PairedChoice(measuring: MeasuringChoice(profile: "full")), "--profile"),
      ]
      for (choice, option) in choices {
        expectFailure("\(option) is an option of --paired; a stored comparison measures nothing.") {
          _ = try answer(project) { $0.paired = choice }
        }
      }
      // Where something may be measured again, these say how.
      for choice in choices.suffix(from: 2).map(\.0) where choice.measuring.suite.isEmpty {
        let answer = try answer(project) {
          $0.paired = choice
          $0.confirm = "auto"
          $0.base = "HEAD"
        }
        #expect(answer != nil)
      }
    }
  }

  @Test("where both sides are one commit, what differs is noise, and that is noted")
  func sameCommit() throws {
    try withSides { project, _, head in
      let answer = try #require(try answer(project) { $0.base = "HEAD" })
      #expect(
        answer.sides.setting.notes == [
          "both sides are the same commit, \(head.shortHash), so what differs is noise"
        ])
    }
  }

  @Test("a reader is led to the series that is worse, and to what would decide")
  func nextSteps() throws {
    try withSides(noise: 0.2) { project, base, head in
      let answer = try #require(try answer(project))
      #expect(
        answer.sides.setting.next == [
          "benchdb compare --paired \(base.shortHash) \(head.shortHash)",
          "benchdb show 'throughput/grouped records=1000'",
        ])
    }
  }

  @Test("the last release is looked at too, where it is not the base itself")
  func lastRelease() throws {
    try withWorkflowProject { project in
      let release = try project.commit("Release")
      try project.git("tag", "v1.2")
      try project.git("tag", "nightly")
      let base = try project.commit("Base")
      let head = try project.commit("Head")
      try project.record(release)
      try project.record(base, allocations: 1500)
      try project.record(head, allocations: 1500)
      let answer = try #require(try answer(project))
      #expect(answer.exit.status == .success)
      try answer.write(.text, to: project.workspace().console)
      #expect(project.said.takeAnswers().contains("v1.2"))
      let direct = try #require(try self.answer(project) { $0.base = "v1.2" })
      #expect(direct.exit.status == .regression)
    }
  }

  @Test("every format is written, and GitHub's summary is appended to its file")
  func formats() throws {
    try withSides { project, _, _ in
      let answer = try #require(try answer(project) { $0.showsAll = true })
      let beginnings: [(ComparisonFormat, String)] = [
        (.json, "{"), (.markdown, "#"), (.junit, "<?xml"), (.csv, "series"), (.text, ""),
      ]
      for (format, beginning) in beginnings {
        try answer.write(format, to: project.workspace().console)
        let text = project.said.takeAnswers()
        #expect(text.contains("throughput/grouped"), "\(format)")
        #expect(text.hasPrefix(beginning), "\(format): \(text.prefix(80))")
      }
      let summary = project.path("summary.md")
      let console = try project.workspace(environment: ["GITHUB_STEP_SUMMARY": summary]).console
      try answer.write(.github, to: console)
      #expect(project.said.takeAnswers().contains("::error"))
      let once = try project.text(of: "summary.md")
      #expect(once.contains("throughput/grouped"))
      try answer.write(.github, to: console)
      #expect(try project.text(of: "summary.md") == once + once)
      let database = try project.workspace(
        environment: ["GITHUB_STEP_SUMMARY": project.path(".benchdb/results.sqlite")])
      expectFailure("GITHUB_STEP_SUMMARY:") { try answer.write(.github, to: database.console) }
    }
  }

  @Test("the comparison is also a page and a comment")
  func pageAndComment() throws {
    try withSides { project, base, _ in
      let answer = try #require(try answer(project))
      let page = try PageFile(
        project.path("page.html"), replacesAnyFile: false, in: project.workspace())
      try page?.write(answer.page)
      let html = try project.text(of: "page.html")
      #expect(html.contains("throughput/grouped") && html.contains(base.shortHash))
      #expect(answer.comment.hasPrefix("<!-- benchdb:comparison -->"))
    }
  }

  @Test("a run that measured both sides is judged by itself")
  func rounds() throws {
    try withWorkflowProject { project in
      let base = try project.commit("Base")
      let head = try project.commit("Head")
      let run = try project.recordRounds(base: base, head: head)
      for name in ["run:\(run.shortID)", nil] {
        let answer = try #require(try answer(project) { $0.base = name })
        #expect(answer.sides.base.commit == base && answer.sides.head.commit == head)
        #expect(answer.exit.status == .regression)
        #expect(
          project.said.takeNotes().contains(
            "Run \(run.shortID) measured both sides in turn; it is judged round by round."))
      }
      expectFailure("measured two sides; a check needs a run of `benchdb record`.") {
        try project.write(
          "[[target]]\nname=\"x\"\nbenchmark=\"throughput/grouped\"\nmetric=\"cpu\"\nbelow=\"1s\"\n",
          to: "benchdb.toml")
        _ = try CheckRequest(run.shortID, in: project.workspace()).run()
      }
    }
  }
}

extension WorkflowProject {
  /// Stores a run of two rounds that measured two commits in turn, the second of which allocates
  /// half as much again.
  func recordRounds(base: Commit, head: Commit) throws -> Run {
    let run = Run(
      revision: Revision(commit: head), purpose: .confirm,
      profile: .smoke.paired(layouts: 1, sessions: 1),
      seed: 7, started: StoredExample.start, toolVersion: "0.1.0", plannedProcesses: 12,
      recorder: StoredExample.recorder)
    let session = Session(
      run: run.id, machine: MachineProbe().machineClass(), state: MachineState(),
      started: run.started)
    try withStore { store in
      try store.begin(run)
      try store.begin(session)
      var order = 0
      for round in 0..<6 {
        for (arm, commit, count) in [(RoundPosition.Arm.base, base, 1000.0), (.head, head, 1500.0)]
        {
          let build = Build(
            revision: Revision(commit: commit), toolchain: "Swift 6.3.1",
            binaryHash: "binary of \(commit.hash)")
          try store.save(
            StoredExample.process(
              in: session, build: build, benchmark: Self.grouped, order: order,
              measurements: [
                StoredExample.measurement(Self.wall, [30e6 + Double(order), 30e6, 30e6]),
                StoredExample.measurement(Self.allocations, [count], iterations: [1]),
              ], position: RoundPosition(round: round, arm: arm)))
          order += 1
        }
      }
      try store.finish(run: run.id, status: .completed)
    }
    return run
  }
}
