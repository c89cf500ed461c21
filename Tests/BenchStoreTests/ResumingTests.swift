import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Resuming")
struct ResumingTests {
  @Test("A running run whose recorder is gone becomes interrupted, and no other")
  func interruptsAbandonedRuns() throws {
    try withStore { store in
      let gone = StoredExample.run(1)
      let done = StoredExample.run(2)
      try store.begin(gone)
      try store.begin(done)
      try store.finish(run: done.id, status: .completed)
      #expect(try store.interruptAbandonedRuns(isAlive: { _ in true }).isEmpty)
      let interrupted = try store.interruptAbandonedRuns(isAlive: {
        $0.recorder != StoredExample.recorder
      })
      #expect(interrupted.map(\.run) == [gone])
      #expect(try store.interruptedRuns().map(\.run) == [gone])
      #expect(try store.run(done.id.uuidString).status == .completed)
    }
  }

  @Test("A resumed run knows what is stored, and only one of two resumers gets it")
  func resumes() throws {
    try withStore { store in
      let session = try beginSession(store)
      try store.save(StoredExample.process(in: session, order: 4, pass: .counting))
      try store.save(
        StoredExample.process(in: session, order: 2, outcome: .crashed(description: "signal 9")))
      try store.finish(run: session.run, status: .interrupted)

      #expect(
        try store.storedProcesses(ofRun: session.run) == [
          StoredProcess(
            benchmark: StoredExample.benchmark.key, pass: .timing, order: 2,
            commit: StoredExample.commit(1).hash, isCompleted: false),
          StoredProcess(
            benchmark: StoredExample.benchmark.key, pass: .counting, order: 4,
            commit: StoredExample.commit(1).hash, isCompleted: true),
        ])
      let other = Recorder(
        hostName: "build-8", bootIdentifier: "b", processIdentifier: 1, startTicks: 2)
      try store.resume(run: session.run, recorder: other)
      let stored = try store.run(session.run.uuidString)
      #expect(stored.status == .running && stored.finished == nil)
      #expect(stored.run.recorder == other)
      #expect(
        throws: StoreError.runNotInterrupted(
          session.run.uuidString.lowercased(), status: "running")
      ) { try store.resume(run: session.run, recorder: StoredExample.recorder) }
    }
  }

  @Test("A run is found by the start of its uuid, and an ambiguous start is an error of its own")
  func findsRuns() throws {
    try withStore { store in
      let ids = ["aaaa1111-0000-4000-8000-000000000000", "aaaa2222-0000-4000-8000-000000000000"]
      for (number, id) in ids.enumerated() {
        let run = StoredExample.run(number)
        try store.begin(
          Run(
            id: UUID(uuidString: id)!, revision: run.revision, purpose: run.purpose,
            profile: run.profile, seed: 1, started: run.started + Double(number),
            toolVersion: "1", plannedProcesses: 1, recorder: run.recorder))
      }
      #expect(try store.run("AAAA2").run.id == UUID(uuidString: ids[1]))
      #expect(throws: StoreError.ambiguousRun("aaaa", matches: ids)) { try store.run("aaaa") }
      #expect(throws: StoreError.noSuchRun("b")) { try store.run("b") }
      #expect(throws: StoreError.noSuchRun("")) { try store.run("") }
      #expect(try store.runs(limit: 1).map(\.run.id.uuidString) == [ids[1].uppercased()])
      #expect(try store.runs(commit: StoredExample.commit(0).hash).count == 1)
    }
  }
}
