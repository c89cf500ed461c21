package import BenchModel

/// `benchdb show SERIES` for programs: `schemaVersion` 1, `kind` "series", `sessions` in the order
/// given.
///
/// A session has its `series`, `benchmark`, `parameters`, `metric`, `unit` (of every number below
/// it), `direction`, `isGate`, `version`, `run`, `session`, `commit`, `isDirty`, `started`,
/// `machine`, and `processes`: each with `order`, `count`, the quartiles and, where they were read,
/// `samples` in the order in which they were taken.
package enum SeriesJSON {
  package static func text(_ entries: [SeriesHistoryEntry]) -> String {
    JSONDocument.text("series", Document(sessions: entries.map(SeriesEntryJSON.init)))
  }

  private struct Document: Encodable {
    let sessions: [SeriesEntryJSON]
  }
}

struct SeriesEntryJSON: Encodable {
  let series, benchmark, metric, unit: String
  let parameters: [String: String]
  let direction: Direction
  let isGate: Bool
  let version: Int
  let run, session, commit, started: String
  let isDirty: Bool
  let machine: MachineClassJSON
  let processes: [ProcessJSON]

  init(_ entry: SeriesHistoryEntry) {
    series = entry.key.description
    benchmark = entry.key.benchmark.id
    parameters = entry.key.benchmark.parameters
    metric = entry.metric.name
    unit = entry.metric.unit.rawValue
    direction = entry.metric.direction
    isGate = entry.metric.isGate
    version = entry.version
    run = entry.run.text
    session = entry.session.text
    commit = entry.revision.commit.hash
    isDirty = entry.revision.isDirty
    started = Timestamp.machine(entry.started)
    machine = MachineClassJSON(entry.machine)
    processes = entry.processes.map(ProcessJSON.init)
  }
}

/// A value that is not finite, which no reader of the database hands out, is written as null.
struct ProcessJSON: Encodable {
  let order, count: Int
  let minimum, lowerQuartile, median, upperQuartile, maximum, mean, deviation: Double?
  let samples: [Double?]?

  init(_ process: ProcessSummary) {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    order = process.order
    count = process.summary.count
    minimum = finite(process.summary.minimum)
    lowerQuartile = finite(process.summary.lowerQuartile)
    median = finite(process.summary.median)
    upperQuartile = finite(process.summary.upperQuartile)
    maximum = finite(process.summary.maximum)
    mean = finite(process.summary.mean)
    deviation = finite(process.summary.deviation)
    samples = process.samples?.map(finite)
  }
}
