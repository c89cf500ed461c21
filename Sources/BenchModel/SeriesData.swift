package import Foundation

/// What a value stands for; only the first two levels may enter a test.
package enum ValueLevel: String, Sendable, Hashable, Codable {
  case sample
  case batchMean = "batch-mean"
  case summary
}

/// One process as the comparer sees it: a number for one series.
package struct ProcessStatistic: Sendable, Hashable {
  /// The lower quartile (upper, where higher is better) of the samples after warm-up, in the
  /// metric's unit.
  package let value: Double
  /// How many samples it stands on.
  package let samples: Int
  package let binaryHash: String
  /// Its place in the session, from 0: paired sessions are judged in this order.
  package let order: Int

  package init(value: Double, samples: Int, binaryHash: String = "", order: Int = 0) {
    self.value = value
    self.samples = samples
    self.binaryHash = binaryHash
    self.order = order
  }
}

/// All processes of one series in one session.
package struct SeriesSession: Sendable, Hashable {
  package let id: UUID
  package let started: Date
  package let level: ValueLevel
  package let state: MachineState
  package let toolchain: String
  /// For how many seconds each process sampled; `nil` where that is not known.
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

/// One series of one revision on one machine class: what a comparison has of a side.
package struct SeriesData: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  /// The benchmark's version.
  package let version: Int
  package let machine: MachineClass
  package let source: SourceLocation?
  /// In the order in which they started.
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

/// Sessions in which one series was measured on one machine class with byte-identical executables:
/// whatever differs between them is the machine's noise.
package struct IdenticalCodeGroup: Sendable, Hashable {
  package let series: SeriesKey
  package let sessions: [SeriesSession]

  package init(series: SeriesKey, sessions: [SeriesSession]) {
    self.series = series
    self.sessions = sessions
  }
}

extension Int {
  /// The sum, or the largest number where it is beyond that: a database may hold any count, and
  /// none may end the program.
  package func addingSaturated(_ other: Int) -> Int {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? (other < 0 ? .min : .max) : sum
  }
}
