import StreamingPipeline

/// A value that changes from record to record, and its origin.
enum PlannedValue: Sendable {
  /// The value is computed for all rows of a batch at once, with this index among the batch's
  /// vectors.
  case column(Int)
  /// The value is that of a variable, by slot.
  case variable(Int)
  /// The value is evaluated for each record, because it names variables or the page.
  case running(Evaluator)
}

/// A variable with its expressions compiled.
struct PlannedVariable: Sendable {
  let name: String
  let type: FieldType
  /// The function over the operand; nil for a custom variable, whose value is the operand.
  let function: AggregateFunction?
  /// The operand; nil for a count of records.
  let operand: PlannedValue?
  let operandType: FieldType?
  let reset: Variable.Reset
  let initial: Value
  let expression: Expression?
}

/// An aggregate of a band with its operand compiled.
struct PlannedAggregate: Sendable {
  let function: AggregateFunction
  let operand: PlannedValue?
  let operandType: FieldType?
  let expression: Expression?
  let scope: Element.Scope
  /// The index of its value among the totals of a first pass, if it is shown before its records
  /// have come.
  let ahead: Int?
}

/// A chart with its expressions compiled.
struct PlannedChart: Sendable {
  let chart: Chart
  let category: PlannedValue
  let value: PlannedValue?
  let valueType: FieldType?
  let scope: Element.Scope
}

/// An element with its value compiled.
struct PlannedElement: Sendable {
  enum Content: Sendable {
    case label(String)
    case value(PlannedValue)
    case aggregate(Int)
    case chart(Int)
    case line
    case box(String)
    case image(path: String, alternative: String)
  }

  let content: Content
  let type: FieldType?
  let format: FormatPlan
  let visibility: PlannedValue?
  /// The index of its column in tables; nil for elements without a value.
  let column: Int?
  let width: Int?
  let alignment: Element.Alignment?
}

/// A band with its elements planned.
struct PlannedBand: Sendable {
  let kind: Band.Kind
  let visibility: PlannedValue?
  let elements: [PlannedElement]
  let bands: [PlannedBand]
  /// The aggregates that are reset when the band has been shown.
  let ownAggregates: [Int]
}

/// A column of the table that a report is in formats that are tables.
struct PlannedColumn: Sendable {
  let heading: String
  let type: FieldType
  let width: Int
  let alignment: Element.Alignment
  /// Whether it belongs to details; other columns belong only to group bands and summaries.
  let isDetail: Bool
}

/// A report compiled for a schema, with its parameters bound.
struct ReportPlan: Sendable {
  var report: Report
  var schema: Schema
  var filter: Evaluator?
  var groups: [Evaluator] = []
  var columnar: [Evaluator] = []
  var groupValues: [PlannedValue] = []
  /// The variables in the order in which they are computed: none depends on a later one.
  var variables: [PlannedVariable] = []
  var aggregates: [PlannedAggregate] = []
  var charts: [PlannedChart] = []
  var bands: [PlannedBand] = [] {
    didSet { bandsByKind = Dictionary(grouping: bands, by: \.kind) }
  }
  private(set) var bandsByKind: [Band.Kind: [PlannedBand]] = [:]
  var columns: [PlannedColumn] = []
  /// The aggregates of the first pass by level; level 0 is the whole report.
  var ahead: [Int: [Aggregate]] = [:]

  /// The bands of a kind, in the order of the text.
  func bands(_ kind: Band.Kind) -> [PlannedBand] { bandsByKind[kind] ?? [] }
}
