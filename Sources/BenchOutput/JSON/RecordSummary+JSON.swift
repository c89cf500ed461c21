import BenchModel

extension RecordSummary {
  /// The same for programs, every metric included: `schemaVersion` 1, `kind` "record", `series` in
  /// the order of their names, `failures`.
  ///
  /// A series has `value` (the median of the process statistics), `spread` (half their range, as a
  /// share of it; absent for one process), `processes` and `samples`.
  package var json: String {
    JSONDocument.text(
      "record",
      Document(
        series: summaries.sorted { $0.key < $1.key }.map {
          Series($0.key, $0.value.metric, $0.value.processes)
        }, failures: failures.map(FailureJSON.init)))
  }

  private struct Document: Encodable {
    let series: [Series]
    let failures: [FailureJSON]
  }

  private struct Series: Encodable {
    let series, benchmark, metric: String
    let parameters: [String: String]
    let direction: Direction
    let isGate: Bool
    let value, spread: JSONNumber?
    let processes, samples: Int

    init(_ key: SeriesKey, _ metric: Metric, _ summaries: [MeasurementSummary]) {
      let statistics = ProcessSpread(summaries, direction: metric.direction)
      series = key.description
      benchmark = key.benchmark.id
      parameters = key.benchmark.parameters
      self.metric = metric.name
      direction = metric.direction
      isGate = metric.isGate
      value = statistics.median.map { JSONNumber($0, metric.unit.rawValue) }
      spread = statistics.relative.map(JSONNumber.ratio)
      processes = summaries.count
      samples = summaries.reduce(0) { $0.addingSaturated($1.count) }
    }
  }
}
