/// Maps aggregates to accumulators, each of which is computed once: the average of a field shares
/// the sum that is asked for beside it, and both share a pass with the extremes.
struct AggregatePlan: Sendable {
  /// The accumulators over the records that satisfy one condition.
  struct Segment: Sendable {
    let condition: Condition?
    let test: PreparedCondition?
    var specs: [AccumulatorSpec] = []
  }

  private struct Output {
    let segment: Int
    /// The accumulator to read; nil for a count of records or values.
    var accumulator: Int?
    var reading = Reading.sum
    /// The accumulator that counts nulls; nil where nulls are counted like values.
    var nulls: Int?
  }

  private(set) var segments: [Segment] = []
  private var outputs: [Output] = []

  /// - Parameters:
  ///   - aggregates: the aggregates asked for.
  ///   - segments: accumulators that exist anyway and are used where they fit.
  ///   - operands: the columns that are read.
  /// - Throws: `PipelineError` for operands that do not exist or do not fit.
  init(
    _ aggregates: [Aggregate], within segments: [Segment] = [], operands: inout OperandColumns
  ) throws(PipelineError) {
    self.segments = segments
    for aggregate in aggregates {
      let segment = try segment(aggregate.condition, &operands)
      outputs.append(try output(aggregate, segment, &operands))
    }
    // The first segment is always that of all records, whether or not an aggregate reads it.
    if self.segments.isEmpty { self.segments = [Segment(condition: nil, test: nil)] }
  }

  /// Adds the accumulators that another plan's aggregates are read from.
  mutating func include(
    _ aggregates: [Aggregate], operands: inout OperandColumns
  ) throws(PipelineError) {
    for aggregate in aggregates {
      let segment = try segment(aggregate.condition, &operands)
      _ = try output(aggregate, segment, &operands)
    }
  }

  /// Whether the accumulators of another plan can be added without taking much more memory: each
  /// either exists already or takes no more than a few numbers a group.
  func affords(_ other: AggregatePlan) -> Bool {
    other.segments.allSatisfy { segment in
      let mine = segments.first { $0.condition == segment.condition }?.specs ?? []
      return segment.specs.allSatisfy { $0.kind.isSmall || mine.contains($0) }
    }
  }

  private mutating func segment(
    _ condition: Condition?, _ operands: inout OperandColumns
  ) throws(PipelineError) -> Int {
    if segments.isEmpty { segments = [Segment(condition: nil, test: nil)] }
    if let known = segments.firstIndex(where: { $0.condition == condition }) { return known }
    let test = try condition.map { condition throws(PipelineError) in
      try PreparedCondition(condition, operands: &operands)
    }
    segments.append(Segment(condition: condition, test: test))
    return segments.count - 1
  }

  private mutating func output(
    _ aggregate: Aggregate, _ segment: Int, _ operands: inout OperandColumns
  ) throws(PipelineError) -> Output {
    guard let operand = aggregate.operand else { return Output(segment: segment) }
    let column = try operands.index(of: operand, usedBy: "\(aggregate)")
    let type = operands.types[column]
    var output = Output(segment: segment)
    output.nulls = accumulator(.nulls, column, type, aggregate, segment)
    guard let (kind, reading) = try Self.source(of: aggregate, operand, type) else {
      return output
    }
    output.accumulator = accumulator(kind, column, type, aggregate, segment)
    output.reading = reading
    return output
  }

  /// The index of a segment's accumulator of a kind, which is added if the segment has none.
  private mutating func accumulator(
    _ kind: AccumulatorSpec.Kind, _ column: Int, _ type: FieldType, _ aggregate: Aggregate,
    _ segment: Int
  ) -> Int {
    for (index, spec) in segments[segment].specs.enumerated() where spec.column == column {
      switch (spec.kind, kind) {
      case (kind, _), (.integerSummary, .integerSum): return index
      case (.integerSum, .integerSummary):
        segments[segment].specs[index].kind = .integerSummary
        return index
      default: continue
      }
    }
    segments[segment].specs.append(
      AccumulatorSpec(kind: kind, column: column, type: type, aggregate: aggregate))
    return segments[segment].specs.count - 1
  }

  /// The accumulator that an aggregate is read from and the reading; nil for a count.
  private static func source(
    of aggregate: Aggregate, _ operand: Operand, _ type: FieldType
  ) throws(PipelineError) -> (AccumulatorSpec.Kind, Reading)? {
    switch aggregate.function {
    case .count: return nil
    case .first: return (.edge(isFirst: true), .edge)
    case .last: return (.edge(isFirst: false), .edge)
    case .distinctCount: return (.distinct, .distinctCount)
    case .min: return (extremes(type, isMinimum: true), .minimum)
    case .max: return (extremes(type, isMinimum: false), .maximum)
    case .sum, .average, .variance, .standardDeviation, .percentile: break
    }
    guard type.isNumeric else {
      throw .wrongType(field: "\(operand)", type: type, wanted: "a number for \(aggregate)")
    }
    let isDouble = type == .double
    switch aggregate.function {
    case .sum: return (isDouble ? .doubleSum : .integerSum, .sum)
    case .average: return (isDouble ? .doubleSum : .integerSum, .average)
    case .percentile(let percent):
      return (.ranked, .percentile(try PercentileShare(percent: percent)))
    default:
      return (
        isDouble ? .doubleMoments : .integerMoments,
        aggregate.function == .variance ? .variance : .standardDeviation
      )
    }
  }

  private static func extremes(_ type: FieldType, isMinimum: Bool) -> AccumulatorSpec.Kind {
    switch type {
    case .double: .doubleExtremes
    case .string: .textExtremum(isMinimum: isMinimum)
    default: .integerSummary
    }
  }
}

// MARK: Reading the results
extension AggregatePlan {
  /// The aggregates of every group, one row of values each. Bin 0 is never read.
  ///
  /// - Throws: `PipelineError.overflow`.
  func values(_ aggregates: AggregateStates, groups: Int) throws(PipelineError) -> [[Value]] {
    var rows = [[Value]](repeating: [], count: groups)
    for group in rows.indices { rows[group].reserveCapacity(outputs.count) }
    for output in outputs {
      let segment = aggregates.segments[output.segment]
      var present = segment.records
      if let nulls = output.nulls {
        let counts = unsafeDowncast(segment.accumulators[nulls], to: NullCount.self).states
        for group in rows.indices { present[group + 1] -= counts[group + 1] }
      }
      if let index = output.accumulator {
        let accumulator = segment.accumulators[index]
        for group in rows.indices {
          rows[group].append(
            try accumulator.value(output.reading, bin: group + 1, present: present[group + 1]))
        }
      } else {
        for group in rows.indices { rows[group].append(.int64(Int64(present[group + 1]))) }
      }
    }
    return rows
  }
}

extension AggregatePlan {
  /// Whether no aggregate is asked for.
  var isEmpty: Bool { outputs.isEmpty }
}
