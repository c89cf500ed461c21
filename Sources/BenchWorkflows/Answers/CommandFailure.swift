import BenchComparer
package import BenchOutput
import BenchRunner
import BenchStore

/// A command that could not do what it was asked: what happened, where, and what to do next, with
/// the status to exit with.
package struct CommandFailure: Error, CustomStringConvertible {
  package let message: String
  package let status: ExitStatus

  package init(_ message: String, status: ExitStatus = .usage) {
    self.message = message
    self.status = status
  }

  package var description: String { message }
}

extension CommandFailure {
  /// Every error that a target below can throw, in words and with its status; `nil` for one of
  /// another kind, such as a mistake in the arguments.
  package init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as RunnerError: self.init("\(error)", status: error.exitStatus)
    case StoreError.interrupted: self.init("interrupted.", status: .interrupted)
    case let error as StoreError: self.init("\(error)")
    case let error as TargetError: self.init("benchdb.toml: \(error)")
    default: return nil
    }
  }
}

extension RunnerError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .interrupted: .interrupted
    case .buildFailed, .productMissing, .listFailed: .failure
    default: .usage
    }
  }
}
