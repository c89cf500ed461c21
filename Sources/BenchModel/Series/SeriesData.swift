package import Foundation

/// The level of a stored value; only values of the first two levels may enter a test.
package enum ValueLevel: String, Sendable, Hashable, Codable {
  case sample
  case batchMean = "batch-mean"
  case summary
}

/// All processes of one series in one session.
package struct SeriesSession: Sendable, Hashable {
  package let id: UUID
  package let started: Date
  package let level: ValueLevel
  package let state: MachineState
  package let toolchain: String
  /// The seconds for which each process sampled; `nil` where that is not known.
  package let seconds: Double?
  package let processes: [ProcessStatistic]

  package init(
    id: UUID, started: Date, level: ValueLevel = .sample, state: MachineState = MachineState(),
    toolchain: String = "", seconds: Double? = nil, processes: [ProcessStatistic]
  ) {
    self.id = id
    self.started = started
    self.level = level
    self.state = state
    self.toolchain = toolchain
    self.seconds = seconds
    self.processes = processes
  }
}

/// One series of one revision on one machine class: one side of a comparison.
package struct SeriesData: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  /// The benchmark's version.
  package let version: Int
  package let machine: MachineClass
  package let source: SourceLocation?
  /// The sessions in the order in which they started.
  package let sessions: [SeriesSession]
  /// Descriptions of processes that failed, in order; such a process has no statistic.
  package let failures: [String]

  package init(
    key: SeriesKey, metric: Metric, version: Int, machine: MachineClass,
    source: SourceLocation? = nil, sessions: [SeriesSession], failures: [String] = []
  ) {
    self.key = key
    self.metric = metric
    self.version = version
    self.machine = machine
    self.source = source
    self.sessions = sessions
    self.failures = failures
  }
}

/// Sessions in which one series was measured on one machine class with byte-identical executables,
/// so that every difference between them is noise of the machine.
package struct IdenticalCodeGroup: Sendable, Hashable {
  package let series: SeriesKey
  package let sessions: [SeriesSession]

  package init(series: SeriesKey, sessions: [SeriesSession]) {
    self.series = series
    self.sessions = sessions
  }
}

extension Int {
  /// The sum, or the nearest `Int` where it overflows: a database may hold any count, and none may
  /// stop the program.
  package func addingSaturated(_ other: Int) -> Int {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? (other < 0 ? .min : .max) : sum
  }
}
