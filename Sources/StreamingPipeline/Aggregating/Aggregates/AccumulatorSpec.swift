/// Identifies an accumulator: its kind and the column it reads.
struct AccumulatorSpec: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case nulls
    case integerSum
    case integerSummary
    case doubleSum
    case doubleExtremes
    case textExtremum(isMinimum: Bool)
    case integerMoments
    case doubleMoments
    case edge(isFirst: Bool)
    case distinct
    case ranked

    /// Whether a group takes no more than a few numbers, however many records it has.
    var isSmall: Bool { self != .distinct && self != .ranked }
  }

  var kind: Kind
  let column: Int
  let type: FieldType
  /// The aggregate for which it was made, as errors name it.
  let aggregate: Aggregate

  static func == (left: AccumulatorSpec, right: AccumulatorSpec) -> Bool {
    left.kind == right.kind && left.column == right.column
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(column)
  }

  func make() -> Accumulator {
    switch kind {
    case .nulls: NullCount(self)
    case .integerSum: IntegerSum(self)
    case .integerSummary: IntegerSummary(self)
    case .doubleSum: DoubleSum(self)
    case .doubleExtremes: DoubleExtremes(self)
    case .textExtremum(let isMinimum): TextExtremum(self, isMinimum: isMinimum)
    case .integerMoments: IntegerMoments(self)
    case .doubleMoments: DoubleMoments(self)
    case .edge(let isFirst):
      type == .string ? TextEdge(self, isFirst: isFirst) : NumberEdge(self, isFirst: isFirst)
    case .distinct: DistinctCount(self)
    case .ranked: Ranked(self)
    }
  }
}

extension FieldType {
  /// The value of this type that a stored whole number, mantissa, day, instant or truth value
  /// stands for.
  func value(stored bits: Int64) -> Value {
    switch self {
    case .decimal(let scale): .decimal(FixedDecimal(mantissa: Int128(bits), scale: scale))
    case .bool: .bool(bits == 1)
    case .date: .date(Int32(truncatingIfNeeded: bits))
    case .timestamp: .timestamp(bits)
    default: .int64(bits)
    }
  }

  /// The digits after the point; 0 for types other than decimals.
  var scale: Int {
    if case .decimal(let scale) = self { scale } else { 0 }
  }
}
