import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Paired recordings") struct PairedRecordingTests {
  private let good = #"""
    printf '%s\n' '{"message":"sample","metric":"wall","value":2,"order":0}' '{"message":"done"}' >&3

    """#
  private let profile = Profile(
    name: "test", processes: 5, countingProcesses: 0, seconds: 0.01, maximumSamples: 5,
    maximumRecords: .max)
  private let keys = ["s/one", "s/two"].map { BenchmarkKey(id: $0) }

  private func executable(_ name: String, _ script: String? = nil) -> SuiteExecutable {
    let commit = Commit(hash: name, authored: .distantPast, committed: .distantPast)
    return SuiteExecutable(
      worker: WorkerProcess(command: ["/bin/sh", "-c", script ?? good]),
      build: Build(revision: Revision(commit: commit), toolchain: "t", binaryHash: name),
      declarations: keys.map { BenchmarkDeclaration(key: $0, metrics: [.wall]) })
  }

  private func recording(head: String? = nil, session: UUID = UUID()) throws -> PairedRecording {
    try PairedRecording(
      session: session, plan: PairedPlan(benchmarks: keys, countingRounds: 0, seed: 3),
      profile: profile, base: [executable("base")], head: [executable("head", head)])
  }

  /// The requests of a recording, and the processes that it saved.
  private final class Journal {
    var asked: [Int] = []
    var saved: [ProcessRecord] = []

    func stored(_ session: UUID) -> [RoundProcess] {
      saved.compactMap { record in
        record.position.map {
          RoundProcess(
            benchmark: record.benchmark.key, pass: record.pass, position: $0, session: session,
            isCompleted: record.outcome.isCompleted)
        }
      }
    }
  }

  @Test("Each arm runs its own build, and after each look only what is undecided goes on")
  func looks() throws {
    let journal = Journal()
    let result = try recording().run(
      looks: [2, 4, 5],
      undecided: { rounds in
        journal.asked.append(rounds)
        return rounds == 2 ? [keys[1]] : []
      }, save: { journal.saved += $0 })
    #expect(journal.asked == [2, 4])
    #expect(result.ending == .complete && result.rounds == 4)
    #expect(result.processes == 17 && result.failed.isEmpty)
    for record in journal.saved {
      let position = try #require(record.position)
      #expect(record.build.binaryHash == (position.arm == .head ? "head" : "base"))
      #expect(record.benchmark.key == keys[1] || position.round < 2)
    }
    // There are two of each, and an A/A control in rounds 0, 1 and 3.
    let counts = Dictionary(grouping: journal.saved.compactMap(\.position), by: \.round)
      .mapValues(\.count)
    #expect(counts == [0: 6, 1: 6, 2: 2, 3: 3])
    #expect(journal.saved.map(\.order) == journal.saved.map(\.order).sorted())
  }

  @Test("Progress names the round, what takes part and how long it may take at most")
  func progress() throws {
    var progress: [PairedRecordingProgress] = []
    _ = try recording().run(
      looks: [2], progress: { progress.append($0) }, undecided: { _ in [] }, save: { _ in })
    #expect(progress.map(\.round) == Array(repeating: 0, count: 6) + Array(repeating: 1, count: 6))
    #expect(progress.allSatisfy { $0.lastRound == 2 && $0.undecided == 2 })
    #expect(progress[0].secondsLeft == nil)
    #expect(progress.dropFirst().allSatisfy { ($0.secondsLeft ?? 0) > 0 })
  }

  @Test("A benchmark that fails twice is not measured any further, the other is")
  func failure() throws {
    let journal = Journal()
    let head = "read line; case $line in *s/one*) exit 9;; esac\n" + good
    var failures: [PairedFailure] = []
    let result = try recording(head: head).run(
      looks: [3], failure: { failures.append($0) }, undecided: { _ in [] },
      save: { journal.saved += $0 })
    #expect(failures.map(\.consequence) == [.runAgain, .dropped])
    #expect(failures.allSatisfy { $0.benchmark == keys[0] && $0.position.arm == .head })
    #expect(result.failed == [keys[0]] && result.rounds == 3 && result.ending == .complete)
    let one = journal.saved.filter { $0.benchmark.key == keys[0] }
    #expect(one.last?.position?.arm == .head && one.last?.outcome.isCompleted == false)
    #expect(one.allSatisfy { $0.position?.round == 0 })
    #expect(journal.saved.count { $0.benchmark.key == keys[1] } == 8)
  }

  @Test(
    "Where one side fails twice before the other ran, the other is run once",
    arguments: UInt64(0)..<8)
  func bothSidesSeen(seed: UInt64) throws {
    for (base, head) in [("exit 9", good), (good, "exit 9"), ("exit 9", "exit 9")] {
      let journal = Journal()
      let recording = try PairedRecording(
        session: UUID(), plan: PairedPlan(benchmarks: keys, countingRounds: 1, seed: seed),
        profile: profile, base: [executable("base", base)], head: [executable("head", head)])
      let result = try recording.run(
        looks: [2], undecided: { _ in Set(keys) }, save: { journal.saved += $0 })
      #expect(result.failed == keys && result.ending == .complete, "seed \(seed)")
      for key in keys {
        let ran = journal.saved.filter { $0.benchmark.key == key }
        let sides = Set(ran.map { $0.position?.arm == .head })
        #expect(sides == [true, false] && ran.count <= 4, "seed \(seed): \(ran.count)")
      }
      // Nothing is left to resume.
      _ = try recording.run(
        looks: [2], stored: journal.stored(UUID()), undecided: { _ in Set(keys) },
        save: { _ in Issue.record("seed \(seed): nothing was left") })
    }
  }

  @Test("A process that fails once is run again, and its benchmark goes on")
  func retry() throws {
    try withTemporaryDirectory { directory in
      let mark = directory.appending(path: "failed").path
      let head = "[ -e '\(mark)' ] || { : >'\(mark)'; exit 9; }\n" + good
      let (session, journal) = (UUID(), Journal())
      var failures: [PairedFailure] = []
      let result = try recording(head: head, session: session).run(
        looks: [2], failure: { failures.append($0) }, undecided: { _ in [] },
        save: { journal.saved += $0 })
      #expect(result.failed.isEmpty && result.rounds == 2 && result.processes == 13)
      #expect(failures.map(\.consequence) == [.runAgain])
      let failed = try #require(journal.saved.firstIndex { !$0.outcome.isCompleted })
      #expect(journal.saved[failed + 1].position == journal.saved[failed].position)
      #expect(journal.saved[failed + 1].order == journal.saved[failed].order)
      // The round is complete, so resuming does not run it again.
      let again = try recording().run(
        looks: [2], stored: journal.stored(session), undecided: { _ in [] },
        save: { _ in Issue.record("nothing was left") })
      #expect(again.processes == 0 && again.rounds == 2)
    }
  }

  @Test("A process runs in the layout assigned to its round, and its record names that build")
  func layouts() throws {
    let linked = (0..<3).map {
      executable("layout \($0)", "test ${#BENCHDB_PADDING} -ge 0\n" + good)
    }
    let plan = PairedPlan(benchmarks: keys, countingRounds: 0, seed: 3, layouts: 3)
    var saved: [ProcessRecord] = []
    _ = try PairedRecording(
      session: UUID(), plan: plan, profile: profile,
      base: [executable("base").with(relinked: linked)], head: [executable("head")]
    ).run(looks: [3], undecided: { _ in [] }, save: { saved += $0 })
    let planned = (0..<3).flatMap { plan.round($0, of: Set(keys)) }
    #expect(saved.count == planned.count)
    for (record, process) in zip(saved, planned) {
      #expect(record.outcome.isCompleted, "\(record.outcome)")
      #expect(
        record.build.binaryHash
          == (process.position.arm == .head ? "head" : "layout \(process.layout.link)"))
    }
    #expect(Set(saved.map(\.build.binaryHash)).count == 4)
  }

  @Test(
    "Instructions are counted under callgrind in the first of several layouts",
    .enabled(if: CallgrindTests.isInstalled, "valgrind is not installed"))
  func countedLayouts() throws {
    try withTemporaryDirectory { folder in
      let script = "test -n \"$BENCHDB_CALLGRIND_OUT\" || exit 9\n" + good
      let linked = (0..<3).map { executable("layout \($0)", $0 == 0 ? script : "exit 8") }
      var base = executable("base", "exit 7").with(relinked: linked)
      base.callgrind = try CallgrindWorker(base.counting.worker, storage: folder.path)
      let plan = PairedPlan(
        benchmarks: keys, countingRounds: 0, seed: 3, instructionRounds: 2, counted: Set(keys),
        layouts: 3)
      let process = try #require(
        plan.round(1, of: Set(keys)).first { $0.pass == .instructions && $0.position.arm == .base })
      #expect(process.layout == ProcessLayout())
      let counting = base.laidOut(process.layout)
      #expect(counting.build.binaryHash == "layout 0")
      let run = try counting.worker(for: .instructions).run(
        try #require(base.declarations.first), seed: 1, plan: profile.plan(.instructions),
        timeout: 60)
      #expect(run.outcome.isCompleted, "\(run.outcome) \(run.standardError)")
    }
  }

  @Test("When every benchmark fails, nothing is asked any more")
  func allFail() throws {
    let result = try recording(head: "exit 9").run(
      looks: [2, 4],
      undecided: { _ in
        Issue.record("there is nothing to decide")
        return []
      }, save: { _ in })
    #expect(result.failed == keys && result.ending == .complete)
  }

  @Test(
    "Interrupted after any process and resumed, the same is measured, and cut rounds are complete")
  func resuming() throws {
    let whole = Journal()
    _ = try recording().run(
      looks: [2, 4], undecided: { _ in [keys[0]] }, save: { whole.saved += $0 })
    for count in 1..<whole.saved.count {
      let session = UUID()
      let journal = Journal()
      let interruption = try Interruption()
      let first = try recording(session: session).run(
        looks: [2, 4], interruption: interruption, undecided: { _ in [keys[0]] },
        save: {
          journal.saved += $0
          if journal.saved.count == count { interruption.request() }
        })
      #expect(first.ending == .interrupted && first.processes == count)

      var again: [ProcessRecord] = []
      let second = try recording().run(
        looks: [2, 4], stored: journal.stored(session), undecided: { _ in [keys[0]] },
        save: { again += $0 })
      #expect(second.ending == .complete && second.rounds == 4)
      let expected = whole.saved.map(\.order)
      #expect(Set(journal.saved.map(\.order)).union(again.map(\.order)) == Set(expected))
      // At most the interrupted round is run twice, except for the process that was still to come.
      #expect(journal.saved.count + again.count < expected.count + 3)
      #expect(again.map(\.order) == again.map(\.order).sorted())
    }
  }

  @Test("The deadline ends a recording between two processes")
  func deadline() throws {
    let result = try recording().run(
      looks: [2], deadline: .now, undecided: { _ in [] },
      save: { _ in Issue.record("too late") })
    #expect(result.ending == .outOfTime && result.rounds == 0 && result.processes == 0)
  }

  @Test("A worker that hangs is ended by a request, and leaves no record")
  func torn() throws {
    let interruption = try Interruption()
    let result = try PairedRecording(
      session: UUID(), plan: PairedPlan(benchmarks: keys, countingRounds: 0, seed: 3),
      profile: profile, base: [executable("base", "sleep 60")],
      head: [executable("head", "sleep 60")]
    ).run(
      looks: [2], interruption: interruption,
      progress: { _ in Thread.detachNewThread { interruption.request() } },
      undecided: { _ in [] }, save: { _ in Issue.record("a torn process was saved") })
    #expect(result.ending == .interrupted && result.processes == 0)
  }

  @Test("Both sides must have every benchmark of the plan, once")
  func declarations() throws {
    func make(base: [SuiteExecutable], head: [SuiteExecutable]) throws {
      _ = try PairedRecording(
        session: UUID(), plan: PairedPlan(benchmarks: keys, countingRounds: 0, seed: 3),
        profile: profile, base: base, head: head)
    }
    let one = executable("one")
    #expect(throws: RunnerError.duplicateBenchmark("s/one")) {
      try make(base: [one], head: [one, one])
    }
    #expect(throws: RunnerError.unknownBenchmark("s/one")) { try make(base: [], head: [one]) }
  }

  @Test("An error while saving ends the recording")
  func savingFails() throws {
    struct Full: Error {}
    #expect(throws: Full.self) {
      try recording().run(looks: [2], undecided: { _ in [] }, save: { _ in throw Full() })
    }
  }
}
