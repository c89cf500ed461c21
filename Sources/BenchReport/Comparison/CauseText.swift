package import BenchComparer

/// In one sentence, whether the code or the machine changed.
package enum CauseText {
  /// `The code changed: 12.0 % more instructions and 3.00 allocations (from none).`
  /// - Parameters:
  ///   - cause: what was counted.
  ///   - isChanged: whether a figure changed, or may have, that asks for a cause.
  /// - Returns: one sentence with its full stop.
  package static func sentence(_ cause: Cause, isChanged: Bool = true) -> String {
    let differences = cause.differences.map(text)
    let tail = differences.isEmpty ? "." : "; \(English.list(differences))."
    switch cause.kind {
    case .code:
      return "The code changed: \(English.list(differences))."
    case .machine:
      return
        (isChanged
        ? "The machine or the code's layout changed, not its work: the instructions are the same"
        : "Neither the figures nor the work changed: the instructions are the same") + tail
    case .identicalCode:
      return
        (isChanged
        ? "The machine changed, not the code: both sides ran the same executable"
        : "Nothing changed: both sides ran the same executable") + tail
    case .unknown:
      return
        (isChanged
        ? "Whether the code or the machine changed is not known: instructions were not counted"
        : "No change was found; instructions, which would say whether the work is the same, were not counted")
        + tail
    }
  }

  private static func text(_ difference: Cause.Difference) -> String {
    if difference.counter == Cause.Difference.cpuShare {
      return "on the CPU for \(Percentage.text(difference.head)) of the elapsed time "
        + "(before \(Percentage.text(difference.base)))"
    }
    let how = difference.head > difference.base ? "more" : "fewer"
    guard let relative = difference.relative else {
      return "\(Digits.three(difference.head)) \(difference.counter) (from none)"
    }
    return "\(Percentage.text(abs(relative))) \(how) \(difference.counter)"
  }
}
