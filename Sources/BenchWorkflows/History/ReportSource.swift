package import BenchStore
package import ReportLanguage
package import StreamingPipeline
package import StreamingPipelineSQLite

/// The results database as the language of reports sees it.
package enum ReportSource {
  /// The fields of every source, by its name.
  package static func schemas() throws -> [String: Schema] {
    try Dictionary(
      uniqueKeysWithValues: ReportRecords.all.map { ($0.name, try Schema(fields(of: $0))) })
  }

  /// The records that a report reads, in the order it wants: the one it names, or else that of its
  /// groups, where these are fields. Each run opens a connection through the store.
  package static func source(for report: Report, in store: ResultsStore) throws -> SQLiteSource {
    guard let records = ReportRecords.all.first(where: { $0.name == report.source.text }) else {
      throw CommandFailure("there is no source '\(report.source.text)'")
    }
    let order =
      report.order.isEmpty
      ? report.groups.compactMap(\.field).map { (field: $0, isDescending: false) }
      : report.order.map { (field: $0.field.text, isDescending: $0.isDescending) }
    let ordered = records.ordered(by: order)
    return try SQLiteSource(
      path: store.path, .query(ordered.query), fields: fields(of: ordered), key: ordered.key,
      reading: .atOnce
    ) {
      let connection = try store.connect()
      return (handle: connection.handle, owner: connection)
    }
  }

  /// The options with which the results are read.
  package static var options: PipelineOptions {
    var options = PipelineOptions()
    options.chunkSize = 10_000
    options.maxDemand = 10_000
    options.bufferSize = 10_000
    options.telemetry = false
    // SQLite may sort a large database for any time before the first record.
    options.stallTimeout = nil
    return options
  }

  private static func fields(of records: ReportRecords) -> [Field] {
    records.fields.map { field in
      let type: FieldType =
        switch field.kind {
        case .integer: .int64
        case .real: .double
        case .text: .string
        case .truth: .bool
        case .time: .timestamp
        }
      return Field(field.name, type)
    }
  }
}
