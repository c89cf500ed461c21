import StreamingPipeline

/// A function over the values so far, with the state it needs to continue.
struct RunningAggregate {
  let function: AggregateFunction
  /// The type of its operand, which determines how sums are computed.
  let type: FieldType?
  private var count = 0
  private var whole: Int128 = 0
  private var floating = DoubleTotals()
  private var kept: Value = .null
  private var ranked = RankedValues()
  private var distinct = DistinctSketch()
  // Mean and deviations follow Welford's method.
  private var mean = 0.0
  private var squares = 0.0

  init(_ function: AggregateFunction, of type: FieldType?) {
    self.function = function
    self.type = type
    floating.grow(to: 1)
  }

  /// Starts anew, with an initial value if there is one.
  mutating func reset(to initial: Value = .null) {
    self = RunningAggregate(function, of: type)
    switch (function, initial) {
    case (.count, .int64(let number)): count = Int(clamping: number)
    case (_, .null): break
    default: add(initial)
    }
  }

  /// Adds a record's value. A count without an operand counts any value that is not null.
  mutating func add(_ value: Value) {
    if value.isNull { return }
    count += 1
    switch function {
    case .count: break
    case .sum, .average: sum(value)
    case .min: if kept.isNull || value.isOrdered(before: kept) || kept.isNaN { kept = value }
    case .max: if kept.isNull || kept.isOrdered(before: value) || kept.isNaN { kept = value }
    case .first: if kept.isNull { kept = value }
    case .last: kept = value
    case .distinct: distinct.insert(value.stableHash)
    case .median, .percentile: rank(value)
    case .deviation: deviate(value.number)
    }
  }

  private mutating func sum(_ value: Value) {
    switch value {
    case .int64(let number): whole += Int128(number)
    case .decimal(let number): whole += number.mantissa
    case .double(let number): floating.add(number, to: 0)
    default: break
    }
  }

  private mutating func rank(_ value: Value) {
    switch value {
    case .int64(let number): ranked.add(number) { Double($0) }
    case .decimal(let number):
      let divisor = Double(powerOfTen(number.scale))
      ranked.add(Int64(clamping: number.mantissa)) { Double($0) / divisor }
    case .double(let number):
      if !number.isNaN { ranked.add(number.orderedBits) { Double(orderedBits: $0) } }
    default: break
    }
  }

  private mutating func deviate(_ number: Double) {
    let difference = number - mean
    mean += difference / Double(count)
    squares += difference * (number - mean)
  }

  /// The value so far.
  ///
  /// - Throws: `EvaluationError.Reason.overflow` for a sum beyond 64 bits.
  func value(for expression: Expression?) throws(EvaluationError) -> Value {
    switch function {
    case .count: return .int64(Int64(count))
    case .distinct: return .int64(Int64(distinct.count))
    case .min, .max, .first, .last: return kept
    case .deviation:
      return count < 2 ? .null : .double((squares / Double(count - 1)).squareRoot())
    case .median: return percentile(50)
    case .percentile(let percent): return percentile(percent)
    case .sum: return count == 0 ? .null : try total(for: expression)
    case .average: return count == 0 ? .null : average
    }
  }

  private func total(for expression: Expression?) throws(EvaluationError) -> Value {
    switch type {
    case .double: return .double(floating.value(0))
    case .decimal(let scale): return .decimal(FixedDecimal(mantissa: whole, scale: scale))
    default:
      guard let sum = Int64(exactly: whole) else {
        throw EvaluationError(.overflow, expression ?? Expression(.literal(.null)))
      }
      return .int64(sum)
    }
  }

  private var average: Value {
    switch type {
    case .double: return .double(floating.value(0) / Double(count))
    case .decimal(let scale):
      // The number of digits follows `AggregateFunction.resultType(of:)`.
      let digits = min(4, 18 - scale)
      let dividend = whole * Int128(powerOfTen(digits))
      return .decimal(
        FixedDecimal(
          mantissa: divideHalfToEven(dividend, by: Int128(count)), scale: scale + digits))
    default: return .double(Double(whole) / Double(count))
    }
  }

  private func percentile(_ percent: Double) -> Value {
    guard let share = try? PercentileShare(percent: percent),
      let neighbours = ranked.neighbours(share)
    else { return .null }
    let (lower, upper, millionths): (Double, Double, Int) =
      switch neighbours {
      case .kept(let lower, let upper, let fraction): (number(lower), number(upper), fraction)
      case .counted(let lower, let upper, let fraction): (lower, upper, fraction)
      }
    let value = lower + (upper - lower) * Double(millionths) / 1_000_000
    guard case .decimal(let scale) = type else { return .double(value) }
    let digits = min(scale + 4, 18)
    let mantissa = (value * Double(powerOfTen(digits))).rounded()
    return .decimal(
      FixedDecimal(mantissa: Int128(exactly: mantissa) ?? 0, scale: digits))
  }

  private func number(_ kept: Int64) -> Double {
    switch type {
    case .double: Double(orderedBits: kept)
    case .decimal(let scale): Double(kept) / Double(powerOfTen(scale))
    default: Double(kept)
    }
  }
}

extension Value {
  /// The value as a number for drawing and for deviations; 0 for values that are not numbers.
  var number: Double {
    switch self {
    case .int64(let number): Double(number)
    case .double(let number): number
    case .decimal(let number): number.approximate
    case .date(let day): Double(day)
    case .timestamp(let instant): Double(instant)
    default: 0
    }
  }

  var isNaN: Bool { if case .double(let number) = self { number.isNaN } else { false } }

  /// A hash of 64 bits (FNV-1a of the description, then mixed), the same in every process.
  var stableHash: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in description.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 33)
  }
}
