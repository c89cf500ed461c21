/// The reasons why a report cannot be run or completed.
public enum ReportError: Error, Sendable {
  /// All parameters that are missing or wrong.
  case parameters([ParameterProblem])
  /// An expression has no type. This does not happen in a checked report.
  case untyped(expression: String, why: String)
  /// A value cannot be computed.
  case evaluation(EvaluationError)
  /// Records of a group came after those of another one: the source is not in the order of the
  /// groups.
  case scattered(group: String, key: String, record: Int)
  /// Totals are needed before their records, for more groups than can be stored.
  case tooManyGroups(group: String, permitted: Int)
}

extension ReportError: CustomStringConvertible {
  /// A description of what happened, where, and what to do.
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
