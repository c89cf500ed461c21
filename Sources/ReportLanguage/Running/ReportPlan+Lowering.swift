public import StreamingPipeline

extension AggregateFunction {
  /// The aggregate that a pipeline computes over an operand.
  func lowered(_ operand: ComputedColumn) -> Aggregate {
    switch self {
    case .count: .count(operand)
    case .sum: .sum(operand)
    case .average: .average(operand)
    case .min: .min(operand)
    case .max: .max(operand)
    case .first: .first(operand)
    case .last: .last(operand)
    case .distinct: .distinctCount(operand)
    case .median: .median(operand)
    case .deviation: .standardDeviation(operand)
    case .percentile(let percent): .percentile(percent, of: operand)
    }
  }
}

extension ComputedColumn {
  /// Makes an operand of an expression. Rows that a filter dropped may fail.
  init(_ text: String, _ evaluator: Evaluator) {
    self.init(text, evaluator.type) { batch in
      let vector = evaluator.evaluate(Frame(batch))
      if let faults = vector.faults {
        for row in batch.selectedRows {
          if let fault = faults[vector.isConstant ? 0 : row] { throw ReportError.evaluation(fault) }
        }
      }
      return vector.column(rows: batch.rowCount)
    }
  }
}

extension Batch {
  /// The rows that belong to the batch, ascending.
  var selectedRows: [Int] { selection?.map { Int($0) } ?? Array(0..<rowCount) }
}

extension ReportPlan {
  /// The transforms that drop what the report's filter excludes and what is beyond its limit.
  func transforms() -> [Transform] {
    var transforms: [Transform] = []
    if let filter {
      transforms.append(
        Transform(maskedBy: { batch, mask in
          let vector = filter.evaluate(Frame(batch))
          let rows = batch.selectedRows
          for lane in rows.indices {
            let value: Value
            do throws(EvaluationError) { value = try vector.value(rows[lane]) } catch {
              var fault = error
              fault.record = batch.position + rows[lane] + 1
              throw ReportError.evaluation(fault)
            }
            mask[lane] =
              switch value {
              case .bool(true): Mask.yes
              case .null: Mask.unknown
              default: Mask.no
              }
          }
        }))
    }
    return transforms
  }

  /// The report's computations as groupings and aggregates: the variables of each group level, and
  /// those of the whole report. A level without variables gets the number of records and the sums
  /// of the numbers in its details.
  func aggregation() -> Aggregation {
    let levels = groups.indices.map { level in
      Grouping(
        by: (0...level).map { .computed(key($0)) }, computing: aggregates(at: .group(level + 1)))
    }
    return Aggregation(global: aggregates(at: .report), groupings: levels)
  }

  private func aggregates(at reset: Variable.Reset) -> [Aggregate] {
    let own = variables.filter { $0.reset == reset }.compactMap { lowered($0) }
    return own.isEmpty ? [.count] + detailSums : own
  }

  /// The aggregate of a variable; nil if it depends on other variables or on its own previous
  /// value.
  private func lowered(_ variable: PlannedVariable) -> Aggregate? {
    guard let function = variable.function else { return nil }
    guard let operand = variable.operand, let expression = variable.expression else {
      return .count
    }
    guard case .column(let index) = operand else { return nil }
    return function.lowered(ComputedColumn(expression.text, columnar[index]))
  }

  private var detailSums: [Aggregate] {
    bands(.detail).flatMap(\.elements).compactMap { element in
      guard case .value(.column(let index)) = element.content, columnar[index].type.isNumber,
        let column = element.column
      else { return nil }
      return .sum(ComputedColumn(columns[column].heading, columnar[index]))
    }
  }

  func key(_ level: Int) -> ComputedColumn {
    ComputedColumn(report.groups[level].key.text, groups[level])
  }
}

extension PreparedReport {
  /// The report as a pipeline over a source: its filter, and its variables as aggregates. Those of
  /// the report are global; those of a group are grouped by its key and the keys of the groups
  /// around it.
  ///
  /// ```swift
  /// let result = try Pipeline.start(prepared.pipeline(over: source)).runToEnd()
  /// ```
  public func pipeline(over source: any Source) -> PipelineDefinition {
    PipelineDefinition(
      source: source, transforms: plan.transforms(), aggregation: plan.aggregation())
  }
}
