package import BenchModel
package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What one measuring process of a worker came to.
package struct WorkerRun: Sendable, Hashable {
  package private(set) var outcome: ProcessOutcome
  package let started: Date
  package let seconds: Double
  package let facts: WorkerFacts
  /// The end of what it wrote there; empty when it completed.
  package let standardError: String
  /// What it measured; empty unless it completed.
  package private(set) var measurements: [MetricSamples]

  /// Judges an answer to `run` that was not interrupted, or what was sent after the turns of
  /// `plan`.
  init(
    _ answer: WorkerAnswer, started: Date, of benchmark: BenchmarkDeclaration,
    pass: MeasurementPass, timeout: Double, plan: TurnPlan? = nil
  ) {
    let samples: WorkerSamples?
    (outcome, samples) = Self.judge(
      answer, of: benchmark, pass: pass, timeout: timeout, plan: plan)
    facts = samples?.facts ?? WorkerFacts()
    measurements = samples?.measurements ?? []
    standardError = outcome.isCompleted ? "" : answer.standardError
    seconds = answer.exit.seconds
    self.started = started
  }

  /// The same run in a round that is void because of it: a whole answer at the wrong time is none.
  var voided: WorkerRun {
    guard outcome.isCompleted else { return self }
    var run = self
    run.outcome = .protocolViolation(description: "it ended, or answered, when that was not due")
    run.measurements = []
    return run
  }

  /// A timeout explains everything else; a failure that the worker announces explains its status; a
  /// crash explains a torn answer.
  private static func judge(
    _ answer: WorkerAnswer, of benchmark: BenchmarkDeclaration, pass: MeasurementPass,
    timeout: Double, plan: TurnPlan?
  ) -> (ProcessOutcome, WorkerSamples?) {
    switch answer.exit.stop {
    case .timedOut: return (.timedOut(seconds: timeout), nil)
    case .stoppedByReader: return (ProtocolViolation.tooMuch.outcome, nil)
    case .interrupted, .voided, nil: break
    }
    // How it ended says nothing where benchdb ended it.
    let crash =
      answer.exit.stop == .voided
      ? nil : answer.exit.crash.map { ProcessOutcome.crashed(description: $0) }
    do {
      switch try WorkerSamples.parse(answer, of: benchmark, pass: pass, plan: plan) {
      case .failure(let reason, let detail): return (.failed(reason: reason, detail: detail), nil)
      case .done(let samples): return crash.map { ($0, nil) } ?? (.completed, samples)
      }
    } catch {
      return (crash ?? error.outcome, nil)
    }
  }
}

extension ProtocolViolation {
  /// What becomes of a worker whose answer was cut off.
  static let tooMuch = ProtocolViolation(
    "it wrote more than \(WorkerLimits.totalBytes >> 20) MiB")

  fileprivate var outcome: ProcessOutcome { .protocolViolation(description: description) }
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
