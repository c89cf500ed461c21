internal import BenchModel
internal import TextCoding

/// Reads the samples of a line.
struct SampleReading {
  let values: [Double]
  let iterations: [Int]
  let warmUpCount: Int
  let turns: SampleTurns?
  let shift: Double?

  /// The samples in `unit`, which is benchdb's; `factor` converts the file's unit to it.
  static func samples(
    _ fields: LineFields, factor: Double, unit: BenchModel.Unit
  ) throws(LineProblem) -> SampleReading {
    let values = try values(fields, factor: factor)
    guard !unit.isNeverNegative || values.allSatisfy({ $0 >= 0 }) else {
      throw .wrongValue(key: "values", expected: "no negative number in the unit \(unit.rawValue)")
    }
    let iterations = try iterations(fields, count: values.count)
    let warmUp = try fields.integer(.warmUp, in: 0...InterchangeLimits.values) ?? 0
    // Only a process that failed may have measured nothing, and only benchdb can say that it
    // failed.
    guard warmUp < values.count || (values.isEmpty && warmUp == 0 && fields[.worker] != nil) else {
      throw values.isEmpty
        ? .wrongValue(key: "values", expected: "at least one number")
        : .wrongValue(key: "warmUp", expected: "less than there are values")
    }
    return SampleReading(
      values: values, iterations: iterations, warmUpCount: warmUp,
      turns: try turns(fields, count: values.count, warmUpCount: warmUp),
      shift: try fields.number(.shift))
  }

  /// The turns in which the samples were taken; `nil` where the line names none.
  private static func turns(
    _ fields: LineFields, count: Int, warmUpCount: Int
  ) throws(LineProblem) -> SampleTurns? {
    guard let samples = try fields.integer(.turnSamples, in: 1...InterchangeLimits.values) else {
      return nil
    }
    let uncounted = try fields.integer(.turnUncounted, in: 0...InterchangeLimits.values) ?? 0
    let turns = SampleTurns(samples: samples, uncounted: uncounted)
    guard turns.fits(count: count, warmUpCount: warmUpCount) else {
      throw .wrongValue(
        key: "turnSamples",
        expected:
          "to divide the number of values and of those before warm-up ended, and to be more "
          + "than 'turnUncounted'")
    }
    return turns
  }

  private static func values(_ fields: LineFields, factor: Double) throws(LineProblem) -> [Double] {
    guard let field = fields[.values], field.kind == .array else { throw wrongValues }
    var cursor = JSONCursor(fields.bytes, at: field.range.lowerBound)
    var values: [Double] = []
    // Most samples have few digits and a comma.
    values.reserveCapacity(min(field.range.count / 6, 64))
    var isFirst = true
    while try cursor.nextElement(isFirst: &isFirst) {
      guard cursor.next == UInt8(ascii: "-") || cursor.next &- UInt8(ascii: "0") <= 9,
        let value = try cursor.readDouble(), (value * factor).isFinite
      else { throw wrongValues }
      guard values.count < InterchangeLimits.values else {
        throw .tooManyValues(limit: InterchangeLimits.values)
      }
      values.append(value * factor)
    }
    return values
  }

  private static var wrongValues: LineProblem {
    .wrongValue(key: "values", expected: "an array of finite numbers")
  }

  private static func iterations(_ fields: LineFields, count: Int) throws(LineProblem) -> [Int] {
    guard let field = fields[.iterations] else { return [Int](repeating: 1, count: count) }
    guard field.kind == .array else { throw wrongIterations }
    var cursor = JSONCursor(fields.bytes, at: field.range.lowerBound)
    var iterations: [Int] = []
    iterations.reserveCapacity(count)
    var total = 0
    var isFirst = true
    while try cursor.nextElement(isFirst: &isFirst) {
      guard cursor.next &- UInt8(ascii: "0") <= 9,
        let value = try cursor.readNumber().integer, value >= 1,
        iterations.count < InterchangeLimits.values
      else { throw wrongIterations }
      let (sum, overflow) = total.addingReportingOverflow(value)
      guard !overflow else { throw wrongIterations }
      total = sum
      iterations.append(value)
    }
    guard iterations.count == count else {
      throw .unequalCounts(values: count, iterations: iterations.count)
    }
    return iterations
  }

  private static var wrongIterations: LineProblem {
    .wrongValue(key: "iterations", expected: "an array of whole numbers from 1 on")
  }
}
