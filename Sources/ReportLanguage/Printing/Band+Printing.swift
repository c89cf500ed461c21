internal import StreamingPipeline

extension Parameter {
  /// The parameter statement.
  var text: String {
    let clauses = [
      isRequired ? "required" : nil, defaultValue.map { "= \($0.text)" },
      minimum.map { "min \($0.text)" }, maximum.map { "max \($0.text)" },
      length.map { "length \($0.lowerBound)...\($0.upperBound)" },
      pattern.map { "pattern \(Quoting.text($0))" },
    ]
    return (["parameter \(Quoting.name(name)): \(type)"] + clauses.compactMap { $0 })
      .joined(separator: " ")
  }
}

extension NamedFormat {
  /// The format statement.
  var text: String { "format \(Quoting.name(name)) \(format.text)" }
}

extension SortOrder {
  /// The field, with its direction if it is descending.
  var text: String { Quoting.path(field) + (isDescending ? " descending" : "") }
}

extension Group {
  /// The group statement.
  var text: String { "group \(level) \(Quoting.name(name)) by \(key.text)" }
}

extension Variable {
  /// The variable statement.
  var text: String {
    let body: String =
      switch calculation {
      case .function(let function, let operand): function.text(of: operand)
      case .custom(let expression): "custom \(expression.text)"
      }
    let reset: String? =
      switch self.reset {
      case .detail: " reset on detail"
      case .group(let level): " reset on group \(level)"
      case .page: " reset on page"
      case .report: nil
      }
    return "variable \(Quoting.name(name)): \(body)\(reset ?? "")"
      + (initial.map { " initial \($0.text)" } ?? "")
  }
}

extension AggregateFunction {
  /// The call, such as `sum(amount)`, `count()` or `percentile(95, amount)`.
  func text(of operand: Expression?) -> String {
    var arguments: [String] = []
    if case .percentile(let percent) = self { arguments.append(Self.number(percent)) }
    if let operand { arguments.append(operand.text) }
    return "\(name)(\(arguments.joined(separator: ", ")))"
  }

  private static func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Band.Kind {
  /// The words of the band's kind.
  var text: String {
    switch self {
    case .title: "title"
    case .pageHeader: "page header"
    case .columnHeader: "column header"
    case .groupHeader(let level): "group header \(level)"
    case .detailHeader: "detail header"
    case .detail: "detail"
    case .detailFooter: "detail footer"
    case .groupFooter(let level): "group footer \(level)"
    case .columnFooter: "column footer"
    case .pageFooter: "page footer"
    case .summary: "summary"
    }
  }
}

extension Element {
  /// The element with its clauses.
  var text: String {
    let clauses = [
      heading.map { "heading \(Quoting.text($0))" }, format.map { "format \($0.text)" },
      width.map { "width \($0)" }, alignment.map(\.text),
      visibility.map { "visible when \($0.text)" },
    ]
    return ([content.text] + clauses.compactMap { $0 }).joined(separator: " ")
  }
}

extension Element.Alignment {
  /// The word of the alignment.
  fileprivate var text: String {
    switch self {
    case .left: "left"
    case .centre: "centre"
    case .right: "right"
    }
  }
}

extension Element.Content {
  /// The element without its clauses.
  fileprivate var text: String {
    switch self {
    case .label(let text): "label \(Quoting.text(text))"
    case .field(let name): "field \(Quoting.path(name))"
    case .expression(let expression): "expression \(expression.text)"
    case .aggregate(let function, let operand, let scope):
      "aggregate \(function.text(of: operand)) scope \(scope.text)"
    case .line: "line"
    case .box(let text): "box \(Quoting.text(text))"
    case .image(let path, let alternative):
      "image \(Quoting.text(path))"
        + (alternative.isEmpty ? "" : " alternative \(Quoting.text(alternative))")
    case .chart(let chart): chart.text
    }
  }
}

extension Element.Scope {
  /// The words of the scope.
  fileprivate var text: String {
    switch self {
    case .band: "band"
    case .page: "page"
    case .report: "report"
    case .group(let level): "group \(level)"
    }
  }
}

extension Chart {
  /// The chart element.
  fileprivate var text: String {
    "chart \(kind.rawValue) \(value.text(of: of)) by \(category.text)"
      + (title.map { " title \(Quoting.text($0))" } ?? "")
  }
}

extension ElementFormat {
  /// The format as a statement or clause contains it.
  var text: String {
    switch self {
    case .named(let name): Quoting.name(name)
    case .pattern(let pattern): Quoting.text(pattern)
    case .currency(let sign): "currency \(Quoting.text(sign))"
    case .percentage(let digits): "percentage \(digits)"
    case .conditional(let cases, let otherwise):
      (cases.map { "when \($0.condition.text) use \($0.format.simpleText)" }
        + (otherwise.map { ["otherwise \($0.simpleText)"] } ?? [])).joined(separator: " ")
    case .fallback(let text, let format):
      "null \(Quoting.text(text))" + (format.map { " otherwise \($0.simpleText)" } ?? "")
    }
  }

  /// The format, in parentheses where it consists of others.
  private var simpleText: String {
    switch self {
    case .conditional, .fallback: "(\(text))"
    case .named, .pattern, .currency, .percentage: text
    }
  }
}
