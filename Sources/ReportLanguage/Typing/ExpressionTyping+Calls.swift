import StreamingPipeline

// The types of functions' results and arguments.
extension ExpressionTyping {
  func call(
    _ function: BuiltinFunction, _ arguments: [Expression], _ span: Span
  ) throws(TypeProblem) -> FieldType? {
    guard function.arity.contains(arguments.count) else {
      throw TypeProblem(
        .wrongArgumentCount(signature: function.signature, found: arguments.count), span)
    }
    switch function {
    case .round: return try round(arguments)
    case .abs: return try number(arguments[0])
    case .floor, .ceil:
      let type = try number(arguments[0])
      if case .decimal = type { return .decimal(scale: 0) }
      return type
    case .min, .max, .coalesce: return try common(of: arguments)
    case .lower, .upper, .trim:
      try require(.string, arguments[0])
      return .string
    case .length:
      try require(.string, arguments[0])
      return .int64
    case .substring:
      try require(.string, arguments[0])
      for argument in arguments.dropFirst() { try require(.int64, argument) }
      return .string
    case .contains, .startsWith:
      for argument in arguments { try require(.string, argument) }
      return .bool
    case .year, .quarter, .month, .week, .day:
      try time(arguments[0])
      return .int64
    case .hour:
      try require(.timestamp, arguments[0])
      return .int64
    case .dateDifference: return try difference(arguments)
    case .format: return try format(arguments)
    case .now: return .timestamp
    case .pageNumber: return .int64
    }
  }

  private func round(_ arguments: [Expression]) throws(TypeProblem) -> FieldType? {
    let type = try number(arguments[0])
    guard arguments.count == 2 else {
      if case .decimal = type { return .decimal(scale: 0) }
      return type
    }
    guard case .literal(.int64(let digits)) = arguments[1].node, (0...18).contains(digits) else {
      throw TypeProblem(.notLiteral(wanted: "a number of digits, 0 to 18"), arguments[1].span)
    }
    if case .decimal(let scale) = type { return .decimal(scale: min(scale, Int(digits))) }
    return type
  }

  /// Rejects an expression that is neither a date nor a timestamp.
  private func time(_ expression: Expression) throws(TypeProblem) {
    let found = try type(of: expression)
    guard found == nil || found == .date || found == .timestamp else {
      throw TypeProblem(.wrongType(wanted: "a date or a timestamp", found: found), expression.span)
    }
  }

  private func difference(_ arguments: [Expression]) throws(TypeProblem) -> FieldType {
    if arguments.count == 3 {
      guard case .literal(.string(let unit)) = arguments[0].node, DateUnit(rawValue: unit) != nil
      else { throw TypeProblem(.notLiteral(wanted: DateUnit.wanted), arguments[0].span) }
    }
    for argument in arguments.suffix(2) { try time(argument) }
    return .int64
  }

  private func format(_ arguments: [Expression]) throws(TypeProblem) -> FieldType {
    let type = try type(of: arguments[0])
    guard case .literal(.string(let pattern)) = arguments[1].node else {
      throw TypeProblem(.notLiteral(wanted: "a pattern such as '#,##0.00'"), arguments[1].span)
    }
    if let type, ValuePattern(pattern, for: type) == nil {
      throw TypeProblem(
        .notLiteral(wanted: "a pattern that fits \(type), such as \(ValuePattern.example(type))"),
        arguments[1].span)
    }
    return .string
  }
}
