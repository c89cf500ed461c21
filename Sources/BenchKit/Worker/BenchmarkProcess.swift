import BenchModel
import CBenchCounters
import Dispatch
import Synchronization

/// Runs one benchmark in this process according to a plan.
enum BenchmarkProcess {
  static func run(
    _ benchmark: DeclaredBenchmark, seed: UInt64, plan: MeasurementPlan
  ) -> Result<ProcessResult, MeasurementFailure> {
    // This must happen before any thread is made, because later threads inherit the counters.
    if plan.pass == .timing { benchdb_hardware_open() }
    defer { benchdb_hardware_close() }
    return Result { () throws(MeasurementFailure) -> ProcessResult in
      if plan.pass == .instructions, try InstructionPass.isNeedless() { return ProcessResult() }
      var result = try measured(benchmark, seed: seed, plan: plan)
      try check(result.samples, of: benchmark)
      result.facts.peakResidentBytes = peakResident
      result.facts.harness = "BenchKit \(BenchmarkMain.version)"
      return result
    }
  }

  private static var peakResident: Int? {
    let bytes = benchdb_peak_resident_bytes()
    return bytes > 0 ? Int(bytes) : nil
  }

  private static func measured(
    _ benchmark: DeclaredBenchmark, seed: UInt64, plan: MeasurementPlan
  ) throws(MeasurementFailure) -> ProcessResult {
    do {
      switch benchmark.setup {
      case .running(let setup):
        let work = try setup(benchmark.parameters, seed)
        guard case .running(let batch) = work.batch else {
          return try waiting(for: work, benchmark, plan)
        }
        return try measure(work, batch, benchmark, plan)
      case .waiting(let setup):
        return try blocking {
          let work = try await setup(benchmark.parameters, seed)
          return try await measure(work, benchmark, plan)
        }
      }
    } catch let failure as MeasurementFailure {
      throw failure
    } catch {
      throw .thrown(error)
    }
  }

  /// Measures work. Synchronous work runs on the main thread, without the concurrency runtime.
  private static func measure(
    _ work: Work, _ batch: (Int) throws -> Void, _ benchmark: DeclaredBenchmark,
    _ plan: MeasurementPlan
  ) throws -> ProcessResult {
    let result: ProcessResult
    switch plan.pass {
    case .timing:
      var pass = TimingPass(plan: plan, watchesWall: benchmark.isGatedOnWall)
      try pass.run(work, batch: batch)
      result = pass.result()
    case .counting:
      var pass = CountingPass(plan: plan)
      try pass.run(work, batch: batch)
      result = pass.result()
    case .instructions:
      var pass = try InstructionPass(plan: plan)
      try pass.run(work, batch: batch)
      result = pass.result()
    }
    try check(work)
    return result
  }

  private static func measure(
    _ work: Work, _ benchmark: DeclaredBenchmark, _ plan: MeasurementPlan
  ) async throws -> ProcessResult {
    let batch: (Int) async throws -> Void
    switch work.batch {
    case .running(let running): return try measure(work, running, benchmark, plan)
    case .waiting(let waiting): batch = waiting
    }
    let result: ProcessResult
    switch plan.pass {
    case .timing:
      var pass = TimingPass(plan: plan, watchesWall: benchmark.isGatedOnWall)
      try await pass.run(work, batch: batch)
      result = pass.result()
    case .counting:
      var pass = CountingPass(plan: plan)
      try await pass.run(work, batch: batch)
      result = pass.result()
    case .instructions:
      var pass = try InstructionPass(plan: plan)
      try await pass.run(work, batch: batch)
      result = pass.result()
    }
    try check(work)
    return result
  }

  private static func waiting(
    for work: Work, _ benchmark: DeclaredBenchmark, _ plan: MeasurementPlan
  ) throws -> ProcessResult {
    let handed = Handed(work)
    return try blocking { try await measure(handed.work, benchmark, plan) }
  }

  private static func check(_ work: Work) throws(MeasurementFailure) {
    let complaint: String?
    do {
      complaint = try work.check()
    } catch {
      complaint = String(describing: error)
    }
    if let complaint { throw .wrongResult(complaint) }
  }

  private static func check(
    _ samples: [Sample], of benchmark: DeclaredBenchmark
  ) throws(MeasurementFailure) {
    let declared = Set(benchmark.declaration.metrics.map(\.name))
    for sample in samples {
      if !declared.contains(sample.metric) { throw .undeclaredMetric(sample.metric) }
      if !sample.value.isFinite {
        throw .notANumber(metric: sample.metric, value: sample.value)
      }
    }
  }

  /// Waits on this thread for asynchronous work on another.
  ///
  /// The program's main stays synchronous: an asynchronous one parks the main thread in the
  /// dispatch library in a way that valgrind does not survive.
  private static func blocking<Value: Sendable>(
    _ operation: sending @escaping () async throws -> Value
  ) throws -> Value {
    let outcome = Outcome<Value>()
    let finished = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        outcome.set(.success(try await operation()))
      } catch {
        outcome.set(.failure(error))
      }
      finished.signal()
    }
    finished.wait()
    return try outcome.get()
  }
}

/// Work that is passed to the task that runs it.
///
/// This is unchecked because the thread that made the work waits for that task and does not touch
/// it meanwhile.
private struct Handed: @unchecked Sendable {
  let work: Work
  init(_ work: Work) { self.work = work }
}

/// The result of a task, for the thread that waits for it.
private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)

  func set(_ new: Result<Value, any Error>) { result.withLock { $0 = new } }

  /// The result, which must have been set.
  func get() throws -> Value { try result.withLock { $0! }.get() }
}
