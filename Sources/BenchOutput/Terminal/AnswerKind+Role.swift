package import BenchComparer

extension AnswerKind {
  /// The role of the answer's text; `nil` where it is plain.
  package var role: TextRole? {
    switch tone {
    case .bad: .bad
    case .good: .good
    case .doubtful: .warning
    case .plain: nil
    case .quiet: .dim
    }
  }
}
