/// The functions of expressions.
package enum BuiltinFunction: String, CaseIterable, Sendable {
  case round, floor, ceil, abs, min, max, coalesce
  case lower, upper, trim, substring, length, contains
  case startsWith = "starts_with"
  case year, quarter, month, week, day, hour
  case dateDifference = "date_diff"
  case format, now
  case pageNumber = "page_number"

  /// The signature, as documentation and messages show it.
  package var signature: String {
    switch self {
    case .round: "round(number) or round(number, digits)"
    case .floor, .ceil, .abs: "\(rawValue)(number)"
    case .min, .max, .coalesce: "\(rawValue)(a, b, …)"
    case .lower, .upper, .trim, .length: "\(rawValue)(text)"
    case .substring: "substring(text, start) or substring(text, start, length)"
    case .contains, .startsWith: "\(rawValue)(text, part)"
    case .year, .quarter, .month, .week, .day: "\(rawValue)(date)"
    case .hour: "hour(timestamp)"
    case .dateDifference: "date_diff(from, to) or date_diff('unit', from, to)"
    case .format: "format(value, 'pattern')"
    case .now, .pageNumber: "\(rawValue)()"
    }
  }

  /// The permitted numbers of arguments.
  package var arity: ClosedRange<Int> {
    switch self {
    case .round: 1...2
    case .min, .max, .coalesce: 1...Int.max
    case .substring, .dateDifference: 2...3
    case .contains, .startsWith, .format: 2...2
    case .now, .pageNumber: 0...0
    default: 1...1
    }
  }
}

/// The units that `date_diff` counts.
enum DateUnit: String, CaseIterable {
  case second, minute, hour, day, week, month, year

  static let wanted = "one of " + allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
}
