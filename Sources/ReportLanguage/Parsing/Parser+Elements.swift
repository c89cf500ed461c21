import TextCoding

/// Parses `label "TEXT"`, `field NAME`, `aggregate sum(amount) scope group 1` and so on, with their
/// clauses.
extension Parser {
  mutating func element(
    _ keyword: Keyword, from first: Token, in band: Band.Kind
  ) -> Element? {
    guard let content = content(keyword, in: band) else { return nil }
    var element = Element(content)
    element.span = span(from: first)
    return elementClauses(&element) ? element : nil
  }

  private mutating func content(_ keyword: Keyword, in band: Band.Kind) -> Element.Content? {
    switch keyword {
    case .label: text(of: "the label's text").map(Element.Content.label)
    case .field: fieldName().map(Element.Content.field)
    case .expression: expression().map(Element.Content.expression)
    case .aggregate: aggregate(in: band)
    case .line: .line
    case .box: text(of: "the box's text").map(Element.Content.box)
    case .image: image()
    default: chart().map(Element.Content.chart)
    }
  }

  /// Parses `customer.region`, which is a single name in the tree.
  mutating func fieldName() -> Name? {
    guard var name = name(of: "a field") else { return nil }
    while accept(.dot) {
      guard let next = self.name(of: "a field") else { return nil }
      name = Name("\(name.text).\(next.text)", span: name.span.joined(with: next.span))
    }
    return name
  }

  private mutating func image() -> Element.Content? {
    guard let path = text(of: "the image's path") else { return nil }
    guard accept(.alternative) else { return .image(path: path, alternative: "") }
    return text(of: "the alternative text of the image").map {
      .image(path: path, alternative: $0)
    }
  }

  private mutating func aggregate(in band: Band.Kind) -> Element.Content? {
    guard let (function, argument) = aggregateCall() else { return nil }
    guard accept(.scope) else {
      return .aggregate(function, of: argument, scope: Element.Scope(standingIn: band))
    }
    return scope().map { .aggregate(function, of: argument, scope: $0) }
  }

  private mutating func scope() -> Element.Scope? {
    let words: [Keyword] = [.band, .group, .page, .report]
    switch current.keyword {
    case .band: advance(); return .band
    case .page: advance(); return .page
    case .report: advance(); return .report
    case .group:
      advance()
      return wholeNumber(of: "the level of the group").map(Element.Scope.group)
    default:
      reportExpected(.expectedScope, "the scope of the aggregate", oneOf: words)
      return nil
    }
  }

  /// Parses `bar sum(amount) by region [title "TEXT"]`.
  private mutating func chart() -> Chart? {
    guard let kind = chartKind() else { return nil }
    advance()
    guard let (function, argument) = aggregateCall(), expect(.by, after: "the chart's value"),
      let category = expression()
    else { return nil }
    var chart = Chart(kind, function, of: argument, by: category)
    if accept(.title) {
      guard let title = text(of: "the chart's title") else { return nil }
      chart.title = title
    }
    return chart
  }

  /// The kind of a chart, or the one that was probably meant, which is reported.
  private mutating func chartKind() -> Chart.Kind? {
    let word = current.kind == .word ? string(of: current) : ""
    if let kind = Chart.Kind(rawValue: word) { return kind }
    let kinds = Chart.Kind.allCases.map(\.rawValue)
    let meant = Suggestion.closest(to: word, in: kinds)
    if current.kind != .invalid {
      report(
        .expected(
          .expectedChart, "the kind of the chart", found: found, at: location, oneOf: kinds,
          meant: meant))
    }
    return meant.flatMap(Chart.Kind.init)
  }

  private mutating func elementClauses(_ element: inout Element) -> Bool {
    let words: [Keyword] = [
      .heading, .format, .width, .left, .centre, .center, .right, .visible,
    ]
    return clauses(words, after: "an element") { parser, keyword in
      switch keyword {
      case .heading: return parser.set(&element.heading, parser.text(of: "the heading"))
      case .format: return parser.set(&element.format, parser.format())
      case .width: return parser.set(&element.width, parser.wholeNumber(of: "a width"))
      case .visible: return parser.set(&element.visibility, parser.visibility())
      case .left: element.alignment = .left
      case .right: element.alignment = .right
      default: element.alignment = .centre
      }
      return true
    }
  }
}

extension Element.Scope {
  /// Makes the default scope of an aggregate: the records of its band.
  init(standingIn band: Band.Kind) {
    self =
      switch band {
      case .groupHeader(let level), .groupFooter(let level): .group(level)
      case .pageHeader, .pageFooter, .columnHeader, .columnFooter: .page
      case .title, .detailHeader, .detail, .detailFooter, .summary: .report
      }
  }
}
