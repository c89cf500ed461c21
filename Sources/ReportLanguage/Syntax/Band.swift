/// A strip of a report: where it comes, and what stands in it.
public struct Band: Hashable, Sendable {
  /// When a band is shown. There are exactly these eleven.
  public enum Kind: Hashable, Sendable {
    case title, pageHeader, columnHeader
    case groupHeader(Int)
    case detailHeader, detail, detailFooter
    case groupFooter(Int)
    case columnFooter, pageFooter, summary
  }

  /// When it is shown.
  public var kind: Kind
  /// Shown only where this is true.
  public var visibility: Expression?
  /// What stands in it, from left to right.
  public var elements: [Element]
  /// Bands within it, one below the other.
  public var bands: [Band]
  /// Where it stands.
  public var span: Span = .none

  /// A band that is always shown.
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

/// One thing in a band.
public struct Element: Hashable, Sendable {
  /// What it is.
  public enum Content: Hashable, Sendable {
    /// Fixed text.
    case label(String)
    /// The value of a field, of the record at hand.
    case field(Name)
    /// The value of an expression.
    case expression(Expression)
    /// A function over the records of a scope.
    case aggregate(AggregateFunction, of: Expression?, scope: Scope)
    /// A rule across the report.
    case line
    /// A frame around a text.
    case box(String)
    /// A picture, named and not embedded.
    case image(path: String, alternative: String)
    /// A drawing of one value a group or record.
    case chart(Chart)
  }

  /// Over which records an aggregate goes.
  public enum Scope: Hashable, Sendable {
    case band, page, report
    case group(Int)
  }

  /// What it is.
  public var content: Content
  /// What a column of it is called; what it is made from, without one.
  public var heading: String?
  /// How its value is written.
  public var format: ElementFormat?
  /// How many characters it takes.
  public var width: Int?
  /// Where in its width it stands.
  public var alignment: Alignment?
  /// Shown only where this is true.
  public var visibility: Expression?
  /// Where it stands.
  public var span: Span = .none

  /// An element as wide as what stands in it.
  public init(_ content: Content) { self.content = content }

  /// Where a value stands in its width.
  public enum Alignment: Hashable, Sendable { case left, centre, right }
}

/// A drawing.
public struct Chart: Hashable, Sendable {
  /// Of which kind.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case bar, line, area, pie, scatter, sparkline
  }

  /// Of which kind.
  public var kind: Kind
  /// What is drawn: a value a point, over the records of the same `category`.
  public var value: AggregateFunction
  /// Of what the function is; nil for a count of records.
  public var of: Expression?
  /// What the points are told apart by; the record itself for a scatter chart.
  public var category: Expression
  /// What stands above it.
  public var title: String?

  /// A chart.
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

/// How values are written.
public indirect enum ElementFormat: Hashable, Sendable {
  /// A format that the report names.
  case named(Name)
  /// A pattern of digits, of a date or of a time: `#,##0.00`, `yyyy-MM-dd`.
  case pattern(String)
  /// `1,234.50 €`: a currency's sign and its digits.
  case currency(String)
  /// A share of one as a percentage with so many digits after the point.
  case percentage(digits: Int)
  /// The first whose condition holds.
  case conditional([Case], otherwise: ElementFormat?)
  /// `text` where the value is null, otherwise the format.
  case fallback(String, ElementFormat?)

  /// A condition, in which `value` is what is to be written.
  public struct Case: Hashable, Sendable {
    /// When it holds.
    public var condition: Expression
    /// How the value is written then.
    public var format: ElementFormat

    /// A branch.
    public init(when condition: Expression, _ format: ElementFormat) {
      self.condition = condition
      self.format = format
    }
  }
}

/// A format with a name.
public struct NamedFormat: Hashable, Sendable {
  /// What it is called by.
  public var name: Name
  /// The way of writing.
  public var format: ElementFormat
  /// Where it stands.
  public var span: Span = .none

  /// A format.
  public init(_ name: Name, _ format: ElementFormat) {
    self.name = name
    self.format = format
  }
}
