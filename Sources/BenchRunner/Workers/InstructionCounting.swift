import BenchModel

/// How the instructions of an executable's benchmarks can be counted here.
package enum InstructionCounting: Sendable, Hashable {
  /// They are counted in every timing process, by the machine or by the worker itself.
  case alongside
  /// Under callgrind, in processes of their own.
  case underCallgrind
  /// They are not counted, for this reason.
  case impossible(String)

  /// Asks the executable: only it knows with what it was built, and whether the system lets it have
  /// the machine's counter.
  ///
  /// Throws `RunnerError` when it can't be started, or when the user interrupts.
  package init(of executable: SuiteExecutable, interruption: Interruption? = nil) throws {
    guard let benchmark = executable.declarations.first(where: \.declaresInstructions) else {
      self = .impossible("none of its benchmarks declares the metric 'instructions'")
      return
    }
    let plan = MeasurementPlan(
      pass: .instructions, seconds: 0.01, maximumSamples: 1, minimumSamples: 1, warmUpSeconds: 0.01)
    let answer = try executable.worker.run(
      benchmark, seed: Schedule.workloadSeed, plan: plan, timeout: 60, interruption: interruption)
    switch answer.outcome {
    case .completed: self = .alongside
    case .failed(WorkerProtocol.needsCallgrind, _): self = .underCallgrind
    case .failed(WorkerProtocol.lacksCallgrind, let detail): self = .impossible(detail)
    case .failed, .crashed, .timedOut, .protocolViolation:
      self = .impossible("it does not know how; only executables made with BenchKit do")
    }
  }
}

extension BenchmarkDeclaration {
  var declaresInstructions: Bool { metrics.contains { $0.name == Metric.instructions.name } }
}
