internal import BenchModel
internal import Foundation
internal import GRDB

/// Gathers the rows of a paired run into series by their keys.
///
/// The two sides of a series may be two rows of the database, where a commit changed the
/// benchmark's version or the metric's unit.
struct RoundGathering {
  private let session: ResultsStore.StoredSession
  private var rows: [Int64: SeriesRow] = [:]
  private var rowsOfBenchmark: [Int64: [SeriesRow]] = [:]
  private var measured: [SeriesKey: [Measured]] = [:]
  private var failures: [BenchmarkKey: [Failed]] = [:]
  /// The rows of every series of a benchmark that failed, by the side on which it failed.
  private var declared: [Side: [SeriesKey: SeriesRow]] = [:]

  private enum Side: CaseIterable {
    case base, head

    /// The A/A control is BASE under another name.
    init(_ arm: RoundPosition.Arm) { self = arm == .head ? .head : .base }
  }

  private struct Measured {
    let row: SeriesRow
    /// The metric with the role that its own build declared.
    let metric: Metric
    let position: RoundPosition
    let pass: MeasurementPass
    let session: Int64
    let toolchain: String
    let statistic: ProcessStatistic
    let median: Double
    /// Names the machine code that the process ran; empty where nobody knows.
    let code: String
    let shift: Double?
    let method: RoundMethod?
  }

  private struct Failed {
    let position: Ran
    let session: Int64
    let text: String

    var side: Side { Side(position.position.arm) }
  }

  /// The benchmark, pass and position that a process ran.
  private struct Ran: Hashable {
    let benchmark: BenchmarkKey
    let pass: MeasurementPass
    let position: RoundPosition
  }

  /// The latest session in which each completed.
  private var completed: [Ran: Int64] = [:]

  /// Whether the processes ran in rounds, so that what they differ by from BASE means something. It
  /// does not where rounds are counted afterwards.
  private let hasRounds: Bool

  init(session: ResultsStore.StoredSession, hasRounds: Bool) {
    self.session = session
    self.hasRounds = hasRounds
  }

  mutating func add(measurement row: ResultRow, _ database: Database) throws {
    let series = try series(try row.integer(1), database)
    guard let position = try row.position(2) else { throw row.invalid(3, "it is null") }
    let statistic = ProcessStatistic(
      value: try row.real(8), samples: try row.count(9), binaryHash: try row.text(6),
      order: try row.count(10))
    let (pass, session) = (try row.choice(4) as MeasurementPass, try row.integer(5))
    let ran = Ran(benchmark: series.key.benchmark, pass: pass, position: position)
    completed[ran] = max(completed[ran] ?? session, session)
    measured[series.key, default: []].append(
      Measured(
        row: series,
        metric: series.metric.gated(
          try row.integer(12) != 0, judgement: try row.judgement(13)), position: position,
        pass: pass, session: session,
        toolchain: try row.text(7), statistic: statistic, median: try row.real(11),
        code: row.isNull(14) ? statistic.binaryHash : try row.text(14),
        shift: row.isNull(15) || !hasRounds ? nil : try row.real(15),
        method: row.isNull(16) ? nil : RoundMethod(rawValue: try row.text(16))))
  }

  mutating func add(failure row: ResultRow, _ database: Database) throws {
    guard let position = try row.position(2) else { throw row.invalid(3, "it is null") }
    let outcome = StoredOutcome(
      kind: try row.choice(5), text: try row.text(6), detail: try row.text(7))
    let all = try seriesOfBenchmark(try row.integer(1), database)
    guard let benchmark = all.first?.key.benchmark else { return }
    let ran = Ran(benchmark: benchmark, pass: try row.choice(4), position: position)
    let failed = Failed(position: ran, session: try row.integer(8), text: outcome.summary)
    for series in all { declared[failed.side, default: [:]][series.key] = series }
    failures[benchmark, default: []].append(failed)
  }

  /// Whether a process that failed completed when it was run again.
  private func isForgiven(_ failed: Failed) -> Bool {
    completed[failed.position].map { $0 >= failed.session } ?? false
  }

  func series() -> [PairedSeries] {
    let failed = Side.allCases.flatMap { declared[$0, default: [:]].keys }
    return Set(measured.keys).union(failed.filter(isWanted)).sorted().compactMap(series)
  }

  /// Whether a series is listed. One that nothing measured is listed only where nothing at all was
  /// measured of its benchmark; otherwise it is a metric that nobody reports.
  private func isWanted(_ key: SeriesKey) -> Bool {
    measured[key] != nil || !measured.keys.contains { $0.benchmark == key.benchmark }
  }

  private func series(_ key: SeriesKey) -> PairedSeries? {
    let all = measured[key, default: []]
    // A metric that several passes report is judged by the one that takes part in every round.
    let pass =
      MeasurementPass.allCases.first { pass in all.contains { $0.pass == pass } } ?? .timing
    let taken = all.filter { $0.pass == pass }
    let base = side(.base, of: key, taken, pass: all.isEmpty ? nil : pass)
    let head = side(.head, of: key, taken, pass: all.isEmpty ? nil : pass)
    guard let source = taken.last?.row ?? declared.values.compactMap({ $0[key] }).first else {
      return nil
    }
    let rounds = rounds(taken)
    return PairedSeries(
      key: key, machine: session.machine, source: source.source, session: session.id,
      started: session.started, state: session.state, base: base, head: head, rounds: rounds,
      layout: layout(of: rounds, taken), method: taken.last?.method)
  }

  private func layout(of rounds: [PairedRound], _ taken: [Measured]) -> LayoutStanding {
    if isVaried(rounds.map(\.base)), isVaried(rounds.map(\.head)) { return .varied }
    func code(_ side: Side) -> Set<String> {
      Set(taken.filter { Side($0.position.arm) == side }.map(\.code))
    }
    let all = code(.base).union(code(.head))
    return all.count == 1 && all != [""] ? .unconcerned : .one
  }

  /// Whether the processes ran several executables, which are layouts of the same code.
  private func isVaried(_ processes: [ProcessStatistic]) -> Bool {
    Set(processes.map(\.binaryHash)).count > 1
  }

  private func side(
    _ side: Side, of key: SeriesKey, _ taken: [Measured], pass: MeasurementPass?
  ) -> PairedSide? {
    let own = taken.filter { Side($0.position.arm) == side }
    guard let row = own.last?.row ?? declared[side]?[key] else { return nil }
    let failures = failures[key.benchmark, default: []].filter {
      $0.side == side && (pass == nil || $0.position.pass == pass) && !isForgiven($0)
    }
    return PairedSide(
      metric: own.last?.metric ?? row.metric, version: row.version,
      toolchain: own.last?.toolchain ?? "",
      failures: failures.map(\.text), counters: counters(of: key.benchmark, side))
  }

  /// The complete rounds in order. Where two sessions ran a round, the later one counts.
  private func rounds(_ taken: [Measured]) -> [PairedRound] {
    Dictionary(grouping: taken) { $0.position.round }.sorted { $0.key < $1.key }
      .compactMap { _, processes in
        let sessions = Dictionary(grouping: processes, by: \.session)
        return sessions.sorted { $0.key > $1.key }.lazy.compactMap { round($0.value) }.first
      }
  }

  /// - Returns: `nil` where a side is missing.
  private func round(_ processes: [Measured]) -> PairedRound? {
    func measured(_ arm: RoundPosition.Arm) -> Measured? {
      processes.last { $0.position.arm == arm }
    }
    guard let base = measured(.base), let head = measured(.head) else { return nil }
    let control = measured(.control)
    return PairedRound(
      base: base.statistic, head: head.statistic, control: control?.statistic,
      shift: head.shift, controlShift: control?.shift)
  }

  /// Instructions and allocations only where their counts repeat: they decide what time does not.
  private func counters(of benchmark: BenchmarkKey, _ side: Side) -> ProcessCounters? {
    func values(_ metric: Metric) -> [Double] {
      let key = SeriesKey(benchmark: benchmark, metric: metric.name)
      return measured[key, default: []].filter { Side($0.position.arm) == side }.map(\.median)
    }
    func median(_ metric: Metric) -> Double? {
      let values = values(metric)
      return values.isEmpty ? nil : MeasurementSummary(of: values).median
    }
    var counters = ProcessCounters(
      instructions: ProcessCounters.repeated(values(.instructions)),
      allocations: ProcessCounters.repeated(values(.allocations)),
      allocatedBytes: median(.allocatedBytes), voluntarySwitches: median(.voluntarySwitches),
      involuntarySwitches: median(.involuntarySwitches), minorFaults: median(.minorFaults),
      majorFaults: median(.majorFaults))
    if let cpu = median(.cpu), let wall = median(.wall), wall > 0 { counters.cpuShare = cpu / wall }
    return counters == ProcessCounters() ? nil : counters
  }
}

extension RoundGathering {
  private mutating func series(_ id: Int64, _ database: Database) throws -> SeriesRow {
    if let known = rows[id] { return known }
    let row = try SeriesRow.fetch(id, database)
    rows[id] = row
    return row
  }

  private mutating func seriesOfBenchmark(_ id: Int64, _ database: Database) throws -> [SeriesRow] {
    if let known = rowsOfBenchmark[id] { return known }
    let rows = try SeriesRow.fetch(database, where: "series.benchmark_id = ?", [.integer(id)])
    rowsOfBenchmark[id] = rows
    return rows
  }
}
