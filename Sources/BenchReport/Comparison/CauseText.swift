package import BenchComparer

/// In one sentence, whether the code or the machine changed.
package enum CauseText {
  /// `The code changed: 12.0 % more instructions and 3.00 allocations (from none).`
  package static func sentence(_ cause: Cause) -> String {
    let differences = cause.differences.map(text)
    switch cause.kind {
    case .code:
      return "The code changed: \(English.list(differences))."
    case .machine:
      return "The machine or the code's layout changed, not its work: the instructions are the same"
        + (differences.isEmpty ? "." : "; \(English.list(differences)).")
    case .unknown:
      return "Whether the code or the machine changed is not known: instructions were not counted"
        + (differences.isEmpty ? "." : "; \(English.list(differences)).")
    }
  }

  private static func text(_ difference: Cause.Difference) -> String {
    let how = difference.head > difference.base ? "more" : "fewer"
    guard let relative = difference.relative else {
      return "\(Digits.three(difference.head)) \(difference.counter) (from none)"
    }
    return "\(Percentage.text(abs(relative))) \(how) \(difference.counter)"
  }
}
