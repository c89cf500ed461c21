/// One figure to compute over the records of a group, or over all.
public struct Aggregate: Hashable, Sendable {
  /// What is computed.
  public enum Function: String, Hashable, Sendable, CaseIterable {
    /// How many records, or how many whose field is not null.
    case count
    /// The sum of the values that are not null; null when there are none.
    case sum
    /// Their sum divided by how many they are; null when there are none.
    case average
    /// The least of them; null when there are none.
    case min
    /// The greatest of them; null when there are none.
    case max
  }

  /// What is computed.
  public let function: Function
  /// The field it is computed over; nil only for a count of records.
  public let field: String?

  private init(_ function: Function, _ field: String?) {
    self.function = function
    self.field = field
  }

  /// How many records there are.
  public static let count = Aggregate(.count, nil)

  /// How many records have a value in this field.
  public static func count(_ field: String) -> Aggregate { Aggregate(.count, field) }

  /// The sum of an int64, double or decimal field, of the field's type.
  ///
  /// Whole numbers and decimals are summed exactly in 128 bits; a whole-number result beyond 64
  /// bits is `PipelineError.overflow`. Doubles are summed with compensation: the error is that of
  /// one rounding as long as the condition number is moderate, not of one a record.
  public static func sum(_ field: String) -> Aggregate { Aggregate(.sum, field) }

  /// The average of an int64, double or decimal field.
  ///
  /// Of whole numbers and doubles it is a double; of decimals a decimal with four more digits
  /// than the field, half rounded to even.
  public static func average(_ field: String) -> Aggregate { Aggregate(.average, field) }

  /// The least value of a field. NaN is greater than nothing and less than nothing: it is the
  /// answer only when there is no number. False comes before true, text goes by its bytes.
  public static func min(_ field: String) -> Aggregate { Aggregate(.min, field) }

  /// The greatest value of a field. See `min(_:)`.
  public static func max(_ field: String) -> Aggregate { Aggregate(.max, field) }
}

extension Aggregate: CustomStringConvertible {
  /// The aggregate as it is written, such as `sum(amount)`.
  public var description: String { "\(function.rawValue)(\(field ?? ""))" }
}

/// Figures by group: one group for every combination of the keys' values; null is a value.
public struct Grouping: Hashable, Sendable {
  /// The fields whose values make a group, at least one.
  public let keys: [String]
  /// What is computed for each group.
  public let aggregates: [Aggregate]

  /// Groups by fields.
  public init(by keys: String..., computing aggregates: [Aggregate]) {
    self.init(by: keys, computing: aggregates)
  }

  /// Groups by fields.
  public init(by keys: [String], computing aggregates: [Aggregate]) {
    self.keys = keys
    self.aggregates = aggregates
  }
}

/// What is computed over the records that reach the consumer, in the same pass.
public struct Aggregation: Hashable, Sendable {
  /// What is computed over all records.
  public var global: [Aggregate]
  /// What is computed by group.
  public var groupings: [Grouping]

  /// Describes what to compute.
  public init(global: [Aggregate] = [], groupings: [Grouping] = []) {
    self.global = global
    self.groupings = groupings
  }
}
