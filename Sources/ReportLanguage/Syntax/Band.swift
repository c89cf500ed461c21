/// A horizontal section of a report: when it is shown, and what it contains.
public struct Band: Hashable, Sendable {
  /// The kinds of bands. There are exactly these eleven.
  public enum Kind: Hashable, Sendable {
    case title, pageHeader, columnHeader
    case groupHeader(Int)
    case detailHeader, detail, detailFooter
    case groupFooter(Int)
    case columnFooter, pageFooter, summary
  }

  /// The kind, which determines when it is shown.
  public var kind: Kind
  /// The condition under which it is shown; nil for always.
  public var visibility: Expression?
  /// The elements, from left to right.
  public var elements: [Element]
  /// The bands within it, from top to bottom.
  public var bands: [Band]
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes a band that is always shown.
  public init(
    _ kind: Kind, visibleWhen visibility: Expression? = nil, elements: [Element] = [],
    bands: [Band] = []
  ) {
    self.kind = kind
    self.visibility = visibility
    self.elements = elements
    self.bands = bands
  }
}

/// One item in a band.
public struct Element: Hashable, Sendable {
  /// The contents of an element.
  public enum Content: Hashable, Sendable {
    /// Fixed text.
    case label(String)
    /// The value of a field of the current record.
    case field(Name)
    /// The value of an expression.
    case expression(Expression)
    /// A function over the records of a scope.
    case aggregate(AggregateFunction, of: Expression?, scope: Scope)
    /// A rule across the report.
    case line
    /// A frame around a text.
    case box(String)
    /// A picture, which is referred to by its path and not embedded.
    case image(path: String, alternative: String)
    /// A drawing of one value for each group or record.
    case chart(Chart)
  }

  /// The records over which an aggregate is computed.
  public enum Scope: Hashable, Sendable {
    case band, page, report
    case group(Int)
  }

  /// The contents.
  public var content: Content
  /// The heading of its column; nil for one derived from its contents.
  public var heading: String?
  /// The format of its value.
  public var format: ElementFormat?
  /// Its width in characters.
  public var width: Int?
  /// Its alignment within its width.
  public var alignment: Alignment?
  /// The condition under which it is shown; nil for always.
  public var visibility: Expression?
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes an element that is as wide as its contents.
  public init(_ content: Content) { self.content = content }

  /// The alignment of a value within its width.
  public enum Alignment: Hashable, Sendable { case left, centre, right }
}

/// A drawing.
public struct Chart: Hashable, Sendable {
  /// The kinds of charts.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case bar, line, area, pie, scatter, sparkline
  }

  /// The kind.
  public var kind: Kind
  /// The function that gives each point its value, over the records of the same `category`.
  public var value: AggregateFunction
  /// The operand of the function; nil for a count of records.
  public var of: Expression?
  /// The expression whose values distinguish the points; in a scatter chart, every record is a
  /// point.
  public var category: Expression
  /// The title above the chart.
  public var title: String?

  /// Makes a chart.
  public init(
    _ kind: Kind, _ value: AggregateFunction, of expression: Expression?, by category: Expression,
    title: String? = nil
  ) {
    self.kind = kind
    self.value = value
    of = expression
    self.category = category
    self.title = title
  }
}

/// A format of values.
public indirect enum ElementFormat: Hashable, Sendable {
  /// A format that the report defines by name.
  case named(Name)
  /// A pattern of digits, of a date or of a time, such as `#,##0.00` or `yyyy-MM-dd`.
  case pattern(String)
  /// A currency's sign and its digits, such as `1,234.50 €`.
  case currency(String)
  /// A fraction as a percentage with this many digits after the point.
  case percentage(digits: Int)
  /// The format of the first condition that holds.
  case conditional([Case], otherwise: ElementFormat?)
  /// A text where the value is null, otherwise the format.
  case fallback(String, ElementFormat?)

  /// A condition, in which `value` is the value to be written, and its format.
  public struct Case: Hashable, Sendable {
    /// The condition.
    public var condition: Expression
    /// The format of values for which the condition holds.
    public var format: ElementFormat

    /// Makes a case.
    public init(when condition: Expression, _ format: ElementFormat) {
      self.condition = condition
      self.format = format
    }
  }
}

/// A format with a name.
public struct NamedFormat: Hashable, Sendable {
  /// The name.
  public var name: Name
  /// The format.
  public var format: ElementFormat
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes a named format.
  public init(_ name: Name, _ format: ElementFormat) {
    self.name = name
    self.format = format
  }
}
