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

// Elements in code; their clauses follow them as in the text:
//
//     Element(.field("amount")).heading("Amount").format(.pattern("#,##0.00")).width(12)
//     field amount heading "Amount" format "#,##0.00" width 12

extension Element {
  /// `heading "Amount"`
  public func heading(_ text: String) -> Element { setting(\.heading, text) }
  /// `format "#,##0.00"`
  public func format(_ format: ElementFormat) -> Element { setting(\.format, format) }
  /// `width 12`
  public func width(_ characters: Int) -> Element { setting(\.width, characters) }
  /// `right`
  public func aligned(_ alignment: Alignment) -> Element { setting(\.alignment, alignment) }
  /// `visible when amount > 0`
  public func visible(when condition: Expression) -> Element { setting(\.visibility, condition) }

  private func setting<Part>(_ path: WritableKeyPath<Element, Part?>, _ part: Part) -> Element {
    var element = self
    element[keyPath: path] = part
    return element
  }
}
