public import StreamingPipeline

/// A report as it is written: what it reads, how it groups, and what it shows.
///
/// A tree of plain values, made by the parser or in code. Nothing in it is checked yet.
public struct Report: Hashable, Sendable {
  /// What it is called by.
  public var name: Name
  /// What it is called in print.
  public var title: String?
  /// What it is for.
  public var description: String?
  /// The name of the source of its records.
  public var source: Name
  /// What whoever runs it may or must say.
  public var parameters: [Parameter] = []
  /// Named ways of writing values.
  public var formats: [NamedFormat] = []
  /// Which records it reads; nil for all.
  public var filter: Expression?
  /// The order in which the source is asked for records; after the groups' keys, its own without.
  public var order: [SortOrder] = []
  /// After how many records that pass the filter it ends; nil for all.
  public var limit: Int?
  /// By what records are grouped, outermost first.
  public var groups: [Group] = []
  /// What is computed while records pass.
  public var variables: [Variable] = []
  /// What is shown, in the order of writing.
  public var bands: [Band] = []
  /// Where it stands.
  public var span: Span = .none

  /// A report without parts.
  public init(_ name: Name, title: String? = nil, description: String? = nil, source: Name) {
    self.name = name
    self.title = title
    self.description = description
    self.source = source
  }
}

/// A field by which records come in order.
public struct SortOrder: Hashable, Sendable {
  /// The field.
  public var field: Name
  /// Whether the greatest comes first.
  public var isDescending: Bool
  /// Where it stands.
  public var span: Span = .none

  /// An order, ascending unless said otherwise.
  public init(_ field: Name, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }
}

/// A value given when a report is run.
public struct Parameter: Hashable, Sendable {
  /// What it is called by.
  public var name: Name
  /// What its values are.
  public var type: FieldType
  /// Whether it must be given.
  public var isRequired: Bool
  /// What it is where it is not given; null without one.
  public var defaultValue: Expression?
  /// The least value that it may have.
  public var minimum: Expression?
  /// The greatest.
  public var maximum: Expression?
  /// How many characters a text may have.
  public var length: ClosedRange<Int>?
  /// A regular expression that a whole text must match.
  public var pattern: String?
  /// Where it stands.
  public var span: Span = .none

  /// An optional parameter without limits.
  public init(_ name: Name, _ type: FieldType, isRequired: Bool = false) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
  }
}

/// One level of grouping.
public struct Group: Hashable, Sendable {
  /// The level as it is written; checked to be 1, 2, 3… without holes.
  public var level: Int
  /// What the level is called by.
  public var name: Name
  /// Records with equal values stand in one group.
  public var key: Expression
  /// Where it stands.
  public var span: Span = .none

  /// A level.
  public init(_ level: Int, _ name: Name, by key: Expression) {
    self.level = level
    self.name = name
    self.key = key
  }
}

/// A value that is carried from record to record.
public struct Variable: Hashable, Sendable {
  /// How it changes with every record.
  public enum Calculation: Hashable, Sendable {
    /// One of the functions over all records since the last reset.
    case function(AggregateFunction, of: Expression?)
    /// What the expression says; it may name the variable itself, which is then its value before.
    case custom(Expression)
  }

  /// When it begins anew.
  public enum Reset: Hashable, Sendable {
    case detail
    case group(Int)
    case page
    case report
  }

  /// What it is called by.
  public var name: Name
  /// How it changes.
  public var calculation: Calculation
  /// When it begins anew.
  public var reset: Reset
  /// What it begins with; the function's own without one.
  public var initial: Expression?
  /// Where it stands.
  public var span: Span = .none

  /// A variable over the whole report.
  public init(
    _ name: Name, _ calculation: Calculation, reset: Reset = .report, initial: Expression? = nil
  ) {
    self.name = name
    self.calculation = calculation
    self.reset = reset
    self.initial = initial
  }
}

/// A function over many records.
public enum AggregateFunction: Hashable, Sendable {
  case count, sum, average, min, max, first, last, distinct, median, deviation
  /// In percent, 0 to 100.
  case percentile(Double)
}

extension Group {
  /// The field that is the key; nil of a key that is computed.
  package var field: String? {
    if case .field(let path) = key.node { path.map(\.text).joined(separator: ".") } else { nil }
  }
}
