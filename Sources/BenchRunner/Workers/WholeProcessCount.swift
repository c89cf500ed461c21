package import BenchModel
package import Foundation

/// Counts the instructions of one iteration of any worker's benchmark, without the worker's help.
///
/// The worker runs as a whole under callgrind with a plan of fixed work, once for one sample and
/// once for several. What start-up takes is the same in both, so that the difference of the totals
/// is the count of the samples between. Programs that the worker starts count, too. The longer run
/// is repeated: a count that is not the same within 0.1 % is none.
package struct WholeProcessCount: Sendable {
  private let worker: WorkerProcess
  /// Lives as long as somebody may start the worker.
  private let folder: OwnedFolder

  package enum Outcome: Sendable, Hashable {
    case counted(Counted)
    /// Why there is no count, in words for people.
    case impossible(String)
  }

  package struct Counted: Sendable, Hashable {
    /// The instructions of one iteration.
    package let instructions: Double
    /// The number of iterations that were counted.
    package let iterations: Int
    package let started: Date
    /// How long counting took.
    package let seconds: Double
    package let facts: WorkerFacts
  }

  /// Prepares a worker to run under callgrind, below `storage`. A script runs where it lies; of
  /// what was built a copy without debug information runs, as `CallgrindWorker` says.
  ///
  /// Throws `RunnerError.valgrindMissing`, and `.unwritable` where the copy can't be made.
  package init(
    _ original: WorkerProcess, storage: String, interruption: Interruption? = nil
  ) throws {
    try Valgrind.require(interruption)
    folder = try OwnedFolder(in: storage + "/callgrind")
    let program = original.command[0]
    // What benchdb did not build is no copy either.
    let isCopied = try program.hasPrefix(storage + "/") && !ProductHash.isScript(program)
    let copy = isCopied ? try Valgrind.copy(of: program, into: folder.path, interruption) : program
    counts = folder.path + "/benchdb-counts"
    try createFolder(counts)
    worker = WorkerProcess(
      command: [
        "valgrind", "--quiet", "--tool=callgrind", "--trace-children=yes",
        "--callgrind-out-file=" + Valgrind.path(counts) + "/%p", copy,
      ] + original.command.dropFirst(),
      environment: original.environment.merging(Self.fixedHashing) { $1 },
      workingDirectory: original.workingDirectory, hasFixedAddresses: true)
  }

  /// The folder in which each process leaves its count.
  private let counts: String

  /// What makes the tables of some languages the same in every process.
  private static let fixedHashing = [
    "SWIFT_DETERMINISTIC_HASHING": "1", "PYTHONHASHSEED": "0", "PERL_HASH_SEED": "0",
  ]

  /// Counts. `timeout` is the seconds that each of its processes may take.
  /// - Throws: `RunnerError` where the worker can't be started, or when the user interrupts.
  package func count(
    _ benchmark: BenchmarkDeclaration, timeout: Double, interruption: Interruption? = nil
  ) throws -> Outcome {
    var work = FixedWork()
    while true {
      let runs: [Run]
      do {
        runs = try [1, work.samples, work.samples].map {
          try run(
            benchmark, samples: $0, seconds: work.seconds, timeout: timeout,
            interruption: interruption)
        }
      } catch let failure as Failure { return .impossible(failure.reason) }
      switch work.judge(runs.map(\.total)) {
      case .counted(let instructions, let iterations):
        return .counted(
          Counted(
            instructions: instructions, iterations: iterations, started: runs[0].run.started,
            seconds: runs.reduce(0) { $0 + $1.run.seconds }, facts: runs[1].run.facts))
      case .impossible(let reason): return .impossible(reason)
      case .again: continue
      }
    }
  }

  private struct Run {
    let run: WorkerRun
    let total: FixedWork.Total
  }

  private struct Failure: Error {
    let reason: String
  }

  private func run(
    _ benchmark: BenchmarkDeclaration, samples: Int, seconds: Double, timeout: Double,
    interruption: Interruption?
  ) throws -> Run {
    let plan = MeasurementPlan(
      seconds: seconds, maximumSamples: samples, minimumSamples: samples, warmUpSeconds: 0)
    defer { forget() }
    let run = try worker.run(
      benchmark, seed: Schedule.workloadSeed, plan: plan, timeout: timeout,
      interruption: interruption)
    guard run.outcome.isCompleted else {
      throw Failure(reason: "under callgrind it \(Self.words(run.outcome))")
    }
    guard let instructions = try total() else {
      throw Failure(reason: "callgrind left no count of it")
    }
    let longest = run.measurements.max { $0.summary.count < $1.summary.count }
    return Run(
      run: run,
      total: FixedWork.Total(
        instructions: instructions, samples: longest?.summary.count ?? 0,
        iterations: longest?.iterations.reduce(0, { $0.addingSaturated($1) }) ?? 0))
  }

  private static func words(_ outcome: ProcessOutcome) -> String {
    switch outcome {
    case .timedOut(let seconds): "takes longer than \(Int(seconds)) s"
    case .crashed(let description): description
    default: outcome.summary
    }
  }

  /// The instructions of all processes of a run; `nil` where none left a count.
  private func total() throws -> Double? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: counts)) ?? []
    let totals = try names.compactMap { try Self.summary(ofFile: counts + "/" + $0) }
    return totals.isEmpty ? nil : totals.reduce(0, +)
  }

  /// The number after `summary:`, which stands before the functions in a file of callgrind's.
  private static func summary(ofFile path: String) throws -> Double? {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      let text = String(decoding: try file.read(upToCount: 1 << 16) ?? Data(), as: UTF8.self)
      return text.split(separator: "\n").first { $0.hasPrefix("summary: ") }
        .flatMap { Double($0.dropFirst(9)) }
    } catch {
      throw RunnerError.unreadable(path, reason: error.localizedDescription)
    }
  }

  private func forget() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: counts)) ?? [] {
      try? FileManager.default.removeItem(atPath: counts + "/" + name)
    }
  }
}
