public import StreamingPipeline

/// Checks whether a report is valid over a source's fields, before any record is read.
///
/// ```swift
/// do {
///   let report = try Report(parsing: text)
///   let checked = try ReportChecker(schema: schema).check(report)
///   print(checked.report.name.text)
/// } catch {
///   print(error.description(in: text))
/// }
/// ```
public struct ReportChecker: Sendable {
  private let sources: [String: Schema]
  private let anySource: Schema?

  /// Makes a checker of reports over these fields, whatever they call their source.
  public init(schema: Schema) {
    sources = [:]
    anySource = schema
  }

  /// Makes a checker of reports over one of several sources.
  public init(sources: [String: Schema]) {
    self.sources = sources
    anySource = nil
  }

  /// Checks a report.
  ///
  /// - Throws: everything that is wrong with the report, in the order of its text, up to a hundred
  ///   diagnostics.
  public func check(_ report: Report) throws(Diagnostics) -> CheckedReport {
    guard let schema = anySource ?? sources[report.source.text] else {
      throw Diagnostics([
        .unknown(
          .unknownSource, "source", report.source.text, at: report.source.span,
          known: sources.keys.sorted())
      ])
    }
    var check = ReportCheck(report, over: schema)
    check.checkNames()
    check.checkParameters()
    check.checkGroups()
    check.checkReading()
    check.checkVariables()
    check.checkNamedFormats()
    check.checkBands()
    guard check.diagnostics.all.isEmpty else { throw Diagnostics(check.diagnostics.all) }
    return CheckedReport(
      report: report, schema: schema, variablesInOrder: check.variablesInOrder,
      variableTypes: check.typing.variables, recordTyping: check.recordTyping, typing: check.typing)
  }
}

/// The state of checking one report.
struct ReportCheck {
  let report: Report
  let schema: Schema
  let parameterTypes: [String: FieldType]
  let recordTyping: ExpressionTyping
  /// The fields, the parameters, and the variables whose types are known.
  var typing: ExpressionTyping
  var variablesInOrder: [Variable] = []
  var diagnostics = DiagnosticList()
  /// The formats by name.
  let formats: [String: ElementFormat]
  /// The uses of named formats that have been checked or are about to be.
  var formatUses: Set<FormatUse> = []
  var pendingFormatUses: [FormatUse] = []

  init(_ report: Report, over schema: Schema) {
    self.report = report
    self.schema = schema
    parameterTypes = Dictionary(
      report.parameters.map { ($0.name.text, $0.type) }, uniquingKeysWith: { first, _ in first })
    formats = Dictionary(
      report.formats.map { ($0.name.text, $0.format) }, uniquingKeysWith: { first, _ in first })
    recordTyping = ExpressionTyping(schema: schema, parameters: parameterTypes)
    typing = recordTyping
  }

  mutating func found(_ diagnostic: Diagnostic) { diagnostics.report(diagnostic) }

  /// Checks that the names of parameters, formats, groups and variables are unique among their
  /// kind.
  mutating func checkNames() {
    checkUnique(report.parameters.map(\.name), "parameter")
    checkUnique(report.formats.map(\.name), "format")
    checkUnique(report.groups.map(\.name), "group")
    checkUnique(report.variables.map(\.name), "variable")
  }

  private mutating func checkUnique(_ names: [Name], _ what: String) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name.text).inserted {
      found(.duplicateName(name, of: what))
    }
  }

  /// Checks that levels are 1, 2, 3 in the order of the text, and that keys have types.
  mutating func checkGroups() {
    for (index, group) in report.groups.enumerated() {
      if group.level != index + 1 {
        found(.groupLevel(group.level, expected: index + 1, at: group.span))
      }
      _ = type(of: group.key, in: .record("a group's key"))
    }
  }

  /// Checks that the filter is a condition, that fields sort the records, and that the limit is
  /// positive.
  mutating func checkReading() {
    if let filter = report.filter { require(.bool, filter, in: .record("the filter")) }
    for order in report.order where schema.position(of: order.field.text) == nil {
      foundUnknownField(order.field.text, at: order.field.span)
    }
    if let limit = report.limit, limit < 1 {
      found(.outOfRange("the limit", "\(limit)", 1...Int.max, at: report.span))
    }
  }

  /// Reports a level that no group has.
  mutating func checkGroup(_ level: Int, at span: Span) {
    if !report.groups.contains(where: { $0.level == level }) {
      found(.unknownGroup(level, count: report.groups.count, at: span))
    }
  }
}
