package import BenchRunner

extension RunnerError {
  /// Whether it is about the commit that was built, so that another commit may do better.
  package var isFaultOfCommit: Bool {
    switch self {
    case .buildFailed, .productMissing, .listFailed, .duplicateBenchmark: true
    default: false
    }
  }

  /// The reason in one line. That of a failed build quotes the first of its last lines that speaks
  /// of an error, or else the last.
  package var shortReason: String {
    guard case .buildFailed(let command, let status, let lastLines, _) = self else {
      return String("\(self)".prefix { !$0.isNewline })
    }
    let lines = lastLines.split(separator: "\n")
    let telling = lines.first { $0.contains("error") } ?? lines.last
    return "`\(command.joined(separator: " "))` \(status)" + (telling.map { ": \($0)" } ?? "")
  }
}
