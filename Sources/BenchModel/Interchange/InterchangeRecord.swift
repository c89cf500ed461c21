package import Foundation

/// One process and one series as they travel between databases: a line of benchdb JSON Lines, read
/// and checked.
///
/// Fields that another harness left out have defaults. Facts that only benchdb knows stand on the
/// first line that needs them, and are `nil` on all others.
package struct InterchangeRecord: Sendable, Hashable {
  @Shared package var origin: InterchangeOrigin
  @Shared package var build: Build
  package var process: InterchangeProcess
  @Shared package var series: InterchangeSeries
  package var level: ValueLevel
  /// The samples for one iteration each, in the metric's unit; empty only for a process that
  /// measured nothing.
  package var values: [Double]
  /// The number of iterations of each sample.
  package var iterations: [Int]
  package var warmUpCount: Int
  /// How the samples are divided into turns; `nil` where the process took none.
  package var turns: SampleTurns?
  /// `MetricSamples.shift`.
  package var shift: Double?

  package init(
    origin: InterchangeOrigin, build: Build, process: InterchangeProcess,
    series: InterchangeSeries, level: ValueLevel, values: [Double], iterations: [Int],
    warmUpCount: Int, turns: SampleTurns? = nil, shift: Double? = nil
  ) {
    self.init(
      origin: Shared(wrappedValue: origin), build: Shared(wrappedValue: build),
      process: process, series: Shared(wrappedValue: series), level: level, values: values,
      iterations: iterations, warmUpCount: warmUpCount, turns: turns, shift: shift)
  }

  /// Creates a record of parts that it shares with other records.
  package init(
    origin: Shared<InterchangeOrigin>, build: Shared<Build>, process: InterchangeProcess,
    series: Shared<InterchangeSeries>, level: ValueLevel, values: [Double], iterations: [Int],
    warmUpCount: Int, turns: SampleTurns? = nil, shift: Double? = nil
  ) {
    self.turns = turns
    self.shift = shift
    _origin = origin
    _build = build
    self.process = process
    _series = series
    self.level = level
    self.values = values
    self.iterations = iterations
    self.warmUpCount = warmUpCount
  }
}

/// The run and the session that a line belongs to.
package struct InterchangeOrigin: Sendable, Hashable {
  package var run: UUID
  package var session: UUID
  package var machine: MachineClass
  /// All that is stored of the run; only on the first line of a run that benchdb recorded.
  package var runFacts: InterchangeRun?
  /// All that is stored of the session; only on the first line of a session that benchdb recorded.
  package var sessionFacts: Session?

  package init(
    run: UUID, session: UUID, machine: MachineClass, runFacts: InterchangeRun? = nil,
    sessionFacts: Session? = nil
  ) {
    self.run = run
    self.session = session
    self.machine = machine
    self.runFacts = runFacts
    self.sessionFacts = sessionFacts
  }
}

/// A run and its status.
package struct InterchangeRun: Sendable, Hashable, Codable {
  package let run: Run
  package let status: RunStatus
  package let finished: Date?

  package init(run: Run, status: RunStatus, finished: Date?) {
    self.run = run
    self.status = status
    self.finished = finished
  }
}

/// The process that a line belongs to.
package struct InterchangeProcess: Sendable, Hashable {
  package var id: UUID
  /// Whether the file names this process. Lines that name none belong to one process together, and
  /// add their samples to each other's.
  package var isNamed: Bool
  package var started: Date
  /// The position in the session; `nil` where the order of the lines decides.
  package var order: Int?
  /// Whether the line tells when the process ran, by its order or by its start.
  package var isOrderKnown: Bool
  @Shared package var facts: InterchangeProcessFacts

  package init(
    id: UUID, isNamed: Bool = true, started: Date, order: Int?,
    facts: InterchangeProcessFacts = InterchangeProcessFacts()
  ) {
    self.init(
      id: id, isNamed: isNamed, started: started, order: order,
      facts: Shared(wrappedValue: facts))
  }

  /// Creates a process with facts that it shares with other processes.
  package init(
    id: UUID, isNamed: Bool, started: Date, order: Int?, isOrderKnown: Bool = true,
    facts: Shared<InterchangeProcessFacts>
  ) {
    self.isOrderKnown = isOrderKnown
    self.id = id
    self.isNamed = isNamed
    self.started = started
    self.order = order
    _facts = facts
  }
}

/// The facts of a process beside its samples.
package struct InterchangeProcessFacts: Sendable, Hashable {
  package var pass: MeasurementPass
  package var seconds: Double
  package var outcome: ProcessOutcome
  package var standardError: String
  /// `MachineState` as a JSON object. It is checked but not rewritten, so that keys of a later
  /// version are preserved.
  package var state: String
  /// `WorkerFacts` as a JSON object, which is checked but not rewritten either.
  package var workerFacts: String
  /// The position in a paired session; `nil` in any other.
  package var position: RoundPosition?

  package init(
    pass: MeasurementPass = .timing, seconds: Double = 0, outcome: ProcessOutcome = .completed,
    standardError: String = "", state: String = "{}", workerFacts: String = "{}",
    position: RoundPosition? = nil
  ) {
    self.pass = pass
    self.seconds = seconds
    self.outcome = outcome
    self.standardError = standardError
    self.state = state
    self.workerFacts = workerFacts
    self.position = position
  }
}

/// The series of a line, in benchdb's units.
package struct InterchangeSeries: Sendable, Hashable {
  package var benchmark: BenchmarkKey
  package var version: Int
  package var metric: Metric
  /// Every metric of the benchmark and the location of its declaration; only on the first line of a
  /// benchmark that benchdb recorded.
  package var declaration: BenchmarkDeclaration?

  package init(
    benchmark: BenchmarkKey, version: Int, metric: Metric,
    declaration: BenchmarkDeclaration? = nil
  ) {
    self.benchmark = benchmark
    self.version = version
    self.metric = metric
    self.declaration = declaration
  }
}
