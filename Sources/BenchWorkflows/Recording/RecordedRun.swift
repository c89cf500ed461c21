package import BenchModel
package import BenchRunner
package import BenchStore
import Foundation

/// A run that is being measured: it is in the store with a session of its own, takes each process
/// as it ends, and leaves a status behind however measuring ends.
package struct RecordedRun {
  package let run: Run
  package let session: Session
  private let store: ResultsStore
  private let probe: MachineProbe

  /// Stores a new run and its first session.
  package init(
    beginning run: Run, in store: ResultsStore, observing probe: MachineProbe = MachineProbe()
  ) throws {
    try self.init(run, in: store, observing: probe) { try store.begin(run) }
  }

  /// Takes an interrupted run over and stores another session of it.
  /// - Throws: `StoreError.runNotInterrupted` where another recorder was faster.
  package init(
    resuming run: Run, in store: ResultsStore, observing probe: MachineProbe = MachineProbe()
  ) throws {
    try self.init(run, in: store, observing: probe) {
      try store.resume(run: run.id, recorder: probe.currentRecorder())
    }
  }

  private init(
    _ run: Run, in store: ResultsStore, observing probe: MachineProbe, start: () throws -> Void
  ) throws {
    self.run = run
    self.store = store
    self.probe = probe
    session = Session(
      run: run.id, machine: probe.machineClass(), state: probe.state(), started: Date())
    try start()
    try leavingInterrupted { try store.begin(session) }
  }

  /// How the machine is doing at the moment.
  package func state() -> MachineState { probe.state() }

  package func save(_ process: ProcessRecord) throws { try store.save(process) }

  /// Stores processes that ran at the same time, all of them or none.
  package func save(_ processes: [ProcessRecord]) throws { try store.save(processes) }

  /// Measures, and ends the run with the status that its result has.
  ///
  /// Where measuring fails, the run is left to be resumed. A full disk or a lost database is often
  /// the reason; then that can't be written either, and whoever opens the database next finds a
  /// run without its recorder.
  /// - Returns: what `body` returns.
  package func measure<Result>(
    status: (Result) throws -> RunStatus, _ body: () throws -> Result
  ) throws -> Result {
    let (result, status) = try leavingInterrupted {
      let result = try body()
      return (result, try status(result))
    }
    try store.finish(run: run.id, status: status)
    return result
  }

  private func leavingInterrupted<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch {
      // The first error says why measuring ended.
      try? store.finish(run: run.id, status: .interrupted)
      throw error
    }
  }
}

extension Run {
  /// A run that this process begins now.
  package init(
    startingNow revision: Revision, purpose: RunPurpose, profile: Profile, selection: Selection,
    seed: UInt64, plannedProcesses: Int, observing probe: MachineProbe = MachineProbe()
  ) {
    self.init(
      revision: revision, purpose: purpose, profile: profile, seed: seed, started: Date(),
      toolVersion: Version.current, plannedProcesses: plannedProcesses, selection: selection,
      recorder: probe.currentRecorder())
  }

  /// A seed that SQLite stores and shows as a positive number.
  package static func randomSeed() -> UInt64 { .random(in: 0...UInt64(Int64.max)) }
}
