import StreamingPipeline

/// A record with the values that were evaluated for its whole batch.
struct CurrentRecord {
  let batch: Batch
  let vectors: [Vector]
  var row: Int

  /// The record as a batch of one, for expressions that are evaluated record by record.
  var columns: [Column] { batch.columns.map { $0.window(row..<row + 1) } }
}

/// One execution of a report: receives records in order and passes bands to a writer.
final class ReportExecution {
  let plan: ReportPlan
  private let writer: any BandWriter
  private let totals: TotalsAhead
  private var pages: PageLayout
  private var state: RunningState
  private var current: CurrentRecord?
  /// The record of the last band on the page. It is set only if pages are limited.
  private var lastOnPage: CurrentRecord?
  private var keys: [Value] = []
  private var seen: SeenGroups
  /// The number of records received.
  private(set) var records = 0

  init(_ plan: ReportPlan, writer: any BandWriter, totals: TotalsAhead, pageLength: Int?) {
    self.plan = plan
    self.writer = writer
    self.totals = totals
    pages = PageLayout(plan, length: pageLength)
    state = RunningState(plan)
    seen = SeenGroups(levels: plan.groups.count)
    writer.begin(ReportHead(plan))
  }

  /// Whether the report's limit is reached.
  var isFull: Bool { plan.report.limit.map { records >= $0 } ?? false }

  /// The text written since the last call.
  func take() -> String { writer.take() }

  /// Processes the next records.
  func receive(_ batch: Batch) throws {
    let frame = Frame(batch)
    let vectors = plan.columnar.map { $0.evaluate(frame) }
    for row in batch.selectedRows where !isFull {
      try receive(CurrentRecord(batch: batch, vectors: vectors, row: row))
    }
  }

  /// Ends all groups, pages and the report. A report without records shows its title, its page
  /// bands and its summary.
  func finish() throws {
    if records == 0 { try begin() } else { try closeGroups(from: 1) }
    try show(.columnFooter)
    try show(.pageFooter)
    try show(.summary)
    writer.end()
  }

  private func receive(_ record: CurrentRecord) throws {
    let keys = try plan.groupValues.map { try value($0, of: record) }
    if records == 0 {
      current = record
      self.keys = keys
      try begin()
      try openGroups(from: 1)
    } else if let level = keys.indices.first(where: { keys[$0] != self.keys[$0] }) {
      try closeGroups(from: level + 1)
      current = record
      self.keys = keys
      try openGroups(from: level + 1)
    } else {
      current = record
    }
    records += 1
    if pages.isLimited { try countOnItsPage(record) } else { try count(record) }
    try show(.detail)
  }

  /// Counts a record on the page that shows its details: if they do not fit any more, the footer of
  /// the current page must not include the record.
  private func countOnItsPage(_ record: CurrentRecord) throws {
    let before = state
    try count(record)
    let height = try plan.bands(.detail).compactMap { try render($0) }.map(\.height).reduce(0, +)
    guard pages.breaks(before: .detail, height) else { return }
    state = before
    try breakPage()
    try count(record)
  }

  private func begin() throws {
    try show(.title)
    try show(.pageHeader)
    try show(.columnHeader)
  }

  private func openGroups(from level: Int) throws {
    for number in level..<(plan.groups.count + 1) {
      guard seen.begin(number, keys: keys) else {
        throw ReportError.scattered(
          group: plan.report.groups[number - 1].name.text, key: "\(keys[number - 1])",
          record: records + 1)
      }
      try show(.groupHeader(number))
    }
    try show(.detailHeader)
  }

  private func closeGroups(from level: Int) throws {
    try show(.detailFooter)
    for number in (level..<(plan.groups.count + 1)).reversed() {
      try show(.groupFooter(number))
      state.endGroup(number)
    }
  }

  /// Updates variables, aggregates and charts with a record.
  private func count(_ record: CurrentRecord) throws {
    state.beginDetail()
    for slot in plan.variables.indices {
      let variable = plan.variables[slot]
      let operand = try variable.operand.map { try value($0, of: record) } ?? .bool(true)
      try state.update(slot, operand)
    }
    for index in plan.aggregates.indices where plan.aggregates[index].ahead == nil {
      let operand = try plan.aggregates[index].operand.map { try value($0, of: record) }
      state.aggregates[index].add(operand ?? .bool(true))
    }
    for index in plan.charts.indices {
      let chart = plan.charts[index]
      state.charts[index].add(
        try value(chart.category, of: record), try chart.value.map { try value($0, of: record) })
    }
  }

  // MARK: - Bands

  private func show(_ kind: Band.Kind) throws {
    for band in plan.bands(kind) {
      guard let rendered = try render(band) else { continue }
      if pages.breaks(before: kind, rendered.height) {
        try breakPage()
        if let again = try render(band) { emit(again) }
      } else {
        emit(rendered)
      }
      for index in band.allOwnAggregates { state.aggregates[index].reset() }
    }
  }

  private func emit(_ band: RenderedBand) {
    pages.count(band.kind, band.height)
    if pages.isLimited { lastOnPage = current }
    writer.write(band)
  }

  private func breakPage() throws {
    let next = current
    current = lastOnPage ?? current
    try show(.columnFooter)
    try show(.pageFooter)
    current = next
    writer.breakPage()
    pages.turn()
    state.endPage()
    try show(.pageHeader)
    try show(.columnHeader)
  }

  private func render(_ band: PlannedBand) throws -> RenderedBand? {
    guard try isVisible(band.visibility) else { return nil }
    return RenderedBand(
      kind: band.kind, cells: try band.elements.map { try cell($0) },
      bands: try band.bands.compactMap { try render($0) })
  }

  private func isVisible(_ condition: PlannedValue?) throws -> Bool {
    guard let condition else { return true }
    return try value(condition, of: current) == .bool(true)
  }

  private func cell(_ element: PlannedElement) throws -> RenderedCell {
    var cell = RenderedCell(
      .blank, column: element.column, width: element.width, alignment: element.alignment)
    guard try isVisible(element.visibility) else { return cell }
    switch element.content {
    case .label(let text): cell.content = .text(text)
    case .line: cell.content = .line
    case .box(let text): cell.content = .box(text)
    case .image(let path, let alternative):
      cell.content = .image(path: path, alternative: alternative)
    case .chart(let index): cell.content = .chart(try state.charts[index].drawing())
    case .value(let value): cell.content = try content(element, self.value(value, of: current))
    case .aggregate(let index): cell.content = try content(element, value(ofAggregate: index))
    }
    return cell
  }

  private func content(
    _ element: PlannedElement, _ value: Value
  ) throws -> RenderedCell.Content {
    do { return .value(value, try element.format.text(value, type: element.type ?? .string)) } catch
    { throw ReportError.evaluation(error) }
  }

  private func value(ofAggregate index: Int) throws -> Value {
    let aggregate = plan.aggregates[index]
    if let index = aggregate.ahead {
      let level = if case .group(let level) = aggregate.scope { level } else { 0 }
      return totals.value(level: level, keys: keys, index: index)
    }
    do { return try state.aggregates[index].value(for: aggregate.expression) } catch {
      throw ReportError.evaluation(error)
    }
  }

  /// A value for a record; null if there is no record.
  private func value(_ planned: PlannedValue, of record: CurrentRecord?) throws -> Value {
    do {
      switch planned {
      case .variable(let slot): return state.values[slot]
      case .column(let index):
        guard let record else { return constant(index) }
        return try record.vectors[index].value(record.row)
      case .running(let evaluator):
        var frame = Frame(rowCount: 1, columns: record?.columns ?? plan.emptyColumns)
        frame.variables = state.values
        frame.pageNumber = pages.number
        return try evaluator.evaluate(frame).value(0)
      }
    } catch {
      var fault = error
      if let record { fault.record = record.batch.position + record.row + 1 }
      throw ReportError.evaluation(fault)
    }
  }

  private func constant(_ index: Int) -> Value { plan.columnar[index].constant ?? .null }
}

extension PlannedBand {
  /// The aggregates of the band and of those within it that are reset when it has been shown.
  var allOwnAggregates: [Int] { ownAggregates + bands.flatMap(\.allOwnAggregates) }
}

extension ReportPlan {
  /// A record of nulls, for reports without records.
  var emptyColumns: [Column] {
    schema.fields.map { Vector(.null, as: $0.type).column(rows: 1) }
  }
}
