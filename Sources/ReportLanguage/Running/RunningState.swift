import StreamingPipeline

/// The variables, aggregates and charts of a report after some of its records.
struct RunningState {
  private let plan: ReportPlan
  private(set) var values: [Value]
  private var functions: [RunningAggregate?]
  var aggregates: [RunningAggregate]
  var charts: [ChartPoints]

  init(_ plan: ReportPlan) {
    self.plan = plan
    values = plan.variables.map(\.initial)
    functions = plan.variables.map { variable in
      variable.function.map { RunningAggregate($0, of: variable.operandType) }
    }
    aggregates = plan.aggregates.map { RunningAggregate($0.function, of: $0.operandType) }
    charts = plan.charts.map { ChartPoints($0) }
    for slot in plan.variables.indices { resetVariable(slot) }
  }

  /// Updates a variable with a record's value.
  mutating func update(_ slot: Int, _ operand: Value) throws {
    guard functions[slot] != nil else {
      values[slot] = operand
      return
    }
    functions[slot]?.add(operand)
    let expression = plan.variables[slot].expression
    do {
      values[slot] = try functions[slot]?.value(for: expression) ?? .null
    } catch { throw ReportError.evaluation(error) }
    // A total that is shown may have 128 bits, but one that is used in calculations has 64.
    if case .decimal(let number) = values[slot], Int64(exactly: number.mantissa) == nil,
      let expression
    {
      throw ReportError.evaluation(EvaluationError(.overflow, expression))
    }
  }

  mutating func beginDetail() { reset { $0 == .detail } }

  mutating func endPage() {
    reset { $0 == .page }
    resetAggregates { $0 == .page }
  }

  mutating func endGroup(_ level: Int) {
    reset { $0 == .group(level) }
    resetAggregates { $0 == .group(level) }
  }

  private mutating func reset(where resets: (Variable.Reset) -> Bool) {
    for slot in plan.variables.indices where resets(plan.variables[slot].reset) {
      resetVariable(slot)
    }
  }

  private mutating func resetVariable(_ slot: Int) {
    let variable = plan.variables[slot]
    functions[slot]?.reset(to: variable.initial)
    values[slot] =
      variable.initial.isNull
      ? (try? functions[slot]?.value(for: nil)) ?? .null : variable.initial
  }

  private mutating func resetAggregates(where resets: (Element.Scope) -> Bool) {
    for index in aggregates.indices where resets(plan.aggregates[index].scope) {
      aggregates[index].reset()
    }
    for index in charts.indices where resets(plan.charts[index].scope) {
      charts[index] = ChartPoints(plan.charts[index])
    }
  }
}

/// Remembers which groups there have been, to detect one that comes again.
///
/// Groups are remembered by hashes of 64 bits, up to `limit` for each level at a time. Beyond that,
/// newer groups are not checked, because remembering them would need unbounded memory.
struct SeenGroups {
  static let limit = 100_000
  private var levels: [Set<Int>]

  init(levels count: Int) { levels = Array(repeating: [], count: count) }

  /// Adds a new group of a level; false where it was there already.
  mutating func begin(_ level: Int, keys: [Value]) -> Bool {
    // Groups within a new group are new, whatever their own keys are.
    for inner in level..<levels.count { levels[inner].removeAll(keepingCapacity: true) }
    guard levels[level - 1].count < Self.limit else { return true }
    var hasher = Hasher()
    for key in keys.prefix(level) { hasher.combine(key) }
    return levels[level - 1].insert(hasher.finalize()).inserted
  }
}
