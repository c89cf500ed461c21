public import StreamingPipeline

/// A report over records of a schema, with its parameters bound: ready to be written any number of
/// times.
///
/// A report is read in one pass and written as its records come. Groups end where a key changes,
/// so that the source must deliver the records of a group one after another; where it does not, the
/// run ends with `ReportError.scattered`. Only a total that is shown before its records, as the
/// sum of a group in its header, costs a pass of its own before.
public struct PreparedReport: Sendable {
  let plan: ReportPlan

  /// How many groups a level may have whose totals are shown before their records.
  public static let mostGroupsAhead = 100_000

  /// Makes a report ready.
  ///
  /// - Parameters:
  ///   - report: a checked report.
  ///   - parameters: what is given for the parameters, by name.
  ///   - now: what `now()` is, in microseconds since 1970-01-01T00:00:00Z.
  /// - Throws: `ReportError`, with everything that is wrong with the parameters.
  public init(
    _ report: CheckedReport, parameters: [String: ParameterInput] = [:], now: Int64
  ) throws(ReportError) {
    plan = try ReportPlanner.plan(report, parameters: parameters, now: now)
  }

  /// Writes the report.
  ///
  /// - Parameters:
  ///   - format: how.
  ///   - source: the records; of the schema that the report was prepared for.
  ///   - pageLength: how many lines a page of text has; nil for one endless page.
  ///   - isPart: leaves out what makes HTML a page of its own, and the heading of a report without
  ///     a title band; other formats have none of it.
  ///   - options: how the source is read.
  ///   - write: takes the next part of the text.
  /// - Returns: how many records it shows.
  /// - Throws: `ReportError`, and what the source and `write` throw.
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
