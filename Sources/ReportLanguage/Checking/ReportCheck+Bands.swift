internal import StreamingPipeline

/// Checks the bands: which kinds there are, their order, and their elements.
extension ReportCheck {
  mutating func checkBands() {
    var seen: Set<Band.Kind> = []
    for (index, band) in report.bands.enumerated() {
      if !seen.insert(band.kind).inserted { found(.repeatedBand(band.kind, at: band.span)) }
      if band.kind == .title, index > 0 { found(.bandOrder(.title, at: band.span)) }
      if band.kind == .summary, index < report.bands.count - 1 {
        found(.bandOrder(.summary, at: band.span))
      }
      if let level = band.kind.level { checkGroup(level, at: band.span) }
      check(band)
    }
    if !seen.contains(.detail) { found(.missingDetail(at: report.span)) }
  }

  private mutating func check(_ band: Band) {
    if let visibility = band.visibility { require(.bool, visibility, in: .running) }
    for element in band.elements { check(element) }
    for inner in band.bands {
      if inner.kind == band.kind {
        check(inner)
      } else {
        found(.misplacedBand(inner.kind, in: band.kind, at: inner.span))
      }
    }
  }

  // MARK: - Elements

  private mutating func check(_ element: Element) {
    let count = diagnostics.all.count
    let type = checkContent(of: element)
    let isWrong = diagnostics.all.count != count
    if let format = element.format, !isWrong { check(format, for: type, at: element.span) }
    if let width = element.width, !(1...1000).contains(width) {
      found(.outOfRange("a width", "\(width)", 1...1000, at: element.span))
    }
    if let visibility = element.visibility { require(.bool, visibility, in: .running) }
  }

  /// The type of the value that an element shows.
  private mutating func checkContent(of element: Element) -> FieldType? {
    switch element.content {
    case .label, .box, .image: return .string
    case .line: return nil
    case .field(let name):
      guard let position = schema.position(of: name.text) else {
        foundUnknownField(name.text, at: name.span)
        return nil
      }
      return schema.fields[position].type
    case .expression(let expression): return type(of: expression, in: .running)
    case .aggregate(let function, let operand, let scope):
      if case .group(let level) = scope { checkGroup(level, at: element.span) }
      return aggregateType(
        function, of: operand, in: .record("an aggregate"), at: element.span)
    case .chart(let chart):
      check(chart, at: element.span)
      return nil
    }
  }

  private mutating func check(_ chart: Chart, at span: Span) {
    let type = aggregateType(chart.value, of: chart.of, in: .record("a chart"), at: span)
    if let type, !type.isNumber {
      found(.wrongType("a number to draw", found: type, at: chart.of?.span ?? span))
    }
    self.type(of: chart.category, in: .record("a chart"))
  }
}

extension Band.Kind {
  /// The level of a group's band; nil for other bands.
  fileprivate var level: Int? {
    switch self {
    case .groupHeader(let level), .groupFooter(let level): level
    default: nil
    }
  }
}
