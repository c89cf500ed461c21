import BenchModel
import CBenchCounters
import Dispatch
import Synchronization

/// What a process is asked to measure of its benchmark.
enum MeasuringTask {
  case plan(MeasurementPlan)
  /// Turns, as benchdb tells it on the channel.
  case turns(TurnChannel, maximumSamples: Int)

  var pass: MeasurementPass {
    switch self {
    case .plan(let plan): plan.pass
    case .turns: .timing
    }
  }

  func makePass(for benchmark: DeclaredBenchmark) throws(MeasurementFailure) -> any MeasuringPass {
    switch self {
    case .turns(let channel, let samples): TurnPass(channel: channel, maximumSamples: samples)
    case .plan(let plan):
      switch plan.pass {
      case .timing: TimingPass(plan: plan, watchesWall: benchmark.isGatedOnWall)
      case .counting: CountingPass(plan: plan)
      case .instructions: try InstructionPass(plan: plan)
      }
    }
  }
}

/// Runs one benchmark in this process as it is asked to.
enum BenchmarkProcess {
  static func run(
    _ benchmark: DeclaredBenchmark, seed: UInt64, task: MeasuringTask
  ) -> Result<ProcessResult, MeasurementFailure> {
    // This must happen before any thread is made, because later threads inherit the counters.
    if task.pass == .timing { benchdb_hardware_open() }
    defer { benchdb_hardware_close() }
    return Result { () throws(MeasurementFailure) -> ProcessResult in
      if task.pass == .instructions, try InstructionPass.isNeedless() { return ProcessResult() }
      var result = try measured(benchmark, seed: seed, task)
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
    _ benchmark: DeclaredBenchmark, seed: UInt64, _ task: MeasuringTask
  ) throws(MeasurementFailure) -> ProcessResult {
    let pass = Handed(try task.makePass(for: benchmark))
    do {
      switch benchmark.setup {
      case .running(let setup):
        let work = try setup(benchmark.parameters, seed)
        guard case .running(let batch) = work.batch else {
          let handed = Handed(work)
          return try blocking { try await measure(handed.value, pass.value) }
        }
        return try measure(work, batch, pass.value)
      case .waiting(let setup):
        return try blocking {
          let work = try await setup(benchmark.parameters, seed)
          return try await measure(work, pass.value)
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
    _ work: Work, _ batch: (Int) throws -> Void, _ pass: any MeasuringPass
  ) throws -> ProcessResult {
    var pass = pass
    try pass.run(work, batch: batch)
    try check(work)
    return pass.result()
  }

  private static func measure(_ work: Work, _ pass: any MeasuringPass) async throws -> ProcessResult
  {
    switch work.batch {
    case .running(let batch): return try measure(work, batch, pass)
    case .waiting(let batch):
      var pass = pass
      try await pass.run(work, batch: batch)
      try check(work)
      return pass.result()
    }
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

/// A value that is passed to the task that uses it.
///
/// This is unchecked because the thread that made the value waits for that task and does not touch
/// it meanwhile.
private struct Handed<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

/// The result of a task, for the thread that waits for it.
private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)

  func set(_ new: Result<Value, any Error>) { result.withLock { $0 = new } }

  /// The result, which must have been set.
  func get() throws -> Value { try result.withLock { $0! }.get() }
}
