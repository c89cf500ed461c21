import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Recordings") struct RecordingTests {
  private let good = #"""
    printf '%s\n' '{"message":"sample","metric":"wall","value":2,"iterations":1,"order":0,"warmUp":false}' '{"message":"done"}' >&3

    """#

  private let profile = Profile(
    name: "test", processes: 5, countingProcesses: 0, seconds: 0.01, maximumSamples: 5,
    maximumRecords: .max)
  private let declarations = ["s/bad", "s/good"].map {
    BenchmarkDeclaration(key: BenchmarkKey(id: $0), metrics: [.wall])
  }

  private func executable(_ script: String) -> SuiteExecutable {
    let commit = Commit(hash: "abc", authored: .distantPast, committed: .distantPast)
    return SuiteExecutable(
      worker: WorkerProcess(command: ["/bin/sh", "-c", script]),
      build: Build(revision: Revision(commit: commit), toolchain: "t", binaryHash: "h"),
      declarations: declarations)
  }

  private func recording(_ script: String) throws -> Recording {
    let schedule = try Schedule(declarations: declarations, profile: profile, seed: 3)
    return try Recording(
      session: UUID(), processes: schedule.processes, profile: profile,
      executables: [executable(script)])
  }

  @Test("Every process is saved in order, with progress before it")
  func complete() throws {
    var events: [String] = []
    var left: [Double?] = []
    let result = try recording(good).run(
      progress: {
        events.append("\($0.done)/\($0.total)")
        left.append($0.secondsLeft)
      },
      save: { record in
        #expect(record.outcome == .completed)
        #expect(record.measurements.first?.values == [2])
        events.append("saved \(record.order)")
      })
    #expect(events == (0..<10).flatMap { ["\($0)/10", "saved \($0)"] } + ["10/10"])
    #expect(left.dropLast().allSatisfy { ($0 ?? 0) > 0 } && left.last == .some(nil))
    #expect(result.completed == 10 && result.failed == 0 && result.skipped.isEmpty)
    #expect(!result.isInterrupted)
  }

  @Test("An executable that is edited while it is measured ends the recording")
  func edited() throws {
    try withTemporaryDirectory { directory in
      let path = try directory.script("#!/bin/sh\n" + good)
      let executable = executable("")
      let schedule = try Schedule(declarations: declarations, profile: profile, seed: 3)
      let recording = try Recording(
        session: UUID(), processes: schedule.processes, profile: profile,
        executables: [
          SuiteExecutable(
            worker: WorkerProcess(command: [path]), build: executable.build,
            declarations: declarations)
        ])
      var saved = 0
      #expect(throws: RunnerError.executableChanged(path)) {
        try recording.run { _ in
          saved += 1
          if saved == 2 { _ = try directory.script("#!/bin/sh\n# edited\n" + good) }
        }
      }
      #expect(saved == 2)
    }
  }

  @Test("A benchmark that fails three times alike is given up, the others go on")
  func givingUp() throws {
    var outcomes: [String: Int] = [:]
    let result = try recording("read line; case $line in *bad*) exit 9;; esac\n" + good).run {
      outcomes["\($0.benchmark.key) \($0.outcome.isCompleted)", default: 0] += 1
    }
    #expect(outcomes == ["s/bad false": 3, "s/good true": 5])
    #expect(result.completed == 5 && result.failed == 3)
    #expect(
      result.skipped == [
        SkippedBenchmark(
          benchmark: BenchmarkKey(id: "s/bad"),
          outcome: .crashed(description: "ended with status 9"), processes: 2)
      ])
  }

  @Test("An interruption ends the worker, which leaves no record, and the recording")
  func interrupted() throws {
    let interruption = try Interruption()
    var saved = 0
    let result = try recording(good).run(interruption: interruption) { _ in
      saved += 1
      if saved == 4 { interruption.request() }
    }
    #expect(saved == 4 && result.completed == 4 && result.isInterrupted)

    let early = try Interruption()
    early.request()
    let none = try recording(good).run(interruption: early) { _ in Issue.record("too late") }
    #expect(none.isInterrupted && none.completed == 0)

    // A request that comes while a worker hangs ends it.
    let late = try Interruption()
    let hanging = try recording("sleep 60").run(
      interruption: late, progress: { _ in Thread.detachNewThread { late.request() } },
      save: { _ in Issue.record("a torn process was saved") })
    #expect(hanging.isInterrupted && hanging.completed == 0 && hanging.failed == 0)
  }

  @Test("An error while saving ends the recording")
  func savingFails() throws {
    struct Full: Error {}
    #expect(throws: Full.self) { try recording(good).run { _ in throw Full() } }
  }

  @Test("Executables must declare each planned benchmark once")
  func declarationsMatch() throws {
    let schedule = try Schedule(declarations: declarations, profile: profile, seed: 3)
    func make(_ executables: [SuiteExecutable]) throws {
      _ = try Recording(
        session: UUID(), processes: schedule.processes, profile: profile, executables: executables)
    }
    #expect(throws: RunnerError.duplicateBenchmark("s/bad")) {
      try make([executable(good), executable(good)])
    }
    #expect(throws: RunnerError.self) { try make([]) }
  }
}
