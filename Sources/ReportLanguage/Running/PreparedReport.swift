public import StreamingPipeline

/// A report over records of a schema, with its parameters bound. It can be written any number of
/// times.
///
/// A report is read in one pass and written as its records come. Groups end where a key changes, so
/// the source must deliver the records of a group one after another; where it does not, writing
/// ends with `ReportError.scattered`. Only a total that is shown before its records, such as the
/// sum of a group in its header, needs a pass of its own before.
///
/// ```swift
/// let prepared = try PreparedReport(checked, parameters: ["least": .text("10")], now: now)
/// try prepared.write(.markdown, of: source) { part in print(part, terminator: "") }
/// ```
public struct PreparedReport: Sendable {
  let plan: ReportPlan

  /// The most groups that a level may have when totals are shown before their records.
  public static let mostGroupsAhead = 100_000

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - report: a checked report.
  ///   - parameters: the values of the parameters, by name.
  ///   - now: the value of `now()`, in microseconds since 1970-01-01T00:00:00Z.
  /// - Throws: `ReportError`, with everything that is wrong with the parameters.
  public init(
    _ report: CheckedReport, parameters: [String: ParameterInput] = [:], now: Int64
  ) throws(ReportError) {
    plan = try ReportPlanner.plan(report, parameters: parameters, now: now)
  }

  /// Writes the report.
  ///
  /// - Parameters:
  ///   - format: the output format.
  ///   - source: the records, with the schema that the report was prepared for.
  ///   - pageLength: the number of lines on a page of text; nil for one endless page.
  ///   - isPart: whether to omit what makes HTML a page of its own, and the heading of a report
  ///     without a title band. It affects no other format.
  ///   - options: the options for reading the source.
  ///   - write: a closure that receives the next part of the text.
  /// - Returns: the number of records shown.
  /// - Throws: `ReportError`, and the errors of the source and of `write`.
  @discardableResult
  public func write(
    _ format: ReportFormat, of source: any Source, pageLength: Int? = nil,
    isPart: Bool = false, options: PipelineOptions = PipelineOptions(),
    to write: (String) throws -> Void
  ) throws -> Int {
    let totals = try TotalsAhead(plan, source, options)
    let execution = ReportExecution(
      plan, writer: isPart && format == .html ? HTMLWriter(isPart: true) : format.writer(plan),
      totals: totals,
      pageLength: format == .text ? pageLength : nil)
    let run = try Pipeline.start(
      PipelineDefinition(source: source, transforms: plan.transforms()), options: options)
    if plan.report.limit != 0 {
      try run.forEachBatch { batch in
        try execution.receive(batch)
        try write(execution.take())
        if execution.isFull { run.stop() }
      }
    }
    try execution.finish()
    try write(execution.take())
    return execution.records
  }
}
