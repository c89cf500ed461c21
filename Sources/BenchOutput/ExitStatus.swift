/// What benchdb's exit status says; stable, and part of the command line's contract.
package enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
  case success = 0
  /// A confirmed regression, or a target missed.
  case regression = 1
  /// A mistake in the arguments or the configuration.
  case usage = 2
  /// A benchmark did not build or run.
  case failure = 3
  /// Nothing, or less than `--require-coverage`, could be judged.
  case coverage = 4
  /// Undecided under `--require-conclusive`.
  case inconclusive = 5
  /// Ctrl-C; what was finished is stored.
  case interrupted = 130

  /// The status in the words of the documentation.
  package var meaning: String {
    switch self {
    case .success: "no regression"
    case .regression: "confirmed regression, or target missed"
    case .usage: "usage or configuration"
    case .failure: "a benchmark failed to build or run"
    case .coverage: "nothing, or less than --require-coverage, could be judged"
    case .inconclusive: "inconclusive under --require-conclusive"
    case .interrupted: "interrupted"
    }
  }
}
