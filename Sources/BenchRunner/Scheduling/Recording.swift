package import BenchModel
package import Foundation

/// One executable of a run: how it is started, what it was built from, and what it declares.
package struct SuiteExecutable: Sendable {
  package private(set) var worker: WorkerProcess
  package let build: Build
  package let declarations: [BenchmarkDeclaration]
  /// The seconds that one of its processes may take; by default ten times its plan and a minute.
  package let timeout: Double?
  /// The worker that counts its instructions, or those of its first layout, where that takes
  /// processes of its own.
  package var callgrind: CallgrindWorker?
  /// The executables of the same code in other link orders; empty where there is one layout only.
  package private(set) var relinked: [SuiteExecutable]
  /// Names the machine code alone (`BuiltSuite.codeHash`); `nil` where that is not known.
  package let codeHash: String?
  private let stamp: FileStamp?

  package init(
    worker: WorkerProcess, build: Build, declarations: [BenchmarkDeclaration],
    timeout: Double? = nil, relinked: [SuiteExecutable] = [], codeHash: String? = nil
  ) {
    self.codeHash = codeHash
    self.worker = worker
    self.build = build
    self.declarations = declarations
    self.timeout = timeout
    self.relinked = relinked
    stamp = worker.command.first.flatMap { FileStamp(path: $0) }
  }

  /// The worker that is started for a pass.
  package func worker(for pass: MeasurementPass) -> WorkerProcess {
    pass == .instructions ? callgrind?.worker ?? worker : worker
  }

  /// The seconds that a process may take. Under callgrind a body takes some 75 times as long.
  package func timeout(of profile: Profile, _ pass: MeasurementPass) -> Double {
    (timeout ?? 60 + 10 * profile.seconds) * (pass == .instructions ? 10 : 1)
  }

  /// The benchmarks whose instructions are counted in processes of their own.
  package var countedUnderCallgrind: Set<BenchmarkKey> {
    callgrind == nil ? [] : Set(declarations.filter(\.declaresInstructions).map(\.key))
  }

  /// Runs one process of a benchmark, and records what it measured and how it ended.
  package func measure(
    _ benchmark: BenchmarkDeclaration, _ pass: MeasurementPass, order: Int,
    position: RoundPosition? = nil, in session: UUID, _ profile: Profile, state: MachineState,
    interruption: Interruption?
  ) throws -> ProcessRecord {
    try checkUnchanged()
    let run = try worker(for: pass).run(
      benchmark, seed: Schedule.workloadSeed, plan: profile.plan(pass),
      timeout: timeout(of: profile, pass), interruption: interruption)
    return ProcessRecord(
      session: session, build: build, benchmark: benchmark, pass: pass, order: order,
      started: run.started, seconds: run.seconds, outcome: run.outcome, state: state,
      facts: naming(run.facts), standardError: run.standardError, measurements: run.measurements,
      position: position)
  }

  /// The facts of one of its processes with the code that it ran, where the build does not say it.
  package func naming(_ facts: WorkerFacts) -> WorkerFacts {
    var facts = facts
    facts.codeHash = codeHash == build.binaryHash ? nil : codeHash
    return facts
  }

  /// Whether it is a script that nothing builds.
  package var isInterpreted: Bool { codeHash == BuiltSuite.interpreted }

  /// Throws `RunnerError.executableChanged` where the file is no longer the one that `build` names.
  /// A copy stays; a script that runs where it lies may be edited.
  package func checkUnchanged() throws {
    guard let stamp, let path = worker.command.first else { return }
    guard FileStamp(path: path) == stamp else { throw RunnerError.executableChanged(path) }
  }

  /// The executable with the same code in other link orders, which run in the same folder.
  package func with(relinked: [SuiteExecutable]) -> SuiteExecutable {
    var executable = self
    executable.relinked = relinked.map {
      var linked = $0
      linked.worker = linked.worker.running(in: worker.workingDirectory)
      return linked
    }
    return executable
  }

  package var withOneLayout: SuiteExecutable { with(relinked: []) }

  /// The executable in a copy of the folder in which it runs; a cached executable stays where it
  /// is.
  package func moved(from folder: String, to copy: String) -> SuiteExecutable {
    func moved(_ path: String) -> String {
      path == folder || path.hasPrefix(folder + "/") ? copy + path.dropFirst(folder.count) : path
    }
    let worker = WorkerProcess(
      command: worker.command.map(moved), environment: worker.environment,
      workingDirectory: worker.workingDirectory.map(moved),
      hasFixedAddresses: worker.hasFixedAddresses)
    return SuiteExecutable(
      worker: worker, build: build, declarations: declarations, timeout: timeout,
      codeHash: codeHash)
  }

  /// The executable that has the layout, with its environment padded.
  package func laidOut(_ layout: ProcessLayout) -> SuiteExecutable {
    var linked = relinked.isEmpty ? self : relinked[layout.link % relinked.count]
    linked.callgrind = callgrind
    if layout.padding > 0 { linked.worker = linked.worker.padded(by: layout.padding) }
    return linked
  }

  /// The executable of every counting process, which always has the same layout.
  package var counting: SuiteExecutable { laidOut(ProcessLayout()) }
}

/// The progress of a recording. It is reported between processes only, so that drawing it disturbs
/// no sample.
package struct RecordingProgress: Sendable, Hashable {
  /// The number of finished and skipped processes, of `total`.
  package let done: Int
  package let total: Int
  /// The benchmark that starts next; `nil` at the end.
  package let next: BenchmarkKey?
  /// The seconds left; `nil` at the end.
  package let secondsLeft: Double?
}

/// A benchmark that failed in the same way so often that its other processes were not started.
package struct SkippedBenchmark: Sendable, Hashable {
  package let benchmark: BenchmarkKey
  package let outcome: ProcessOutcome
  package let processes: Int

  package init(benchmark: BenchmarkKey, outcome: ProcessOutcome, processes: Int) {
    self.benchmark = benchmark
    self.outcome = outcome
    self.processes = processes
  }
}

/// The result of a recording.
package struct RecordingResult: Sendable, Hashable {
  package let completed: Int
  /// The number of processes that ran and did not complete, without skipped ones.
  package let failed: Int
  package let skipped: [SkippedBenchmark]
  package let isInterrupted: Bool
}

/// Runs planned processes one after the other, and passes each record on as soon as it exists.
package struct Recording: Sendable {
  /// The number of identical failures in a row after which the next process would show nothing new.
  package static let identicalFailureLimit = 3

  private let session: UUID
  private let processes: [PlannedProcess]
  private let profile: Profile
  private let executables: [BenchmarkKey: SuiteExecutable]

  /// A recording of a schedule's processes, or of what is left of them.
  ///
  /// Throws `RunnerError.duplicateBenchmark` where two executables declare the same,
  /// `.unknownBenchmark` where none declares one.
  package init(
    session: UUID, processes: [PlannedProcess], profile: Profile, executables: [SuiteExecutable]
  ) throws {
    var byKey: [BenchmarkKey: SuiteExecutable] = [:]
    for executable in executables {
      for declaration in executable.declarations {
        guard byKey.updateValue(executable, forKey: declaration.key) == nil else {
          throw RunnerError.duplicateBenchmark("\(declaration.key)")
        }
      }
    }
    for process in processes where byKey[process.benchmark.key] == nil {
      throw RunnerError.unknownBenchmark("\(process.benchmark.key)")
    }
    self.session = session
    self.processes = processes
    self.profile = profile
    self.executables = byKey
  }

  /// Runs everything, or until the user interrupts; the process that is interrupted leaves no
  /// record.
  ///
  /// - Parameters:
  ///   - interruption: ends the recording when it is requested.
  ///   - state: called before each process.
  ///   - progress: called before each process and at the end.
  ///   - save: called after each process; an error that it throws ends the recording.
  /// - Returns: how the recording ended.
  /// - Throws: what `save` throws.
  package func run(
    interruption: Interruption? = nil, state: () -> MachineState = { MachineState() },
    progress: (RecordingProgress) -> Void = { _ in }, save: (ProcessRecord) throws -> Void
  ) throws -> RecordingResult {
    var recording = RecordingState(processes: processes, profile: profile)
    while let process = recording.next() {
      if interruption?.isRequested == true { return recording.result(isInterrupted: true) }
      progress(recording.progress)
      do {
        let record = try measure(process, state: state(), interruption: interruption)
        try save(record)
        recording.note(process, record)
      } catch RunnerError.interrupted {
        return recording.result(isInterrupted: true)
      }
    }
    progress(recording.progress)
    return recording.result(isInterrupted: false)
  }

  private func measure(
    _ process: PlannedProcess, state: MachineState, interruption: Interruption?
  ) throws -> ProcessRecord {
    guard let executable = executables[process.benchmark.key] else {
      throw RunnerError.unknownBenchmark("\(process.benchmark.key)")
    }
    return try executable.measure(
      process.benchmark, process.pass, order: process.order, in: session, profile, state: state,
      interruption: interruption)
  }
}
