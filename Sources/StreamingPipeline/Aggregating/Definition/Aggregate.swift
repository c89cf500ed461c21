/// One figure to compute over the records of a group, or over all.
public struct Aggregate: Hashable, Sendable {
  /// What is computed.
  public enum Function: Hashable, Sendable {
    /// How many records, or how many whose operand is not null.
    case count
    /// The sum of the values that are not null; null when there are none.
    case sum
    /// Their sum divided by how many they are; null when there are none.
    case average
    /// The least of them; null when there are none.
    case min
    /// The greatest of them; null when there are none.
    case max
    /// The value of the first record that has one; null when none has.
    case first
    /// The value of the last record that has one; null when none has.
    case last
    /// The sample variance: squared deviations from the average, divided by one less than how
    /// many values there are; null for fewer than two.
    case variance
    /// The square root of the variance.
    case standardDeviation
    /// How many different values there are, null not counted.
    case distinctCount
    /// The value that this share of the values, in percent, is not above.
    case percentile(Double)
  }

  /// What is computed.
  public let function: Function
  /// What it is computed over; nil only for a count of records.
  public let operand: Operand?
  /// Which records count; nil for all.
  public let condition: Condition?

  private init(_ function: Function, _ operand: Operand?, where condition: Condition? = nil) {
    self.function = function
    self.operand = operand
    self.condition = condition
  }

  /// The same figure over only those records for which a predicate holds.
  public func filtered(by predicate: Predicate) -> Aggregate {
    Aggregate(function, operand, where: .predicate(predicate))
  }

  /// The same figure over only those records for which a column of truth values is true.
  public func filtered(by condition: ComputedColumn) -> Aggregate {
    Aggregate(function, operand, where: .computed(condition))
  }
}

// The functions.
extension Aggregate {
  /// How many records there are.
  public static let count = Aggregate(.count, nil)

  /// How many records have a value.
  public static func count(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.count, operand.operand)
  }

  /// How many records satisfy a condition.
  public static func count(where condition: Predicate) -> Aggregate {
    count.filtered(by: condition)
  }

  /// The sum of an int64, double or decimal operand, of its type.
  ///
  /// Whole numbers and decimals are summed exactly in 128 bits; a whole-number result beyond 64
  /// bits is `PipelineError.overflow`. The sum of doubles is the exact sum, rounded once: it
  /// depends neither on the order of the records nor on who added up which.
  public static func sum(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.sum, operand.operand)
  }

  /// The sum over the records that satisfy a condition. See `sum(_:)`.
  public static func sum(
    _ operand: some OperandConvertible, where condition: Predicate
  ) -> Aggregate {
    sum(operand).filtered(by: condition)
  }

  /// The average of an int64, double or decimal operand over its values that are not null.
  ///
  /// Of whole numbers and doubles it is a double; of decimals a decimal with four more digits
  /// than the operand, half rounded to even.
  public static func average(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.average, operand.operand)
  }

  /// The least value. NaN is greater than nothing and less than nothing: it is the answer only
  /// when there is no number. False comes before true, text goes by its bytes.
  public static func min(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.min, operand.operand)
  }

  /// The greatest value. See `min(_:)`.
  public static func max(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.max, operand.operand)
  }

  /// The value of the first record, by its place in the stream, that has one.
  public static func first(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.first, operand.operand)
  }

  /// The value of the last record, by its place in the stream, that has one.
  public static func last(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.last, operand.operand)
  }

  /// The sample variance of an int64, double or decimal operand, a double.
  ///
  /// It comes from the exact sums of the values and of their squares, so that nothing cancels and
  /// the order of the records does not matter: what Welford's method approaches, correct but for
  /// three roundings at the end.
  public static func variance(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.variance, operand.operand)
  }

  /// The square root of `variance(_:)`.
  public static func standardDeviation(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.standardDeviation, operand.operand)
  }

  /// How many different values there are.
  ///
  /// Up to `DistinctSketch.exactLimit` (1,024) of them in a group are counted exactly (text by
  /// 64-bit hashes: two of 1,024 share one with a chance under 10⁻¹³); more are estimated by a
  /// HyperLogLog of 4,096 registers, with a standard error of 1.6 %.
  public static func distinctCount(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.distinctCount, operand.operand)
  }

  /// The middle value, or the average of the two in the middle. See `percentile(_:of:)`.
  public static func median(_ operand: some OperandConvertible) -> Aggregate {
    percentile(50, of: operand)
  }

  /// The value below which `percent` of the values lie, interpolated between the two nearest
  /// ranks (Hyndman and Fan's type 7, the default of R and NumPy); `percent` counts to six digits.
  ///
  /// Up to 10,000 values of a group are kept and the answer is exact; beyond that they are counted
  /// in buckets that grow with the value, and the answer is within 1/256 (0.4 %) of the value at
  /// that rank. Of whole numbers and doubles it is a double, of decimals a decimal with four more
  /// digits. NaN is left out.
  public static func percentile(
    _ percent: Double, of operand: some OperandConvertible
  ) -> Aggregate {
    Aggregate(.percentile(percent), operand.operand)
  }
}

extension Aggregate: CustomStringConvertible {
  /// The aggregate as it is written, such as `sum(amount)` or `sum(amount) where quantity > 3`.
  public var description: String {
    let operand = operand?.description ?? ""
    let aggregate =
      switch function {
      case .percentile(50): "median(\(operand))"
      case .percentile(let percent): "percentile(\(percent), \(operand))"
      case .standardDeviation: "standard_deviation(\(operand))"
      case .distinctCount: "distinct_count(\(operand))"
      default: "\(function)(\(operand))"
      }
    return condition.map { "\(aggregate) where \($0)" } ?? aggregate
  }
}
