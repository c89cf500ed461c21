/// Why a report cannot be run, or went no further.
public enum ReportError: Error, Sendable {
  /// Parameters that are missing or wrong: all of them.
  case parameters([ParameterProblem])
  /// An expression that has no type. A checked report has none such.
  case untyped(expression: String, why: String)
  /// A value that cannot be computed.
  case evaluation(EvaluationError)
  /// Records of a group came after those of another one: the source is not in the order of the
  /// groups.
  case scattered(group: String, key: String, record: Int)
  /// Totals are wanted before the records come, of more groups than are kept.
  case tooManyGroups(group: String, permitted: Int)
}

extension ReportError: CustomStringConvertible {
  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .parameters(let problems): problems.map(\.description).joined(separator: "\n")
    case .untyped(let expression, let why): "\(expression): \(why)"
    case .evaluation(let error): error.description
    case .scattered(let group, let key, let record):
      "record \(record) belongs to the group '\(group)' \(key), whose records had ended; "
        + "the source must deliver the records of a group one after another"
    case .tooManyGroups(let group, let permitted):
      "a header shows totals of the group '\(group)', of which there are more than \(permitted); "
        + "show them in a footer"
    }
  }
}
