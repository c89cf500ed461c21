import StreamingPipeline
import TextCoding

/// Plans a report: names become indices and expressions become evaluators.
struct ReportPlanner {
  private(set) var plan: ReportPlan
  private let compiler: ExpressionCompiler
  private var formats: FormatCompiler
  private let ordered: [Variable]

  /// - Throws: `ReportError` for parameters.
  static func plan(
    _ checked: CheckedReport, parameters: [String: ParameterInput], now: Int64
  ) throws(ReportError) -> ReportPlan {
    var planner = try ReportPlanner(checked, parameters: parameters, now: now)
    try planner.planRecords()
    try planner.planVariables()
    planner.plan.bands = try planner.bands(checked.report.bands, within: nil)
    return planner.plan
  }

  private init(
    _ checked: CheckedReport, parameters: [String: ParameterInput], now: Int64
  ) throws(ReportError) {
    let binding = try ParameterBinding(checked.report.parameters, inputs: parameters, now: now)
    plan = ReportPlan(report: checked.report, schema: checked.schema)
    ordered = checked.variablesInOrder
    let slots = Dictionary(
      ordered.enumerated().map { ($1.name.text, $0) }, uniquingKeysWith: { first, _ in first })
    compiler = ExpressionCompiler(
      typing: checked.typing, parameters: binding.values, variableSlots: slots, now: now)
    formats = FormatCompiler(checked.report.formats, compiler: compiler)
  }

  private static func typed<Result>(
    _ expression: Expression, _ body: () throws(TypeProblem) -> Result
  ) throws(ReportError) -> Result {
    do { return try body() } catch {
      throw .untyped(expression: expression.text, why: "\(error)")
    }
  }

  // MARK: - Records, groups and variables

  private mutating func planRecords() throws(ReportError) {
    if let filter = plan.report.filter { plan.filter = try evaluator(filter) }
    for group in plan.report.groups {
      let key = try evaluator(group.key)
      plan.groups.append(key)
      plan.groupValues.append(planned(key))
    }
  }

  private mutating func planVariables() throws(ReportError) {
    for variable in ordered {
      let type = compiler.typing.variables[variable.name.text] ?? .double
      var function: AggregateFunction?
      var expression: Expression?
      switch variable.calculation {
      case .function(let known, let operand):
        function = known
        expression = operand
      case .custom(let custom): expression = custom
      }
      let operand = try expression.map { expression throws(ReportError) in
        try evaluator(expression, as: function == nil ? type : nil)
      }
      plan.variables.append(
        PlannedVariable(
          name: variable.name.text, type: type, function: function,
          operand: operand.map { planned($0) }, operandType: operand?.type,
          reset: variable.reset, initial: try initial(of: variable, type), expression: expression))
    }
  }

  private func initial(of variable: Variable, _ type: FieldType) throws(ReportError) -> Value {
    guard let expression = variable.initial else { return .null }
    let evaluator = try evaluator(expression, as: type)
    do { return try evaluator.evaluate(Frame(rowCount: 1, columns: [])).value(0) } catch {
      throw .evaluation(error)
    }
  }

  private func evaluator(
    _ expression: Expression, as type: FieldType? = nil
  ) throws(ReportError) -> Evaluator {
    try Self.typed(expression) { () throws(TypeProblem) in
      if let type {
        try compiler.compile(expression, as: type)
      } else {
        try compiler.compile(expression)
      }
    }
  }

  private mutating func planned(_ evaluator: Evaluator, of expression: Expression? = nil)
    -> PlannedValue
  {
    if case .variable(let name) = expression?.node, let slot = compiler.variableSlots[name.text] {
      return .variable(slot)
    }
    if evaluator.isRunning { return .running(evaluator) }
    plan.columnar.append(evaluator)
    return .column(plan.columnar.count - 1)
  }

  // MARK: - Bands

  private mutating func bands(
    _ bands: [Band], within outer: Band.Kind?
  ) throws(ReportError) -> [PlannedBand] {
    var result: [PlannedBand] = []
    // Details are planned first, because their elements are the first columns of a table.
    let details = outer == nil ? bands.filter { $0.kind == .detail } : bands
    let others = outer == nil ? bands.filter { $0.kind != .detail } : []
    for band in details + others { result.append(try self.band(band, outer ?? band.kind)) }
    return result
  }

  private mutating func band(_ band: Band, _ kind: Band.Kind) throws(ReportError) -> PlannedBand {
    let first = plan.aggregates.count
    var elements: [PlannedElement] = []
    for element in band.elements { elements.append(try self.element(element, kind)) }
    let own = (first..<plan.aggregates.count).filter { plan.aggregates[$0].scope == .band }
    return PlannedBand(
      kind: kind, visibility: try condition(band.visibility), elements: elements,
      bands: try bands(band.bands, within: kind), ownAggregates: own)
  }

  private mutating func condition(
    _ expression: Expression?
  ) throws(ReportError) -> PlannedValue? {
    guard let expression else { return nil }
    return planned(try evaluator(expression, as: .bool))
  }

  private mutating func element(
    _ element: Element, _ kind: Band.Kind
  ) throws(ReportError) -> PlannedElement {
    let (content, type, name) = try content(element, kind)
    let format =
      if let type {
        try Self.typed(Expression(.literal(.null))) { () throws(TypeProblem) in
          try formats.compile(element.format, for: type)
        }
      } else { FormatPlan.plain }
    return PlannedElement(
      content: content, type: type, format: format,
      visibility: try condition(element.visibility),
      column: type.flatMap { column(element, element.heading ?? name, $0, kind) },
      width: element.width, alignment: element.alignment)
  }

  private mutating func content(
    _ element: Element, _ kind: Band.Kind
  ) throws(ReportError) -> (PlannedElement.Content, FieldType?, String) {
    switch element.content {
    case .label(let text): return (.label(text), nil, "")
    case .line: return (.line, nil, "")
    case .box(let text): return (.box(text), nil, "")
    case .image(let path, let alternative):
      return (.image(path: path, alternative: alternative), nil, "")
    case .field(let name):
      let expression = Expression(.field([name]), span: name.span)
      let evaluator = try evaluator(expression)
      return (.value(planned(evaluator)), evaluator.type, name.text)
    case .expression(let expression):
      let evaluator = try evaluator(expression)
      return (.value(planned(evaluator, of: expression)), evaluator.type, expression.text)
    case .aggregate(let function, let operand, let scope):
      return try aggregate(function, operand, scope, kind)
    case .chart(let chart):
      let value = try chart.of.map { of throws(ReportError) in try evaluator(of) }
      plan.charts.append(
        PlannedChart(
          chart: chart, category: planned(try evaluator(chart.category)),
          value: value.map { planned($0) }, valueType: value?.type, scope: Self.scope(of: kind)))
      return (.chart(plan.charts.count - 1), nil, chart.title ?? "")
    }
  }

  private mutating func aggregate(
    _ function: AggregateFunction, _ operand: Expression?, _ scope: Element.Scope,
    _ kind: Band.Kind
  ) throws(ReportError) -> (PlannedElement.Content, FieldType?, String) {
    let evaluator = try operand.map { operand throws(ReportError) in try self.evaluator(operand) }
    var ahead: Int?
    if let level = Self.levelAhead(of: scope, in: kind) {
      ahead = plan.ahead[level]?.count ?? 0
      plan.ahead[level, default: []].append(lowered(function, evaluator, operand))
    }
    plan.aggregates.append(
      PlannedAggregate(
        function: function, operand: evaluator.map { planned($0) }, operandType: evaluator?.type,
        expression: operand, scope: scope, ahead: ahead))
    let type = function.resultType(of: evaluator?.type)
    return (.aggregate(plan.aggregates.count - 1), type, function.text(of: operand))
  }

  /// The column of an element with a value: the one with its heading, or a new one. Page bands have
  /// no columns in tables.
  private mutating func column(
    _ element: Element, _ heading: String, _ type: FieldType, _ kind: Band.Kind
  ) -> Int? {
    switch kind {
    case .pageHeader, .pageFooter, .columnHeader, .columnFooter: return nil
    default: break
    }
    let isDetail = kind == .detail
    if !isDetail, let known = plan.columns.firstIndex(where: { $0.heading == heading }) {
      return known
    }
    plan.columns.append(
      PlannedColumn(
        heading: heading, type: type,
        width: max(element.width ?? type.usualWidth, DisplayWidth.of(heading)),
        alignment: element.alignment ?? (type.isNumber ? .right : .left), isDetail: isDetail))
    return plan.columns.count - 1
  }
}

extension ReportPlanner {
  /// The scope of the chart of a band.
  fileprivate static func scope(of kind: Band.Kind) -> Element.Scope {
    switch kind {
    case .groupHeader(let level), .groupFooter(let level): .group(level)
    case .pageHeader, .pageFooter: .page
    default: .report
    }
  }

  /// The level whose totals a first pass must compute, because a band shows them before the last of
  /// their records has come. Nil if they have come, or for a page, whose end is not known before.
  fileprivate static func levelAhead(of scope: Element.Scope, in kind: Band.Kind) -> Int? {
    switch (scope, kind) {
    case (.band, _), (.page, _), (_, .summary): nil
    case (.report, _): 0
    case (.group(let level), .groupFooter(let own)): own <= level ? nil : level
    case (.group(let level), _): level
    }
  }

  /// The same aggregate, computed by a pipeline.
  private func lowered(
    _ function: AggregateFunction, _ evaluator: Evaluator?, _ expression: Expression?
  ) -> Aggregate {
    guard let evaluator, let expression else { return .count }
    return function.lowered(ComputedColumn(expression.text, evaluator))
  }
}

extension FieldType {
  /// The width in characters of values of this type where none is given.
  var usualWidth: Int {
    switch self {
    case .int64, .date: 10
    case .double, .decimal: 14
    case .bool: 5
    case .string: 20
    case .timestamp: 20
    }
  }
}
