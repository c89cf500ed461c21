import BenchModel
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation

/// Values for tests of what measures, made without a build.
enum MeasuredExample {
  static let start = Date(timeIntervalSince1970: 1_780_000_000)
  /// The class of this machine, since workflows look for results of the machine that they run on.
  static let here = MachineProbe().machineClass()

  /// Without counting processes, so that a test starts few.
  static let profile = Profile(
    name: "test", processes: 2, countingProcesses: 0, seconds: 0.01, maximumSamples: 3,
    maximumRecords: .max)

  static let wall = Metric.wall.gated(true)
  /// A metric that is judged after the fewest rounds.
  static let exact = Metric.wall.gated(true, judgement: .exact(tolerance: 0.01))

  static func hash(_ number: Int) -> String {
    String(format: "%09x", number + 1) + String(repeating: "0", count: 31)
  }

  /// A commit whose only parent is the one before, unless its parents are given.
  static func commit(_ number: Int, parents: [Int]? = nil, tree: String? = nil) -> Commit {
    let time = start + 60 * Double(number)
    return Commit(
      hash: hash(number), parents: (parents ?? (number > 0 ? [number - 1] : [])).map(hash),
      author: "Ada <ada@example.org>", authored: time, committed: time,
      subject: "Change \(number)", tree: tree ?? "tree \(number)")
  }

  static func declaration(
    _ name: String = "suite/one", version: Int = 1, metrics: [Metric] = [exact]
  ) -> BenchmarkDeclaration {
    BenchmarkDeclaration(key: BenchmarkKey(id: name), version: version, metrics: metrics)
  }

  static func executable(
    of commit: Commit, binary: String? = nil,
    _ declarations: [BenchmarkDeclaration] = [declaration()],
    worker: WorkerProcess = WorkerProcess(command: ["/bin/true"]), code: String? = nil
  ) -> SuiteExecutable {
    SuiteExecutable(
      worker: worker,
      build: Build(
        revision: Revision(commit: commit), toolchain: "Swift 6",
        binaryHash: binary ?? "binary of \(commit.subject)"),
      declarations: declarations, timeout: 20, codeHash: code)
  }

  static func built(
    _ number: Int, binary: String? = nil, _ declarations: [BenchmarkDeclaration] = [declaration()],
    worker: WorkerProcess = WorkerProcess(command: ["/bin/true"])
  ) -> BuiltCommit {
    let commit = commit(number)
    return BuiltCommit(
      commit: commit,
      executables: [executable(of: commit, binary: binary, declarations, worker: worker)])
  }

  static func run(
    _ commit: Commit, purpose: RunPurpose = .record, profile: Profile = profile,
    selection: Selection = Selection(), started: Date = start
  ) -> Run {
    Run(
      revision: Revision(commit: commit), purpose: purpose, profile: profile, seed: 7,
      started: started, toolVersion: "1", plannedProcesses: 4, selection: selection,
      recorder: MachineProbe().currentRecorder())
  }

  /// A process that measured one value, or failed where that is `nil`.
  static func process(
    in session: Session, build: Build, _ declaration: BenchmarkDeclaration = declaration(),
    order: Int = 0, value: Double?, position: RoundPosition? = nil
  ) -> ProcessRecord {
    let measurements = (value.map { [$0] } ?? []).map { value in
      BenchModel.MetricSamples(
        metric: declaration.metrics[0], values: [value, value], iterations: [1, 1], warmUpCount: 0,
        summary: MeasurementSummary(of: [value, value]))
    }
    return ProcessRecord(
      session: session.id, build: build, benchmark: declaration, pass: .timing, order: order,
      started: session.started + Double(order), seconds: 0.1,
      outcome: value == nil ? .crashed(description: "was killed") : .completed,
      measurements: measurements, position: position)
  }
}

/// Runs that a test stores instead of measuring them.
extension ResultsStore {
  /// Opens a fresh database in a folder.
  static func fresh(in folder: URL) throws -> ResultsStore {
    try open(folder.appending(path: "results.sqlite").path, access: .readWrite)
  }

  /// Stores a run with one session and hands the session to `body`, which stores its processes.
  func store(
    _ run: Run, status: RunStatus = .completed, on machine: MachineClass = MeasuredExample.here,
    _ body: (Session) throws -> Void
  ) throws {
    let session = Session(
      run: run.id, machine: machine, state: MachineState(), started: run.started)
    try begin(run)
    try begin(session)
    try body(session)
    try finish(run: run.id, status: status)
  }

  /// Stores rounds of two commits, the A/A control among them, as measuring them would.
  func store(
    _ run: Run, rounds: [(base: Double, head: Double?)], of base: SuiteExecutable,
    and head: SuiteExecutable, status: RunStatus = .completed,
    on machine: MachineClass = MeasuredExample.here
  ) throws {
    let declaration = base.declarations[0]
    try store(run, status: status, on: machine) { session in
      var order = 0
      for (number, values) in rounds.enumerated() {
        var arms: [(RoundPosition.Arm, SuiteExecutable, Double?)] = [
          (.base, base, values.base), (.head, head, values.head),
        ]
        if PairedRound.hasControl(number) { arms.append((.control, base, values.base)) }
        for (arm, executable, value) in arms {
          try save(
            MeasuredExample.process(
              in: session, build: executable.build, declaration, order: order, value: value,
              position: RoundPosition(round: number, arm: arm)))
          order += 1
        }
      }
    }
  }

  func status(of run: Run) throws -> RunStatus {
    try self.run(run.id.uuidString.lowercased()).status
  }
}
