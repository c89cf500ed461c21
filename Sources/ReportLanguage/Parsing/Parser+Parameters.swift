internal import StreamingPipeline
internal import TextCoding

/// Parses `parameter NAME: TYPE [required] [= VALUE] [min VALUE] [max VALUE] [length A...B]
/// [pattern "REGEX"]`.
extension Parser {
  mutating func parameter(from first: Token) -> Parameter? {
    guard let name = name(of: "the parameter"),
      expect(.colon, after: "the parameter's name"), let type = fieldType()
    else { return nil }
    var parameter = Parameter(name, type)
    parameter.span = span(from: first)
    return parameterClauses(&parameter) ? parameter : nil
  }

  private mutating func parameterClauses(_ parameter: inout Parameter) -> Bool {
    var isRead = true
    repeat {
      isRead = clauses([.required, .min, .max, .length, .pattern], after: "a parameter") {
        parser, keyword in
        switch keyword {
        case .required:
          parameter.isRequired = true
          return true
        case .min: return parser.set(&parameter.minimum, parser.expression())
        case .max: return parser.set(&parameter.maximum, parser.expression())
        case .length: return parser.set(&parameter.length, parser.lengths())
        default: return parser.set(&parameter.pattern, parser.text(of: "a regular expression"))
        }
      }
      guard isRead, current.kind == .equal else { break }
      if parameter.defaultValue != nil { report(.repeatedClause("=", at: current.span)) }
      advance()
      isRead = set(&parameter.defaultValue, expression())
    } while isRead
    return isRead
  }

  /// Parses `2...10`, a range that includes both ends.
  private mutating func lengths() -> ClosedRange<Int>? {
    let first = current
    guard let least = wholeNumber(of: "the least length, as in: length 1...20"),
      expect(.ellipsis, after: "the least length"),
      let most = wholeNumber(of: "the greatest length")
    else { return nil }
    guard least <= most else {
      report(.emptyLengths(least, most, at: span(from: first)))
      return nil
    }
    return least...most
  }

  /// Parses `int64`, `decimal(2)` and so on.
  private mutating func fieldType() -> FieldType? {
    let word = current.kind == .word ? string(of: current) : ""
    if let type = Self.types[word] {
      advance()
      return type
    }
    guard word == "decimal" else {
      let meant =
        Self.foreignTypes[word.lowercased()]
        ?? Suggestion.closest(to: word, in: Self.typeNames)
      guard current.kind != .invalid else { return nil }
      report(
        .expected(
          .expectedType, "a type", found: found, at: location, oneOf: Self.typeNames, meant: meant))
      return nil
    }
    advance()
    return decimalType()
  }

  private mutating func decimalType() -> FieldType? {
    guard expect(.leftParenthesis, after: "'decimal'") else { return nil }
    let token = current
    guard let scale = wholeNumber(of: "the digits after the point, as in: decimal(2)"),
      expect(.rightParenthesis, after: "the digits after the point")
    else { return nil }
    guard scale <= 18 else {
      report(.outOfRange("a decimal's digits after the point", "\(scale)", 0...18, at: token.span))
      return nil
    }
    return .decimal(scale: scale)
  }

  private static let types: [String: FieldType] = [
    "int64": .int64, "double": .double, "bool": .bool, "string": .string, "date": .date,
    "timestamp": .timestamp,
  ]

  private static let typeNames = [
    "int64", "double", "decimal(2)", "bool", "string", "date", "timestamp",
  ]

  /// The names of types in other languages.
  private static let foreignTypes = [
    "int": "int64", "integer": "int64", "bigint": "int64", "float": "double", "real": "double",
    "number": "double", "numeric": "decimal(2)", "money": "decimal(2)", "boolean": "bool",
    "text": "string", "varchar": "string", "datetime": "timestamp", "time": "timestamp",
  ]
}
