import BenchModel
import BenchRunner
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

  /// What a recording asked and saved.
  private final class Journal {
    var asked: [Int] = []
    var saved: [ProcessRecord] = []

    func stored(_ session: UUID) -> [RoundProcess] {
      saved.compactMap { record in
        record.place.map {
          RoundProcess(
            benchmark: record.benchmark.key, pass: record.pass, place: $0, session: session,
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
      }, save: { journal.saved.append($0) })
    #expect(journal.asked == [2, 4])
    #expect(result.ending == .complete && result.rounds == 4)
    #expect(result.processes == 15 && result.failed.isEmpty)
    for record in journal.saved {
      let place = try #require(record.place)
      #expect(record.build.binaryHash == (place.arm == .head ? "head" : "base"))
      #expect(record.benchmark.key == keys[1] || place.round < 2)
    }
    // Two of each in round 0 and a null arm, in the others two; round 3 has a null arm again.
    let counts = Dictionary(grouping: journal.saved.compactMap(\.place), by: \.round)
      .mapValues(\.count)
    #expect(counts == [0: 6, 1: 4, 2: 2, 3: 3])
    #expect(journal.saved.map(\.order) == journal.saved.map(\.order).sorted())
  }

  @Test("Progress names the round, what takes part and how long it may take at most")
  func progress() throws {
    var progress: [PairedRecordingProgress] = []
    _ = try recording().run(
      looks: [2], progress: { progress.append($0) }, undecided: { _ in [] }, save: { _ in })
    #expect(progress.map(\.round) == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    #expect(progress.allSatisfy { $0.lastRound == 2 && $0.undecided == 2 })
    #expect(progress[0].secondsLeft == nil)
    #expect(progress.dropFirst().allSatisfy { ($0.secondsLeft ?? 0) > 0 })
  }

  @Test("A benchmark that fails is not measured any further, the other is")
  func failure() throws {
    let journal = Journal()
    let head = "read line; case $line in *s/one*) exit 9;; esac\n" + good
    let result = try recording(head: head).run(
      looks: [3], undecided: { _ in [] }, save: { journal.saved.append($0) })
    #expect(result.failed == [keys[0]] && result.rounds == 3 && result.ending == .complete)
    let one = journal.saved.filter { $0.benchmark.key == keys[0] }
    #expect(one.last?.place?.arm == .head && one.last?.outcome.isCompleted == false)
    #expect(one.allSatisfy { $0.place?.round == 0 })
    #expect(journal.saved.count { $0.benchmark.key == keys[1] } == 7)
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

  @Test("Interrupted after any process and gone on with, the same is measured, torn rounds whole")
  func resuming() throws {
    let whole = Journal()
    _ = try recording().run(
      looks: [2, 4], undecided: { _ in [keys[0]] }, save: { whole.saved.append($0) })
    for count in 1..<whole.saved.count {
      let session = UUID()
      let journal = Journal()
      let interruption = try Interruption()
      let first = try recording(session: session).run(
        looks: [2, 4], interruption: interruption, undecided: { _ in [keys[0]] },
        save: {
          journal.saved.append($0)
          if journal.saved.count == count { interruption.request() }
        })
      #expect(first.ending == .interrupted && first.processes == count)

      var again: [ProcessRecord] = []
      let second = try recording().run(
        looks: [2, 4], stored: journal.stored(session), undecided: { _ in [keys[0]] },
        save: { again.append($0) })
      #expect(second.ending == .complete && second.rounds == 4)
      let expected = whole.saved.map(\.order)
      #expect(Set(journal.saved.map(\.order)).union(again.map(\.order)) == Set(expected))
      // At most the round that was torn is run twice, less the process that was still to come.
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
