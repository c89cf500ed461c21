package import Foundation

/// One run as `benchdb list` shows it.
package struct RunSummary: Sendable, Hashable {
  package let id: UUID
  package let revision: Revision
  package let purpose: RunPurpose
  /// The profile's name.
  package let profile: String
  package let status: RunStatus
  package let started: Date
  package let processes: ProcessTally
  /// The machine class of the run's first session; `nil` where none has begun.
  package let machine: MachineClass?
  /// The number of benchmarks with at least one process, completed or failed.
  package let benchmarks: Int
  /// The other revisions, where another harness put several commits into one session.
  package let others: [Revision]

  package init(
    id: UUID, revision: Revision, purpose: RunPurpose, profile: String, status: RunStatus,
    started: Date, processes: ProcessTally, machine: MachineClass?, benchmarks: Int,
    others: [Revision] = []
  ) {
    self.id = id
    self.revision = revision
    self.purpose = purpose
    self.profile = profile
    self.status = status
    self.started = started
    self.processes = processes
    self.machine = machine
    self.benchmarks = benchmarks
    self.others = others
  }
}

/// The progress of a run.
package struct ProcessTally: Sendable, Hashable {
  /// The number of processes of the whole plan.
  package let planned: Int
  /// The number of processes that ended with every sample and a checked result.
  package let completed: Int
  /// The number of processes that ended any other way; their samples do not count.
  package let failed: Int

  package init(planned: Int, completed: Int, failed: Int) {
    self.planned = planned
    self.completed = completed
    self.failed = failed
  }

  /// The number of processes that need not run again.
  package var done: Int { completed + failed }
}

/// One run in full, for `benchdb show RUN`.
package struct RunDetail: Sendable, Hashable {
  package let summary: RunSummary
  /// The sessions in the order in which they started.
  package let sessions: [Session]
  /// One entry for each series and session, sorted by the series' name, then by session.
  package let series: [SeriesHistoryEntry]
  /// The failed processes in the order of the plan.
  package let failures: [ProcessFailure]

  package init(
    summary: RunSummary, sessions: [Session], series: [SeriesHistoryEntry],
    failures: [ProcessFailure]
  ) {
    self.summary = summary
    self.sessions = sessions
    self.series = series
    self.failures = failures
  }
}

/// One series in one session: a point of its history, for `benchdb show`.
package struct SeriesHistoryEntry: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  /// The benchmark's version.
  package let version: Int
  package let run: UUID
  package let session: UUID
  /// The revision that the processes of this entry ran.
  package let revision: Revision
  /// When the session started.
  package let started: Date
  package let machine: MachineClass
  /// The completed processes in the order of the plan.
  package let processes: [ProcessSummary]

  package init(
    key: SeriesKey, metric: Metric, version: Int, run: UUID, session: UUID, revision: Revision,
    started: Date, machine: MachineClass, processes: [ProcessSummary]
  ) {
    self.key = key
    self.metric = metric
    self.version = version
    self.run = run
    self.session = session
    self.revision = revision
    self.started = started
    self.machine = machine
    self.processes = processes
  }
}

/// One completed process of one series.
package struct ProcessSummary: Sendable, Hashable {
  /// The position in the run's plan, from 0.
  package let order: Int
  package let summary: MeasurementSummary
  /// The samples after warm-up in the order in which they were taken; `nil` where they were not
  /// read.
  package let samples: [Double]?

  package init(order: Int, summary: MeasurementSummary, samples: [Double]? = nil) {
    self.order = order
    self.summary = summary
    self.samples = samples
  }
}

/// One process that did not complete.
package struct ProcessFailure: Sendable, Hashable {
  package let benchmark: BenchmarkKey
  /// The position in the run's plan, from 0.
  package let order: Int
  package let outcome: ProcessOutcome
  /// The end of its standard error.
  package let standardError: String

  package init(
    benchmark: BenchmarkKey, order: Int, outcome: ProcessOutcome, standardError: String = ""
  ) {
    self.benchmark = benchmark
    self.order = order
    self.outcome = outcome
    self.standardError = standardError
  }
}
