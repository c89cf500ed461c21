package import BenchOutput

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
