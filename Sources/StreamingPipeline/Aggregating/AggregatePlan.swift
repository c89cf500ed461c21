/// How the aggregates asked for come from primitives, each of which is kept once: the average of a
/// field shares the sum that is asked for beside it.
struct AggregatePlan {
  /// What a result is read from.
  private enum Reading {
    case records
    case present(NullCount)
    case exactSum(ExactSum, NullCount)
    case doubleSum(DoubleSum, NullCount)
    case exactAverage(ExactSum, NullCount)
    case doubleAverage(DoubleSum, NullCount)
    case integerExtremum(IntegerExtremum, NullCount)
    case doubleExtremum(DoubleExtremum, NullCount)
    case stringExtremum(StringExtremum)
  }

  private struct Output {
    let aggregate: Aggregate
    let type: FieldType
    let reading: Reading
  }

  private var primitives: [String: Accumulator] = [:]
  private var outputs: [Output] = []
  /// The primitives, each once.
  private(set) var accumulators: [Accumulator] = []

  /// - Throws: `PipelineError.unknownField` and `.wrongType`.
  init(_ aggregates: [Aggregate], schema: Schema) throws(PipelineError) {
    for aggregate in aggregates {
      outputs.append(try output(aggregate, schema))
    }
  }

  private mutating func output(
    _ aggregate: Aggregate, _ schema: Schema
  ) throws(PipelineError) -> Output {
    guard let name = aggregate.field else {
      return Output(aggregate: aggregate, type: .int64, reading: .records)
    }
    let column = try schema.requirePosition(of: name, usedBy: "\(aggregate)")
    let type = schema.fields[column].type
    let reading = try reading(aggregate, name, column, type)
    return Output(aggregate: aggregate, type: type, reading: reading)
  }

  private mutating func reading(
    _ aggregate: Aggregate, _ name: String, _ column: Int, _ type: FieldType
  ) throws(PipelineError) -> Reading {
    let nulls = primitive("nulls \(column)") { NullCount(column: column) }
    switch aggregate.function {
    case .count: return .present(nulls)
    case .sum, .average:
      guard type.isNumeric else {
        throw .wrongType(field: name, type: type, wanted: "a number for \(aggregate)")
      }
      let isSum = aggregate.function == .sum
      if type == .double {
        let sum = primitive("sum \(column)") { DoubleSum(column: column) }
        return isSum ? .doubleSum(sum, nulls) : .doubleAverage(sum, nulls)
      }
      let sum = primitive("sum \(column)") { ExactSum(column: column) }
      return isSum ? .exactSum(sum, nulls) : .exactAverage(sum, nulls)
    case .min, .max:
      return extremum(column, type, nulls, isMinimum: aggregate.function == .min)
    }
  }

  private mutating func extremum(
    _ column: Int, _ type: FieldType, _ nulls: NullCount, isMinimum: Bool
  ) -> Reading {
    let name = "\(isMinimum ? "min" : "max") \(column)"
    switch type {
    case .double:
      let best = primitive(name) { DoubleExtremum(column: column, isMinimum: isMinimum) }
      return .doubleExtremum(best, nulls)
    case .string:
      return .stringExtremum(
        primitive(name) { StringExtremum(column: column, isMinimum: isMinimum) })
    default:
      let best = primitive(name) { IntegerExtremum(column: column, isMinimum: isMinimum) }
      return .integerExtremum(best, nulls)
    }
  }

  private mutating func primitive<Kind: Accumulator>(
    _ name: String, _ make: () -> Kind
  ) -> Kind {
    if let known = primitives[name] as? Kind { return known }
    let made = make()
    primitives[name] = made
    accumulators.append(made)
    return made
  }
}

// Reading the results.
extension AggregatePlan {
  /// The figures of a bin that `records` records went into.
  ///
  /// - Throws: `PipelineError.overflow`.
  func values(bin: Int, records: Int) throws(PipelineError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(outputs.count)
    for output in outputs {
      values.append(try value(output, bin: bin, records: records))
    }
    return values
  }

  private func value(
    _ output: Output, bin: Int, records: Int
  ) throws(PipelineError) -> Value {
    func present(_ nulls: NullCount) -> Int { records - nulls.counts[bin] }
    switch output.reading {
    case .records: return .int64(Int64(records))
    case .present(let nulls): return .int64(Int64(present(nulls)))
    case .exactSum(let sum, let nulls):
      return present(nulls) == 0 ? .null : try exactSum(output, sum.sums[bin])
    case .exactAverage(let sum, let nulls):
      let count = present(nulls)
      return count == 0 ? .null : try exactAverage(output, sum.sums[bin], count)
    case .doubleSum(let sum, let nulls):
      return present(nulls) == 0 ? .null : .double(sum.sums[bin].value)
    case .doubleAverage(let sum, let nulls):
      let count = present(nulls)
      return count == 0 ? .null : .double(sum.sums[bin].value / Double(count))
    case .doubleExtremum(let best, let nulls):
      return present(nulls) == 0 ? .null : .double(best.best[bin])
    case .stringExtremum(let best):
      return best.best[bin].map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null
    case .integerExtremum(let best, let nulls):
      return present(nulls) == 0 ? .null : integer(best.best[bin], output.type)
    }
  }

  private func exactSum(_ output: Output, _ sum: Int128) throws(PipelineError) -> Value {
    if case .decimal(let scale) = output.type {
      return .decimal(FixedDecimal(mantissa: sum, scale: scale))
    }
    guard let sum = Int64(exactly: sum) else {
      throw .overflow(aggregate: output.aggregate.description)
    }
    return .int64(sum)
  }

  private func exactAverage(
    _ output: Output, _ sum: Int128, _ count: Int
  ) throws(PipelineError) -> Value {
    guard case .decimal(let scale) = output.type else {
      return .double(Double(sum) / Double(count))
    }
    let (dividend, overflow) = sum.multipliedReportingOverflow(by: 10_000)
    if overflow { throw .overflow(aggregate: output.aggregate.description) }
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: Int128(count))
    let doubled = remainder.magnitude * 2
    let half = UInt128(count)
    let roundsUp = doubled > half || (doubled == half && quotient & 1 == 1)
    let step: Int128 = dividend < 0 ? -1 : 1
    return .decimal(
      FixedDecimal(mantissa: quotient + (roundsUp ? step : 0), scale: scale + 4))
  }

  private func integer(_ value: Int64, _ type: FieldType) -> Value {
    switch type {
    case .decimal(let scale): .decimal(FixedDecimal(mantissa: Int128(value), scale: scale))
    case .bool: .bool(value == 1)
    case .date: .date(Int32(truncatingIfNeeded: value))
    case .timestamp: .timestamp(value)
    default: .int64(value)
    }
  }
}
