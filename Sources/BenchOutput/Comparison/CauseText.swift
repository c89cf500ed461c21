package import BenchComparer

/// One sentence that says whether the code or the machine changed.
package enum CauseText {
  /// `The code changed: 12.0 % more instructions and 3.00 allocations (from none).`, `The code
  /// changed: fewer instructions by a factor of 900 and no allocations (from 3.00).`
  /// - Parameters:
  ///   - cause: what was counted.
  ///   - outcome: whether there is a change that asks for a cause.
  /// - Returns: one sentence with its full stop.
  package static func sentence(
    _ cause: Cause, outcome: Explanation.Outcome = .changed
  ) -> String {
    let differences = cause.differences.map(text)
    guard cause.kind != .code else { return "The code changed: \(English.list(differences))." }
    return beginning(cause.kind, outcome)
      + (differences.isEmpty ? "." : "; \(English.list(differences)).")
  }

  private static func beginning(_ kind: Cause.Kind, _ outcome: Explanation.Outcome) -> String {
    switch (kind, outcome) {
    case (.machine, .changed):
      "The machine or the code's layout changed, not its work: the instructions are the same"
    case (.machine, .undecided):
      "If anything changed, it was the machine or the code's layout: the instructions are the same"
    case (.machine, .unchanged):
      "Neither the values nor the work changed: the instructions are the same"
    case (.identicalCode, .changed):
      "The machine changed, not the code: both sides ran the same executable"
    case (.identicalCode, .undecided):
      "If anything changed, it was the machine: both sides ran the same executable"
    case (.identicalCode, .unchanged): "Nothing changed: both sides ran the same executable"
    case (_, .unchanged):
      "No change was found; whether the work is the same is not known, as instructions were not "
        + "counted"
    case (_, _):
      "Whether the code or the machine changed is not known: instructions were not counted"
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
    if difference.head == 0 {
      return "no \(difference.counter) (from \(Digits.three(difference.base)))"
    }
    let size = RelativeSize.range(abs(relative), abs(relative), isShare: relative < 0)
    return size.hasSuffix("%")
      ? "\(size) \(how) \(difference.counter)" : "\(how) \(difference.counter) by \(size)"
  }
}
