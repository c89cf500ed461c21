import StreamingPipeline

/// A value that changes from record to record, and where it comes from.
enum PlannedValue: Sendable {
  /// The same for all the rows of a batch at once: at this place of the batch's vectors.
  case column(Int)
  /// The value of a variable as it is.
  case variable(Int)
  /// Evaluated for one record, because it names variables or the page.
  case running(Evaluator)
}

/// A variable made ready.
struct PlannedVariable: Sendable {
  let name: String
  let type: FieldType
  /// The function over its operand; nil for a custom variable, which takes the operand as it is.
  let function: AggregateFunction?
  /// Nil for a count of records.
  let operand: PlannedValue?
  let operandType: FieldType?
  let reset: Variable.Reset
  let initial: Value
  let expression: Expression?
}

/// An aggregate of a band made ready.
struct PlannedAggregate: Sendable {
  let function: AggregateFunction
  let operand: PlannedValue?
  let operandType: FieldType?
  let expression: Expression?
  let scope: Element.Scope
  /// Where its value stands among the totals of a first pass, for figures that are shown before
  /// their records have come.
  let ahead: Int?
}

/// A chart made ready.
struct PlannedChart: Sendable {
  let chart: Chart
  let category: PlannedValue
  let value: PlannedValue?
  let valueType: FieldType?
  let scope: Element.Scope
}

/// An element made ready.
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
  /// Which column of a table it stands in; nil of what is no value.
  let column: Int?
  let width: Int?
  let alignment: Element.Alignment?
}

/// A band made ready.
struct PlannedBand: Sendable {
  let kind: Band.Kind
  let visibility: PlannedValue?
  let elements: [PlannedElement]
  let bands: [PlannedBand]
  /// The figures that begin anew when the band has been shown.
  let ownAggregates: [Int]
}

/// A column of the table that a report is, for the formats that are tables.
struct PlannedColumn: Sendable {
  let heading: String
  let type: FieldType
  let width: Int
  let alignment: Element.Alignment
  /// Whether details have it; the others stand in group bands and summaries only.
  let isDetail: Bool
}

/// A report made ready to run over a schema, with its parameters bound.
struct ReportPlan: Sendable {
  var report: Report
  var schema: Schema
  var filter: Evaluator?
  var groups: [Evaluator] = []
  var columnar: [Evaluator] = []
  var groupValues: [PlannedValue] = []
  /// In the order in which they are computed: none needs the value of a later one.
  var variables: [PlannedVariable] = []
  var aggregates: [PlannedAggregate] = []
  var charts: [PlannedChart] = []
  var bands: [PlannedBand] = [] {
    didSet { bandsByKind = Dictionary(grouping: bands, by: \.kind) }
  }
  private(set) var bandsByKind: [Band.Kind: [PlannedBand]] = [:]
  var columns: [PlannedColumn] = []
  /// What a first pass must compute: by level, 0 for the whole report.
  var ahead: [Int: [Aggregate]] = [:]

  /// The bands of a kind, in the order of writing.
  func bands(_ kind: Band.Kind) -> [PlannedBand] { bandsByKind[kind] ?? [] }
}
