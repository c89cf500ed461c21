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
