import StreamingPipeline
import TextCoding

// Compiles calls. Typing has checked number and types of the arguments.
extension ExpressionCompiler {
  func call(
    _ function: BuiltinFunction, _ arguments: [Expression], _ type: FieldType,
    _ expression: Expression
  ) throws(TypeProblem) -> Evaluator {
    switch function {
    case .now: return constant(.timestamp(now), as: .timestamp)
    case .pageNumber:
      return Evaluator(
        type: .int64, evaluate: { Vector(.int64(Int64($0.pageNumber)), as: .int64) },
        constant: nil, isRunning: true)
    case .round, .floor, .ceil, .abs: return try rounding(function, arguments, type, expression)
    case .min, .max, .coalesce: return try choosing(function, arguments, type, expression)
    case .lower, .upper, .trim, .length, .substring, .contains, .startsWith:
      var parts: [Evaluator] = []
      for (index, argument) in arguments.enumerated() {
        let isNumber = function == .substring && index > 0
        parts.append(try compile(argument, as: isNumber ? .int64 : .string))
      }
      return text(function, parts, expression)
    case .year, .quarter, .month, .week, .day, .hour:
      let part = try compile(arguments[0], as: .timestamp)
      return folded(.int64, [part]) { parts in
        parts[0].map(.int64) { (instant: Int64) in calendarPart(function, instant) }
      }
    case .dateDifference: return try difference(arguments)
    case .format: return try format(arguments)
    }
  }

  private func choosing(
    _ function: BuiltinFunction, _ arguments: [Expression], _ type: FieldType,
    _ expression: Expression
  ) throws(TypeProblem) -> Evaluator {
    var parts: [Evaluator] = []
    for argument in arguments { parts.append(try compile(argument, as: type)) }
    let sign = function == .min ? Expression.BinaryOperator.lessOrEqual : .greaterOrEqual
    return folded(type, parts) { vectors in
      vectors.dropFirst().reduce(vectors[0]) { best, next in
        if function == .coalesce { return best.coalesced(next) }
        // Where either is null the comparison is null, so that `next` or `best` itself is chosen.
        return best.compared(sign, next, for: expression).chosen(best, next)
          .joined(best, next)
      }
    }
  }

  private func rounding(
    _ function: BuiltinFunction, _ arguments: [Expression], _ type: FieldType,
    _ expression: Expression
  ) throws(TypeProblem) -> Evaluator {
    let operand = try compile(arguments[0])
    let digits: Int =
      if arguments.count == 2, case .literal(.int64(let number)) = arguments[1].node {
        Int(number)
      } else { 0 }
    switch operand.type {
    case .double:
      return folded(type, [operand]) { parts in
        parts[0].map(.double) { (value: Double) in rounded(value, function, digits) }
      }
    default:
      let factor = Swift.max(0, (operand.type.scale ?? 0) - (type.scale ?? 0))
      let divisor = powerOfTen(function == .abs ? 0 : factor)
      let overflow = EvaluationError(.overflow, expression)
      return folded(type, [operand]) { parts in
        parts[0].map(type, or: overflow) { (value: Int64) in
          rounded(value, function, dividedBy: divisor)
        }
      }
    }
  }

  private func text(
    _ function: BuiltinFunction, _ parts: [Evaluator], _ expression: Expression
  ) -> Evaluator {
    switch function {
    case .lower:
      folded(.string, parts) { $0[0].map(.string) { (text: String) in text.lowercased() } }
    case .upper:
      folded(.string, parts) { $0[0].map(.string) { (text: String) in text.uppercased() } }
    case .trim: folded(.string, parts) { $0[0].map(.string) { (text: String) in trimmed(text) } }
    case .length:
      folded(.int64, parts) { $0[0].map(.int64) { (text: String) in Int64(text.count) } }
    case .contains:
      folded(.bool, parts) { parts in
        parts[0].zip(parts[1], .bool) { (text: String, part: String) in text.contains(part) }
      }
    case .startsWith:
      folded(.bool, parts) { parts in
        parts[0].zip(parts[1], .bool) { (text: String, part: String) in text.hasPrefix(part) }
      }
    default: substring(parts, EvaluationError(.invalidSubstring, expression))
    }
  }

  private func substring(_ parts: [Evaluator], _ fault: EvaluationError) -> Evaluator {
    folded(.string, parts) { parts in
      let tails = parts[0].zip(parts[1], .string, or: fault) { (text: String, start: Int64) in
        start < 1 ? nil : String(text.dropFirst(Int(clamping: start - 1)))
      }
      guard parts.count == 3 else { return tails }
      return tails.zip(parts[2], .string, or: fault) { (text: String, length: Int64) in
        length < 0 ? nil : String(text.prefix(Int(clamping: length)))
      }
    }
  }

  private func difference(_ arguments: [Expression]) throws(TypeProblem) -> Evaluator {
    let unit: DateUnit =
      if arguments.count == 3, case .literal(.string(let name)) = arguments[0].node {
        DateUnit(rawValue: name) ?? .day
      } else { .day }
    let parts = [
      try compile(arguments[arguments.count - 2], as: .timestamp),
      try compile(arguments[arguments.count - 1], as: .timestamp),
    ]
    return folded(.int64, parts) { parts in
      parts[0].zip(parts[1], .int64) { (from: Int64, to: Int64) in unit.whole(from: from, to: to) }
    }
  }

  private func format(_ arguments: [Expression]) throws(TypeProblem) -> Evaluator {
    let operand = try compile(arguments[0])
    guard case .literal(.string(let text)) = arguments[1].node,
      let pattern = ValuePattern(text, for: operand.type)
    else { return constant(.null, as: .string) }
    return folded(.string, [operand]) { parts in
      let vector = parts[0]
      let texts = (0..<vector.lanes.count).map { lane in
        (try? vector.value(lane)).map { $0.isNull ? "" : pattern.text($0) } ?? ""
      }
      return Vector(
        .string, .text(texts), nulls: vector.nulls, faults: vector.faults,
        isConstant: vector.isConstant)
    }
  }
}

extension Vector {
  /// This vector, but null where one of two others is null.
  fileprivate func joined(_ first: Vector, _ second: Vector) -> Vector {
    joined(first.joined(second, type, lanes), type, lanes)
  }
}

private func rounded(_ value: Double, _ function: BuiltinFunction, _ digits: Int) -> Double {
  switch function {
  case .floor: return value.rounded(.down)
  case .ceil: return value.rounded(.up)
  case .abs: return value.magnitude
  default:
    let factor = Double(powerOfTen(digits))
    let product = value * factor
    guard product.isFinite, product.magnitude < 0x1p53 else { return value }
    return product.rounded(.toNearestOrAwayFromZero) / factor
  }
}

/// A mantissa with fewer digits; nil where 64 bits do not hold it.
private func rounded(
  _ value: Int64, _ function: BuiltinFunction, dividedBy divisor: Int64
) -> Int64? {
  switch function {
  case .abs: return value == .min ? nil : Swift.abs(value)
  case .floor: return floored(value, by: divisor)
  case .ceil: return floored(value, by: divisor) + (value % divisor == 0 ? 0 : 1)
  default:
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    let isUp = remainder.magnitude >= (divisor / 2) && divisor > 1
    return quotient + (isUp ? value.signum() : 0)
  }
}

private func trimmed(_ text: String) -> String {
  let start = text.drop(while: \.isWhitespace)
  guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
  return String(start[...last])
}

private func calendarPart(_ function: BuiltinFunction, _ instant: Int64) -> Int64 {
  let moment = DayAndTime(instant)
  let day = CalendarDay(daysSinceEpoch: moment.day)
  switch function {
  case .year: return Int64(day.year)
  case .quarter: return Int64((day.month + 2) / 3)
  case .month: return Int64(day.month)
  case .week: return Int64(day.week)
  case .day: return Int64(day.day)
  default: return moment.time / 3_600_000_000
  }
}

extension DateUnit {
  /// The number of whole units between two instants; negative where the second is earlier.
  func whole(from: Int64, to: Int64) -> Int64 {
    switch self {
    case .second: return Self.quotient(from, to, 1_000_000)
    case .minute: return Self.quotient(from, to, 60_000_000)
    case .hour: return Self.quotient(from, to, 3_600_000_000)
    case .day: return Self.quotient(from, to, microsecondsADay)
    case .week: return Self.quotient(from, to, 7 * microsecondsADay)
    case .month: return Self.months(from, to)
    case .year: return Self.months(from, to) / 12
    }
  }

  private static func quotient(_ from: Int64, _ to: Int64, _ unit: Int64) -> Int64 {
    Int64(clamping: (Int128(to) - Int128(from)) / Int128(unit))
  }

  private static func months(_ from: Int64, _ to: Int64) -> Int64 {
    if to < from { return -months(to, from) }
    let (first, second) = (MonthAndRest(from), MonthAndRest(to))
    return Int64(second.month - first.month) - (second.rest < first.rest ? 1 : 0)
  }

  /// The months since year 0, and the microseconds since the month began.
  private struct MonthAndRest {
    let month: Int
    let rest: Int64

    init(_ instant: Int64) {
      let moment = DayAndTime(instant)
      let day = CalendarDay(daysSinceEpoch: moment.day)
      month = day.year * 12 + day.month - 1
      rest = Int64(day.day) * microsecondsADay + moment.time
    }
  }
}
