package import BenchModel
import Foundation

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

  /// The same worker with this many more bytes in its environment, in a variable without a meaning.
  func padded(by bytes: Int) -> WorkerProcess {
    let padding = [WorkerProtocol.paddingVariable: String(repeating: "x", count: bytes)]
    return WorkerProcess(
      command: command, environment: environment.merging(padding) { $1 },
      workingDirectory: workingDirectory, hasFixedAddresses: hasFixedAddresses)
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
    case .stoppedByReader: throw failed(ProtocolViolation.tooMuch.description)
    case .voided, nil: break
    }
    do {
      let declarations = try WorkerList.parse(answer)
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
  ) throws -> WorkerRun {
    let started = Date()
    let answer = try ask(
      .run(benchmark.key, seed: seed, plan: plan), timeout: timeout, interruption: interruption)
    if answer.exit.stop == .interrupted { throw RunnerError.interrupted }
    return WorkerRun(answer, started: started, of: benchmark, pass: plan.pass, timeout: timeout)
  }

  /// The program that answers a request, which is `nil` where it is to be sent later.
  func program(
    _ request: WorkerRequest?, version: Int = WorkerProtocol.version, timeout: Double? = nil
  ) throws -> ChildProcess {
    let added = [
      WorkerProtocol.versionVariable: String(version),
      WorkerProtocol.descriptorVariable: String(ChildProcess.protocolDescriptor),
      // A crash should end at once, not spend seconds on drawing a backtrace.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    var child = ChildProcess(
      command, environment: environment.merging(added) { $1 },
      workingDirectory: workingDirectory,
      input: try request.map { try JSONLine.encode($0) } ?? Data(), timeout: timeout,
      hasProtocolDescriptor: true)
    child.hasFixedAddresses = hasFixedAddresses
    return child
  }

  private func ask(
    _ request: WorkerRequest, timeout: Double, interruption: Interruption?
  ) throws -> WorkerAnswer {
    let child = try program(request, timeout: timeout)
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
    return WorkerAnswer(exit: exit, bytes: bytes, standardError: tail.text)
  }
}
