/// Parses `report NAME ["TITLE"] { statement… }`.
extension Parser {
  /// Parses the report, as far as possible.
  mutating func parseReport() -> Report {
    let first = current
    if !accept(.report) {
      reportExpected(.expectedReport, "'report'", oneOf: [.report])
      if meant(in: [.report]) != nil { advance() }
    }
    var report = Report(name(of: "the report") ?? Name("", span: location), source: Name(""))
    report.title = optionalText()
    report.span = span(from: first)
    let brace = current
    if current.kind != .leftBrace {
      reportExpected(.expectedSymbol, "'{' after the report's name")
      skipToBlock()
    }
    guard accept(.leftBrace) || beginsStatement else { return report }
    statements(of: &report, brace: brace)
    return report
  }

  private mutating func statements(of report: inout Report, brace: Token) {
    var seen: Set<Keyword> = []
    while current.kind != .rightBrace, current.kind != .end {
      let end = lastEnd
      guard !statement(of: &report, seen: &seen) else { continue }
      if lastEnd == end { advance() }
      skipToStatement()
    }
    // After other errors the source may only have been skipped.
    if !seen.contains(.source), diagnostics.isEmpty {
      self.report(.missingSource(of: report.name.text, at: report.span))
    }
    guard accept(.rightBrace) else {
      let line = line(of: brace)
      self.report(.unclosedBrace(of: "the report", openedInLine: line, at: location))
      return
    }
    if current.kind != .end, current.kind != .invalid {
      self.report(.textAfterReport(at: location))
    }
  }

  /// Parses one statement; false where that is not possible.
  private mutating func statement(of report: inout Report, seen: inout Set<Keyword>) -> Bool {
    if current.keyword.map(Keyword.statements.contains) != true {
      reportExpected(.expectedStatement, "a statement", oneOf: Keyword.statements)
    }
    guard let keyword = meant(in: Keyword.statements) else { return false }
    let first = current
    advance()
    if [.description, .source, .filter, .order, .limit].contains(keyword),
      !seen.insert(keyword).inserted
    {
      self.report(.repeatedStatement(keyword, at: first.span))
    }
    switch keyword {
    case .description: return set(&report.description, text(of: "the description"))
    case .source: return set(&report.source, name(of: "the source"))
    case .filter: return set(&report.filter, expression())
    case .order: return order(of: &report)
    case .limit: return set(&report.limit, wholeNumber(of: "how many records are read"))
    case .parameter: return append(parameter(from: first), to: &report.parameters)
    case .format: return append(namedFormat(from: first), to: &report.formats)
    case .group: return append(group(from: first), to: &report.groups)
    case .variable: return append(variable(from: first), to: &report.variables)
    default: return append(band(from: first), to: &report.bands)
    }
  }

  func set<Value>(_ target: inout Value, _ value: Value?) -> Bool {
    value.map { target = $0 } != nil
  }

  func set<Value>(_ target: inout Value?, _ value: Value?) -> Bool {
    value.map { target = $0 } != nil
  }

  func append<Part>(_ part: Part?, to parts: inout [Part]) -> Bool {
    part.map { parts.append($0) } != nil
  }

  /// Parses `order by FIELD [ascending | descending], …`.
  private mutating func order(of report: inout Report) -> Bool {
    guard expect(.by, after: "'order'") else { return false }
    report.order = []
    repeat {
      guard let name = fieldName() else { return false }
      var order = SortOrder(name)
      order.span = name.span
      if accept(.descending) {
        order.isDescending = true
      } else {
        _ = accept(.ascending)
      }
      report.order.append(order)
    } while accept(.comma)
    return true
  }

  /// Parses `group LEVEL NAME by EXPRESSION`.
  private mutating func group(from first: Token) -> Group? {
    guard let level = wholeNumber(of: "the level of the group, as in: group 1 region by region")
    else { return nil }
    let span = span(from: first)
    guard let name = name(of: "the group"), expect(.by, after: "the group's name"),
      let key = expression()
    else { return nil }
    var group = Group(level, name, by: key)
    group.span = span
    return group
  }

  /// Parses `format NAME FORMAT`.
  private mutating func namedFormat(from first: Token) -> NamedFormat? {
    guard let name = name(of: "the format") else { return nil }
    let span = span(from: first)
    guard let format = format() else { return nil }
    var named = NamedFormat(name, format)
    named.span = span
    return named
  }
}
