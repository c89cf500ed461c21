import BenchComparer
import BenchModel
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("Counts beside durations of one layout")
struct LayoutCorroborationTests {
  static let isCountable =
    (try? ChildProcess(["valgrind", "--version"]).capture().exit.isSuccess) ?? false

  private let benchmark = BenchmarkKey(id: "suite/one")

  /// A worker that takes as many samples as it is asked for, each of `turns` turns of a loop.
  private func worker(turns: Int, in folder: URL) throws -> WorkerProcess {
    let file = folder.appending(path: "worker-\(turns).sh")
    try Data(FixedWorkScript.text(turns: turns).utf8).write(to: file)
    return WorkerProcess(command: ["/bin/sh", file.path])
  }

  private func side(_ number: Int, _ worker: WorkerProcess) -> [SuiteExecutable] {
    [MeasuredExample.executable(of: MeasuredExample.commit(number), worker: worker)]
  }

  private func corroboration(
    _ base: [SuiteExecutable], _ head: [SuiteExecutable], in folder: URL,
    interruption: Interruption? = nil
  ) -> LayoutCorroboration {
    LayoutCorroboration(
      base: base, head: head, storage: folder.path + "/.benchdb", interruption: interruption)
  }

  @Test(
    "counts of both sides are stored with the session, and found again as counters",
    .enabled(if: isCountable, "valgrind is not installed"))
  func counts() throws {
    try withTemporaryDirectory { folder in
      let store = try ResultsStore.fresh(in: folder)
      defer { try? store.close() }
      let base = side(1, try worker(turns: 100, in: folder))
      let head = side(2, try worker(turns: 200, in: folder))
      let run = MeasuredExample.run(head[0].build.revision.commit, purpose: .confirm)
      var outcome: LayoutCorroboration.Outcome?
      try store.store(run) { session in
        for (order, arm) in [RoundPosition.Arm.base, .head].enumerated() {
          try store.save(
            MeasuredExample.process(
              in: session, build: (arm == .base ? base : head)[0].build, order: order, value: 100,
              position: RoundPosition(round: 0, arm: arm)))
        }
        outcome = try corroboration(base, head, in: folder).count(
          [benchmark], session: session.id, profile: MeasuredExample.profile, firstOrder: 2
        ) { try store.save($0) }[benchmark]
      }
      guard case .counted(let before, let after)? = outcome else {
        Issue.record("\(String(describing: outcome))")
        return
      }
      let ratio = try #require(after.instructions) / (try #require(before.instructions))
      #expect((1.5...2.1).contains(ratio))
      let wall = try store.pairedSeries(ofRun: run.id).first { $0.key.metric == "wall" }
      #expect(wall?.base?.counters == before && wall?.head?.counters == after)
      #expect(wall?.rounds.count == 1)
    }
  }

  @Test(
    "a worker that does not do as its plan says is not counted, and nothing is stored",
    .enabled(if: isCountable, "valgrind is not installed"))
  func notFixed() throws {
    try withTemporaryDirectory { folder in
      let ignoring = try ScriptedWorker.process("100", in: folder)
      let outcomes = try corroboration(side(1, ignoring), side(2, ignoring), in: folder).count(
        [benchmark], session: UUID(), profile: MeasuredExample.profile
      ) { _ in Issue.record("it was stored") }
      guard case .impossible(let reason)? = outcomes[benchmark] else {
        Issue.record("\(outcomes)")
        return
      }
      #expect(reason.hasPrefix("its work is not fixed: asked for 1 and for 3 samples"))
    }
  }

  @Test("what one side does not have, and what no time is left for, is not counted")
  func obstacles() throws {
    try withTemporaryDirectory { folder in
      let worker = try ScriptedWorker.process("100", in: folder)
      let both = corroboration(side(1, worker), side(2, worker), in: folder)
      let gone = BenchmarkKey(id: "suite/gone")
      let outcomes = try both.count(
        [gone, benchmark], session: UUID(), profile: MeasuredExample.profile, budget: .zero
      ) { _ in Issue.record("it was stored") }
      #expect(outcomes[gone] == .impossible("one side does not have it"))
      #expect(outcomes[benchmark] == .impossible("the time was over"))
    }
  }

  @Test("an interruption ends counting")
  func interrupted() throws {
    try withTemporaryDirectory { folder in
      let worker = try ScriptedWorker.process("100", in: folder)
      let interruption = try Interruption()
      interruption.request()
      #expect(throws: RunnerError.interrupted) {
        try corroboration(side(1, worker), side(2, worker), in: folder, interruption: interruption)
          .count([benchmark], session: UUID(), profile: MeasuredExample.profile) { _ in }
      }
    }
  }
}
