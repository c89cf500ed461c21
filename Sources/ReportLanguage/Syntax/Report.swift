/// A report: what it reads, how it groups, and what it shows.
///
/// It is a tree of plain values, made by the parser or in code. Nothing in it has been checked.
///
/// ```swift
/// var report = Report("large", source: "orders")
/// report.filter = .field("amount") .> 10
/// report.bands = [Band(.detail, elements: [Element(.field("amount")).heading("Amount")])]
/// print(report.text)
/// ```
public struct Report: Hashable, Sendable {
  /// The name by which it is called.
  public var name: Name
  /// The title that is printed.
  public var title: String?
  /// The purpose of the report.
  public var description: String?
  /// The name of the source of its records.
  public var source: Name
  /// The parameters whose values are given when the report is run.
  public var parameters: [Parameter] = []
  /// The named formats.
  public var formats: [NamedFormat] = []
  /// The condition for the records it reads; nil for all.
  public var filter: Expression?
  /// The order in which the source should deliver records, after the groups' keys.
  public var order: [SortOrder] = []
  /// The number of records that pass the filter after which it ends; nil for no limit.
  public var limit: Int?
  /// The groups, outermost first.
  public var groups: [Group] = []
  /// The values that are computed from record to record.
  public var variables: [Variable] = []
  /// The bands, in the order of the text.
  public var bands: [Band] = []
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes a report without parts.
  public init(_ name: Name, title: String? = nil, description: String? = nil, source: Name) {
    self.name = name
    self.title = title
    self.description = description
    self.source = source
  }
}

/// A field by which records are sorted.
public struct SortOrder: Hashable, Sendable {
  /// The field.
  public var field: Name
  /// Whether the greatest value comes first.
  public var isDescending: Bool
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes an order, ascending by default.
  public init(_ field: Name, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }
}

/// One level of grouping.
public struct Group: Hashable, Sendable {
  /// The level; the levels of a report must be 1, 2, 3… in this order.
  public var level: Int
  /// The name of the level.
  public var name: Name
  /// The key: records with equal values belong to one group.
  public var key: Expression
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes a group.
  public init(_ level: Int, _ name: Name, by key: Expression) {
    self.level = level
    self.name = name
    self.key = key
  }
}

extension Group {
  /// The field that is the key; nil for a computed key.
  package var field: String? {
    if case .field(let path) = key.node { path.map(\.text).joined(separator: ".") } else { nil }
  }
}
