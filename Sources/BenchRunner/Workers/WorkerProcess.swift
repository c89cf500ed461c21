package import BenchModel
package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An executable that speaks the worker protocol. Each question is put to a fresh process.
package struct WorkerProcess: Sendable {
  /// The executable and its fixed arguments.
  package let command: [String]
  package let environment: [String: String]
  package let workingDirectory: String?
  /// Whether its memory lies at the same addresses in every process.
  package let hasFixedAddresses: Bool

  /// A worker that gets `environment` beside what the protocol needs.
  package init(
    command: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
    workingDirectory: String? = nil, hasFixedAddresses: Bool = false
  ) {
    self.command = command
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.hasFixedAddresses = hasFixedAddresses
  }

  /// The same worker in another folder.
  func running(in directory: String?) -> WorkerProcess {
    WorkerProcess(
      command: command, environment: environment, workingDirectory: directory,
      hasFixedAddresses: hasFixedAddresses)
  }

  /// The same worker with so many bytes more in its environment, in a variable that means nothing.
  func padded(by bytes: Int) -> WorkerProcess {
    let padding = [WorkerProtocol.paddingVariable: String(repeating: "x", count: bytes)]
    return WorkerProcess(
      command: command, environment: environment.merging(padding) { $1 },
      workingDirectory: workingDirectory, hasFixedAddresses: hasFixedAddresses)
  }

  /// How one measuring process ended.
  package struct Run: Sendable, Hashable {
    package let outcome: ProcessOutcome
    package let started: Date
    package let seconds: Double
    package let facts: WorkerFacts
    /// Empty when it completed.
    package let standardError: String
    /// Empty unless it completed.
    package let measurements: [BenchModel.MetricSamples]
  }

  /// Asks for the benchmarks.
  /// - Throws: `RunnerError` when the worker can't be started, or does not give a complete and
  ///   sound list.
  package func list(
    timeout: Double = 60, interruption: Interruption? = nil
  ) throws -> [BenchmarkDeclaration] {
    let answer = try ask(.list, timeout: timeout, interruption: interruption)
    func failed(_ reason: String) -> RunnerError {
      .listFailed(
        executable: command[0], reason: reason, standardError: answer.standardError)
    }
    switch answer.exit.stop {
    case .interrupted: throw RunnerError.interrupted
    case .timedOut: throw failed("it had not answered after \(timeout) s")
    case .stoppedByReader: throw failed(Self.tooMuch)
    case nil: break
    }
    do {
      let declarations = try WorkerList.parse(answer.bytes)
      if let crash = answer.exit.crash { throw failed("it \(crash)") }
      return declarations
    } catch let violation as ProtocolViolation {
      throw failed(answer.exit.crash.map { "it \($0)" } ?? violation.description)
    }
  }

  /// Measures one benchmark in a fresh process.
  /// - Throws: `RunnerError` when the worker can't be started, or when the user interrupts.
  ///   Everything that the worker itself does wrong is an outcome.
  package func run(
    _ benchmark: BenchmarkDeclaration, seed: UInt64, plan: MeasurementPlan, timeout: Double,
    interruption: Interruption? = nil
  ) throws -> Run {
    let started = Date()
    let answer = try ask(
      .run(benchmark.key, seed: seed, plan: plan), timeout: timeout, interruption: interruption)
    if answer.exit.stop == .interrupted { throw RunnerError.interrupted }
    let result = judge(answer, benchmark: benchmark, plan: plan, timeout: timeout)
    return Run(
      outcome: result.outcome, started: started, seconds: answer.exit.seconds,
      facts: result.facts,
      standardError: result.outcome.isCompleted ? "" : answer.standardError,
      measurements: result.measurements)
  }

  private static let tooMuch = "it wrote more than \(WorkerLimits.totalBytes >> 20) MiB"

  private struct Answer {
    let exit: ChildExit
    let bytes: Data
    let standardError: String
  }

  private func ask(
    _ request: WorkerRequest, timeout: Double, interruption: Interruption?
  ) throws -> Answer {
    let added = [
      WorkerProtocol.versionVariable: String(WorkerProtocol.version),
      WorkerProtocol.descriptorVariable: String(ChildProcess.protocolDescriptor),
      // A crash should end at once, not spend seconds on drawing a backtrace.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    var child = ChildProcess(
      command, environment: environment.merging(added) { $1 },
      workingDirectory: workingDirectory, input: try JSONLine.encode(request), timeout: timeout,
      hasProtocolDescriptor: true)
    child.hasFixedAddresses = hasFixedAddresses
    var bytes = Data()
    var tail = OutputTail(limit: 8 << 10)
    let exit = try child.run(interruption: interruption) { stream, piece in
      switch stream {
      case .standardOutput: break
      case .standardError: tail.append(piece)
      case .protocolAnswers:
        bytes.append(contentsOf: piece)
        if bytes.count > WorkerLimits.totalBytes { return .stop }
      }
      return .goOn
    }
    return Answer(exit: exit, bytes: bytes, standardError: tail.text)
  }

  private struct Judged {
    var outcome: ProcessOutcome
    var facts = WorkerFacts()
    var measurements: [BenchModel.MetricSamples] = []
  }

  /// A timeout explains everything else; a failure that the worker announces explains its status; a
  /// crash explains a torn answer.
  private func judge(
    _ answer: Answer, benchmark: BenchmarkDeclaration, plan: MeasurementPlan, timeout: Double
  ) -> Judged {
    switch answer.exit.stop {
    case .timedOut: return Judged(outcome: .timedOut(seconds: timeout))
    case .stoppedByReader: return Judged(outcome: .protocolViolation(description: Self.tooMuch))
    case .interrupted, nil: break
    }
    do {
      let parsed = try WorkerSamples.parse(answer.bytes, of: benchmark, pass: plan.pass)
      if case .failure(let reason, let detail) = parsed {
        return Judged(outcome: .failed(reason: reason, detail: detail))
      }
      if let crash = answer.exit.crash { return Judged(outcome: .crashed(description: crash)) }
      guard case .done(let facts, let measurements) = parsed else {
        return Judged(outcome: .protocolViolation(description: "no answer"))
      }
      return Judged(outcome: .completed, facts: facts, measurements: measurements)
    } catch {
      if let crash = answer.exit.crash { return Judged(outcome: .crashed(description: crash)) }
      return Judged(outcome: .protocolViolation(description: error.description))
    }
  }
}

extension ChildExit {
  /// `ended with status 3`, `was killed by signal 11 (Segmentation fault)`, or `nil` for status 0.
  package var crash: String? {
    switch ending {
    case .exited(0): nil
    case .exited(let status): "ended with status \(status)"
    case .signalled(let number):
      "was killed by signal \(number) (\(String(cString: strsignal(number))))"
    }
  }
}
