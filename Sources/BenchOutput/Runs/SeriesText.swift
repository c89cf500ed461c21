package import BenchModel
import TextCoding

/// `benchdb show SERIES` for a terminal: each session's processes, newest session last.
package enum SeriesText {
  /// The entries are of one series, in the order of their sessions.
  package static func text(
    _ entries: [SeriesHistoryEntry], width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    guard let key = entries.first?.key else { return "No measurements.\n" }
    let heading = style.text(Printable.text(key.description), .heading)
    let titles = MachineTitles(entries.map(\.machine))
    let blocks = entries.map { block($0, on: titles[$0.machine], width: width, style: style) }
    return ([heading] + blocks).joined(separator: "\n\n") + "\n"
  }

  private static func block(
    _ entry: SeriesHistoryEntry, on machine: String, width: Int, style: TerminalStyle
  ) -> String {
    let title =
      "\(Timestamp.minute(entry.started)) UTC  \(entry.revision.title)  "
      + "run \(entry.run.short)  \(machine)"
    let lines =
      Elision.wrap(Printable.text(title), width: width)
      + [style.text(spread(entry), .dim)]
    return (lines + table(entry).lines(width: width, style: style)).joined(separator: "\n")
  }

  /// `10 processes: 30.9–31.8 ms, median 31.2 ms`
  private static func spread(_ entry: SeriesHistoryEntry) -> String {
    let statistic = ProcessSpread(entry)
    return "\(English.processes(entry.processes.count)): \(statistic.text(entry.metric.unit))"
  }

  private static func table(_ entry: SeriesHistoryEntry) -> TextTable {
    var table = TextTable(columns: [
      .init("process", alignment: .right), .init("n", alignment: .right),
      .init("min", alignment: .right), .init("q1", alignment: .right),
      .init("median", alignment: .right), .init("q3", alignment: .right),
      .init("distribution", fitting: .droppable), .init("in order", fitting: .droppable),
    ])
    for process in entry.processes {
      let summary = process.summary
      func cell(_ value: Double) -> TextTable.Cell {
        .init(Quantity(value, entry.metric.unit).description)
      }
      table.add([
        .init(String(process.order)), .init(Digits.grouped(summary.count)),
        cell(summary.minimum), cell(summary.lowerQuartile), cell(summary.median),
        cell(summary.upperQuartile),
        .init(DotStrip.histogram(process.samples ?? [], width: 16), .dim),
        .init(DotStrip.course(process.samples ?? [], width: 16), .dim),
      ])
    }
    return table
  }
}

/// How the process statistics of one series lie.
struct ProcessSpread {
  /// The lower quartile of each process, the upper where higher is better, sorted.
  let statistics: [Double]

  init(_ entry: SeriesHistoryEntry) {
    self.init(entry.processes.map(\.summary), direction: entry.metric.direction)
  }

  init(_ summaries: [MeasurementSummary], direction: Direction) {
    statistics = summaries.map { $0.statistic(direction) }.sorted()
  }

  /// `nil` where there is no process.
  var median: Double? { statistics.isEmpty ? nil : MeasurementSummary(of: statistics).median }

  /// Half the distance from the least to the greatest, as a share of the median; `nil` where that
  /// says nothing.
  var relative: Double? {
    guard let median, median != 0, let least = statistics.first, let most = statistics.last,
      statistics.count > 1
    else { return nil }
    return (most - least) / 2 / abs(median)
  }

  /// `31.2 ms ±1.4 %`
  func text(_ unit: Unit) -> String {
    guard let median else { return "–" }
    return Quantity(median, unit).description
      + (relative.map { " ±\(Percentage.text($0))" } ?? "")
  }
}
