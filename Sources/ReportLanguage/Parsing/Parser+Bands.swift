/// Parses `band KIND [visible when CONDITION] { element… band… }`.
extension Parser {
  mutating func band(from first: Token) -> Band? {
    guard let kind = bandKind() else { return nil }
    var band = Band(kind)
    band.span = span(from: first)
    let isRead = clauses([.visible], after: "a band") { parser, _ in
      parser.set(&band.visibility, parser.visibility())
    }
    if !isRead { skipToBlock() }
    let brace = current
    guard expect(.leftBrace, after: "the head of a band") else { return nil }
    return nested { parser in
      parser.content(of: &band, brace: brace)
      return band
    }
  }

  private mutating func content(of band: inout Band, brace: Token) {
    while current.kind != .rightBrace, current.kind != .end {
      if let keyword = current.keyword, beginsStatement, Self.onlyInReport.contains(keyword) {
        break
      }
      let end = lastEnd
      guard !part(of: &band) else { continue }
      if lastEnd == end { advance() }
      skipToStatement()
    }
    if !accept(.rightBrace) {
      let line = line(of: brace)
      report(.unclosedBrace(of: "the band", openedInLine: line, at: location))
    }
  }

  /// The words that cannot occur in a band: a brace is missing before them.
  private static let onlyInReport: Set<Keyword> = [
    .description, .source, .parameter, .filter, .order, .limit, .group, .variable,
  ]

  private mutating func part(of band: inout Band) -> Bool {
    let words = Keyword.elements + [.band]
    if current.keyword.map(words.contains) != true {
      reportExpected(.expectedElement, "an element or a band", oneOf: words)
    }
    guard let keyword = meant(in: words) else { return false }
    let first = current
    advance()
    return keyword == .band
      ? append(self.band(from: first), to: &band.bands)
      : append(element(keyword, from: first, in: band.kind), to: &band.elements)
  }

  /// Parses `title`, `page header`, `group footer 1` and so on.
  private mutating func bandKind() -> Band.Kind? {
    let words: [Keyword] = [.title, .page, .column, .group, .detail, .summary]
    guard let keyword = meant(in: words) else {
      reportExpected(.expectedBand, "the kind of the band", oneOf: words)
      return nil
    }
    if current.keyword == nil {
      reportExpected(.expectedBand, "the kind of the band", oneOf: words)
    }
    advance()
    switch keyword {
    case .title: return .title
    case .summary: return .summary
    case .page: return headOrFoot(of: keyword).map { $0 == .header ? .pageHeader : .pageFooter }
    case .column:
      return headOrFoot(of: keyword).map { $0 == .header ? .columnHeader : .columnFooter }
    case .group: return groupBand()
    default:
      if accept(.header) { return .detailHeader }
      return accept(.footer) ? .detailFooter : .detail
    }
  }

  private mutating func groupBand() -> Band.Kind? {
    guard let which = headOrFoot(of: .group),
      let level = wholeNumber(of: "the level of the group, as in: band group header 1")
    else { return nil }
    return which == .header ? .groupHeader(level) : .groupFooter(level)
  }

  private mutating func headOrFoot(of keyword: Keyword) -> Keyword? {
    let words: [Keyword] = [.header, .footer]
    let meant = meant(in: words)
    if current.keyword == nil || meant == nil {
      reportExpected(
        .expectedBand, "'header' or 'footer' after '\(keyword.rawValue)'", oneOf: words)
    }
    if meant != nil { advance() }
    return meant
  }
}
