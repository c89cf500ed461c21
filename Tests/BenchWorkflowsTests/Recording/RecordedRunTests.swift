import BenchModel
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("A run while it is recorded")
struct RecordedRunTests {
  private struct Broken: Error, Equatable {}

  private let commit = MeasuredExample.commit(1)
  private var build: Build { MeasuredExample.executable(of: commit).build }

  private func withStore(_ body: (ResultsStore, Run) throws -> Void) throws {
    try withTemporaryDirectory { folder in
      let store = try ResultsStore.fresh(in: folder)
      defer { try? store.close() }
      try body(store, MeasuredExample.run(commit))
    }
  }

  @Test("a run that begins is stored as running, with a session on this machine")
  func begins() throws {
    try withStore { store, run in
      let recorded = try RecordedRun(beginning: run, in: store)
      #expect(try store.status(of: run) == .running)
      #expect(try store.sessions(ofRun: run.id).map(\.id) == [recorded.session.id])
      #expect(recorded.session.machine == MeasuredExample.here)
      #expect(recorded.run == run)
    }
  }

  @Test("each process is there as soon as it is saved, and the status when measuring ends")
  func finishes() throws {
    try withStore { store, run in
      let recorded = try RecordedRun(beginning: run, in: store)
      let result = try recorded.measure(status: { (count: Int) in count == 2 ? .completed : .failed
      }) {
        for order in 0..<2 {
          try recorded.save(
            MeasuredExample.process(
              in: recorded.session, build: build, order: order, value: 100))
          #expect(try store.storedProcesses(ofRun: run.id).map(\.order) == Array(0...order))
        }
        #expect(try store.status(of: run) == .running)
        return 2
      }
      #expect(result == 2)
      #expect(try store.status(of: run) == .completed)
    }
  }

  @Test(
    "the status is the one that the result has",
    arguments: [RunStatus.completed, .failed, .interrupted])
  func status(_ status: RunStatus) throws {
    try withStore { store, run in
      try RecordedRun(beginning: run, in: store).measure(status: { _ in status }) {}
      #expect(try store.status(of: run) == status)
    }
  }

  @Test("where measuring fails, what is saved stays and the run can be resumed")
  func failingBody() throws {
    try withStore { store, run in
      let recorded = try RecordedRun(beginning: run, in: store)
      #expect(throws: Broken.self) {
        try recorded.measure(status: { _ in .completed }) {
          try recorded.save(
            MeasuredExample.process(in: recorded.session, build: build, value: 100))
          throw Broken()
        }
      }
      #expect(try store.status(of: run) == .interrupted)
      #expect(try store.storedProcesses(ofRun: run.id).count == 1)
      #expect(try store.interruptedRuns().map(\.run.id) == [run.id])
    }
  }

  @Test("a process that can't be saved ends measuring and leaves the run to be resumed")
  func failingSave() throws {
    try withStore { store, run in
      let recorded = try RecordedRun(beginning: run, in: store)
      let stranger = Session(
        run: UUID(), machine: MeasuredExample.here, state: MachineState(),
        started: MeasuredExample.start)
      #expect(throws: StoreError.self) {
        try recorded.measure(status: { _ in .completed }) {
          try recorded.save(MeasuredExample.process(in: stranger, build: build, value: 100))
        }
      }
      #expect(try store.status(of: run) == .interrupted)
      #expect(try store.storedProcesses(ofRun: run.id).isEmpty)
    }
  }

  @Test("a status that can't be told leaves the run to be resumed, too")
  func failingStatus() throws {
    try withStore { store, run in
      let recorded = try RecordedRun(beginning: run, in: store)
      #expect(throws: Broken.self) {
        try recorded.measure(status: { _ in throw Broken() }) {}
      }
      #expect(try store.status(of: run) == .interrupted)
    }
  }

  @Test("where nothing can be written any more, the error that ended measuring is the one thrown")
  func lostDatabase() throws {
    try withStore { store, run in
      let recorded = try RecordedRun(beginning: run, in: store)
      #expect(throws: Broken.self) {
        try recorded.measure(status: { _ in .completed }) {
          try store.close()
          throw Broken()
        }
      }
      let again = try ResultsStore.open(store.path, access: .readWrite)
      #expect(try again.status(of: run) == .running)
      let abandoned = try again.interruptAbandonedRuns { _ in false }
      #expect(abandoned.map(\.run.id) == [run.id])
      try again.close()
    }
  }

  @Test("a resumed run is running again, with another session beside the first")
  func resumes() throws {
    try withStore { store, run in
      let first = try RecordedRun(beginning: run, in: store)
      try first.measure(status: { _ in .interrupted }) {}
      let second = try RecordedRun(resuming: run, in: store)
      #expect(try store.status(of: run) == .running)
      #expect(
        try Set(store.sessions(ofRun: run.id).map(\.id)) == [first.session.id, second.session.id])
      try second.measure(status: { _ in .completed }) {}
      #expect(try store.status(of: run) == .completed)
    }
  }

  @Test("a run that is not interrupted can't be resumed, and gets no session")
  func resumesOnlyInterrupted() throws {
    try withStore { store, run in
      try RecordedRun(beginning: run, in: store).measure(status: { _ in .completed }) {}
      #expect(throws: StoreError.self) { try RecordedRun(resuming: run, in: store) }
      #expect(try store.status(of: run) == .completed)
      #expect(try store.sessions(ofRun: run.id).count == 1)
    }
  }

  @Test("of two recorders that resume a run at once, one gets it")
  func resumesOnce() throws {
    try withStore { store, run in
      try RecordedRun(beginning: run, in: store).measure(status: { _ in .interrupted }) {}
      _ = try RecordedRun(resuming: run, in: store)
      #expect(throws: StoreError.self) { try RecordedRun(resuming: run, in: store) }
      #expect(try store.status(of: run) == .running)
    }
  }

  @Test("a run that begins now belongs to this process and this version")
  func startingNow() {
    let run = Run(
      startingNow: Revision(commit: commit), purpose: .calibrate, profile: .smoke,
      selection: Selection(suites: ["suite"]), seed: 3, plannedProcesses: 12)
    #expect(run.toolVersion == Version.current)
    #expect(run.recorder == MachineProbe().currentRecorder())
    #expect(Workspace.isAlive(run))
    #expect((run.seed, run.plannedProcesses) == (3, 12))
    #expect(run.selection.suites == ["suite"])
  }

  @Test("a random seed can be stored as a positive number")
  func randomSeed() {
    for _ in 0..<100 { #expect(Int64(exactly: Run.randomSeed()) != nil) }
  }
}
