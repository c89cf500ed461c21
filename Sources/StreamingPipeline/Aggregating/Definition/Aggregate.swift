/// One aggregate to compute over the records of a group, or over all records.
///
/// ```swift
/// let aggregates: [Aggregate] = [
///   .count, .sum("amount"), .percentile(95, of: "amount"),
///   .average("amount").filtered(by: .compare("region", .equal, "north")),
/// ]
/// ```
public struct Aggregate: Hashable, Sendable {
  /// What is computed.
  public enum Function: Hashable, Sendable {
    /// The number of records, or of records whose operand is not null.
    case count
    /// The sum of the values that are not null; null when there are none.
    case sum
    /// The sum divided by the number of values; null when there are none.
    case average
    /// The least value; null when there are none.
    case min
    /// The greatest value; null when there are none.
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
    /// The number of different values, null not counted.
    case distinctCount
    /// The value below which this percentage of the values lies.
    case percentile(Double)
  }

  /// The function to compute.
  public let function: Function
  /// The operand of the function; nil only for a count of records.
  public let operand: Operand?
  /// The records that take part; nil for all.
  public let condition: Condition?

  private init(_ function: Function, _ operand: Operand?, where condition: Condition? = nil) {
    self.function = function
    self.operand = operand
    self.condition = condition
  }

  /// This aggregate, computed only over the records for which a predicate holds.
  public func filtered(by predicate: Predicate) -> Aggregate {
    Aggregate(function, operand, where: .predicate(predicate))
  }

  /// This aggregate, computed only over the records for which a column of truth values is true.
  public func filtered(by condition: ComputedColumn) -> Aggregate {
    Aggregate(function, operand, where: .computed(condition))
  }
}

// MARK: Functions
extension Aggregate {
  /// The number of records.
  public static let count = Aggregate(.count, nil)

  /// The number of records in which an operand has a value.
  public static func count(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.count, operand.operand)
  }

  /// The number of records that satisfy a condition.
  public static func count(where condition: Predicate) -> Aggregate {
    count.filtered(by: condition)
  }

  /// The sum of an int64, double or decimal operand, in the type of the operand.
  ///
  /// Whole numbers and decimals are summed exactly in 128 bits; a sum of whole numbers beyond 64
  /// bits is `PipelineError.overflow`. The sum of doubles is the exact sum, rounded once: it
  /// depends neither on the order of the records nor on how partitions divide them.
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
  /// The average of whole numbers or doubles is a double. The average of decimals is a decimal with
  /// four more digits than the operand, half rounded to even.
  public static func average(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.average, operand.operand)
  }

  /// The least value. NaN is the answer only when there is no number. False comes before true, and
  /// text is ordered by its bytes.
  public static func min(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.min, operand.operand)
  }

  /// The greatest value. See `min(_:)`.
  public static func max(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.max, operand.operand)
  }

  /// The first value that is not null, by the position of its record in the stream.
  public static func first(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.first, operand.operand)
  }

  /// The last value that is not null, by the position of its record in the stream.
  public static func last(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.last, operand.operand)
  }

  /// The sample variance of an int64, double or decimal operand, a double.
  ///
  /// It is computed from the exact sums of the values and of their squares, so nothing cancels and
  /// the order of the records does not matter. Three roundings at the end are the only error;
  /// Welford's method approaches the same value.
  public static func variance(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.variance, operand.operand)
  }

  /// The square root of `variance(_:)`.
  public static func standardDeviation(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.standardDeviation, operand.operand)
  }

  /// The number of different values.
  ///
  /// Up to `DistinctSketch.exactLimit` (1,024) different values in a group are counted exactly.
  /// Text is counted by 64-bit hashes: the chance that two of 1,024 share one is under 10⁻¹³.
  /// More values are estimated by a HyperLogLog of 4,096 registers, with a standard error of 1.6 %.
  public static func distinctCount(_ operand: some OperandConvertible) -> Aggregate {
    Aggregate(.distinctCount, operand.operand)
  }

  /// The middle value, or the average of the two in the middle. See `percentile(_:of:)`.
  public static func median(_ operand: some OperandConvertible) -> Aggregate {
    percentile(50, of: operand)
  }

  /// The value below which `percent` of the values lie, interpolated between the two nearest ranks
  /// (Hyndman and Fan's type 7, the default of R and NumPy). Digits of `percent` beyond the sixth
  /// after the point are ignored.
  ///
  /// Up to 10,000 values of a group are stored and the answer is exact. Beyond that they are
  /// counted in buckets that grow with the value, and the answer is within 1/256 (0.4 %) of the
  /// value at that rank. The percentile of whole numbers or doubles is a double, that of decimals a
  /// decimal with four more digits. NaN is ignored.
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
