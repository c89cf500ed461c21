package import BenchModel

/// What `benchdb record` says when it is done, gathered process by process.
package struct RecordSummary: Sendable {
  private(set) var summaries: [SeriesKey: (metric: Metric, processes: [MeasurementSummary])] = [:]
  /// The failures in the order in which they came.
  package private(set) var failures: [ProcessFailure] = []

  package init() {}

  /// Takes what one process measured, or how it failed.
  package mutating func add(_ process: ProcessRecord) {
    guard process.outcome.isCompleted else {
      failures.append(
        ProcessFailure(
          benchmark: process.benchmark.key, order: process.order, outcome: process.outcome,
          standardError: process.standardError))
      return
    }
    for measurement in process.measurements {
      let key = SeriesKey(benchmark: process.benchmark.key, metric: measurement.metric.name)
      summaries[key, default: (measurement.metric, [])].processes.append(measurement.summary)
    }
  }

  /// Failed benchmarks first, then the gate series of every benchmark in the order of their names.
  package func text(
    showsAll: Bool = false, width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    let sections = [failed(width, style), table(showsAll)?.lines(width: width, style: style) ?? []]
      .filter { !$0.isEmpty }
    return sections.isEmpty
      ? "Nothing was measured.\n"
      : sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// One paragraph a benchmark: its first failure stands for the others, which are counted.
  private func failed(_ width: Int, _ style: TerminalStyle) -> [String] {
    Dictionary(grouping: failures, by: \.benchmark).sorted { $0.key < $1.key }
      .flatMap { _, failures -> [String] in
        let others = failures.count - 1
        return FailureText.lines([failures[0]], width: width, style: style)
          + (others > 0
            ? [style.text("  and \(English.count(others, "more process", "more processes"))", .dim)]
            : [])
      }
  }

  private func table(_ showsAll: Bool) -> TextTable? {
    let shown = summaries.filter { showsAll || $0.value.metric.isGate }
      .sorted { $0.key < $1.key }
    guard !shown.isEmpty else { return nil }
    let failed = Dictionary(grouping: failures, by: \.benchmark).mapValues(\.count)
    var table = TextTable(columns: [
      .init("series", fitting: .elidable(minimum: 16)), .init("value", alignment: .right),
      .init("spread", alignment: .right), .init("processes", alignment: .right),
      .init("samples", alignment: .right, fitting: .droppable),
    ])
    for (key, series) in shown {
      let spread = ProcessSpread(series.processes, direction: series.metric.direction)
      let failures = failed[key.benchmark] ?? 0
      table.add([
        .init(key.description, series.metric.isGate ? nil : .dim),
        .init(spread.median.map { Quantity($0, series.metric.unit).description } ?? "–"),
        .init(spread.relative.map { "±\(Percentage.text($0))" } ?? "–"),
        .init(
          Digits.grouped(series.processes.count) + (failures > 0 ? ", \(failures) failed" : ""),
          failures > 0 ? .bad : nil),
        .init(
          Digits.grouped(series.processes.reduce(0) { $0.addingSaturated($1.count) }), .dim),
      ])
    }
    return table
  }
}
