import BenchModel
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Testing

/// What the commands that measure are asked for. Nothing is measured here.
@Suite("What is to be recorded")
struct RecordRequestTests {
  @Test("what is checked out is measured, with the default profile and every benchmark")
  func defaults() throws {
    try withWorkflowProject { project in
      let commit = try project.commit("First")
      let order = try project.withStore { try RecordRequest(in: project.workspace()).order(in: $0) }
      #expect(order.revision == Revision(commit: commit))
      #expect(order.profile == .quick && order.selection == Selection())
      #expect(order.resumed == nil && order.finished.isEmpty)
    }
  }

  @Test("flags say what is measured, then settings")
  func choices() throws {
    try withWorkflowProject { project in
      let first = try project.commit("First")
      try project.commit("Second")
      let workspace = try project.workspace(
        environment: ["BENCHDB_SUITE": "latency, memory", "BENCHDB_SEED": "9"])
      func order(_ request: RecordRequest) throws -> RecordingOrder {
        try project.withStore { try request.order(in: $0) }
      }
      let set = try order(RecordRequest(in: workspace))
      #expect(set.selection.suites == ["latency", "memory"] && set.seed == 9)
      let flags = try order(
        RecordRequest(
          measuring: MeasuringChoice(
            suite: ["throughput"], filter: "x", profile: "smoke", counter: "instructions"),
          commit: "HEAD~1", seed: "7", processes: "3", in: workspace))
      #expect(flags.revision == Revision(commit: first))
      #expect(flags.selection == Selection(suites: ["throughput"], filter: "x"))
      #expect(flags.seed == 7 && flags.profile.name == "smoke" && flags.profile.processes == 3)
      #expect(flags.profile.instructionProcesses > 0)
      expectFailure("--seed: 'one' is not a value for it; expected a whole number.") {
        _ = try order(RecordRequest(seed: "one", in: workspace))
      }
      expectFailure("--counter: 'cycles' is not a value for it; expected instructions.") {
        _ = try order(RecordRequest(measuring: MeasuringChoice(counter: "cycles"), in: workspace))
      }
    }
  }

  @Test("the latest interrupted recording is resumed, with what it lacks")
  func resuming() throws {
    try withWorkflowProject { project in
      let commit = try project.commit("First")
      func resumed() throws -> RecordingOrder {
        try project.withStore {
          try RecordRequest(isResuming: true, in: project.workspace()).order(in: $0)
        }
      }
      try project.record(commit)
      expectFailure("there is no interrupted run to go on with") { _ = try resumed() }
      try project.record(Revision(commit: commit), purpose: .confirm, status: .interrupted)
      expectFailure("there is no interrupted run to go on with") { _ = try resumed() }
      let run = try project.record(Revision(commit: commit), status: .interrupted)
      let order = try resumed()
      #expect(order.resumed == run && order.finished == [0, 1, 2])
      #expect(order.seed == run.seed && order.profile == run.profile)
    }
  }

  @Test("an option that the interrupted run has answered already is refused")
  func resumingOtherwise() throws {
    try withWorkflowProject { project in
      let workspace = try project.workspace()
      let requests: [(RecordRequest, String)] = [
        (.init(measuring: .init(suite: ["x"]), isResuming: true, in: workspace), "--suite"),
        (.init(measuring: .init(filter: "x"), isResuming: true, in: workspace), "--filter"),
        (.init(measuring: .init(profile: "full"), isResuming: true, in: workspace), "--profile"),
        (.init(measuring: .init(counter: "x"), isResuming: true, in: workspace), "--counter"),
        (.init(commit: "HEAD", isResuming: true, in: workspace), "--commit"),
        (.init(isResuming: true, seed: "1", in: workspace), "--seed"),
        (.init(isResuming: true, processes: "1", in: workspace), "--processes"),
        (.init(isResuming: true, timeLimit: "1s", in: workspace), "--time-limit"),
      ]
      try project.withStore { store in
        for (request, option) in requests {
          expectFailure("\(option) can't be given with --resume") {
            _ = try request.order(in: store)
          }
        }
      }
    }
  }

  @Test("where there is no commit, no database is left behind")
  func noCommit() throws {
    try withWorkflowProject { project in
      #expect(throws: RunnerError.self) { try RecordRequest(in: project.workspace()).run() }
      #expect(throws: RunnerError.self) {
        try BackfillRequest("a..b", in: project.workspace()).run()
      }
      #expect(!project.exists(".benchdb"))
    }
  }

  @Test("a backfill of no range, or of one that is recorded already, builds nothing")
  func backfill() throws {
    try withWorkflowProject { project in
      let first = try project.commit("First")
      let second = try project.commit("Second")
      expectFailure("'HEAD' is no range; write A..B, such as v1.2..HEAD.") {
        try BackfillRequest("HEAD", in: project.workspace()).run()
      }
      expectFailure("'HEAD..HEAD' is empty") {
        try BackfillRequest("HEAD..HEAD", in: project.workspace()).run()
      }
      expectFailure("The filter '(' is not a regular expression") {
        try BackfillRequest(
          "\(first.hash)..HEAD", measuring: MeasuringChoice(filter: "("),
          in: project.workspace()
        ).run()
      }
      try project.record(second)
      _ = project.said.takeNotes()
      try BackfillRequest("\(first.hash)..HEAD", in: project.workspace()).run()
      #expect(project.said.takeNotes() == "1 commit: 1 recorded before, 0 to record, newest first.")
    }
  }
}
