import BenchModel

/// The state of a paired recording, which decides what runs next and starts no process.
struct PairedRecordingState {
  private let plan: PairedPlan
  private let lastRound: Int
  private let finished: Set<RoundPart>
  private var wanted: Set<BenchmarkKey>
  /// The number of failed processes of each benchmark.
  private var failures: [BenchmarkKey: Int]
  /// The sides of which a process of a benchmark has ended in any way.
  private var seen: [BenchmarkKey: Set<Side>]
  /// The number of complete rounds.
  private(set) var rounds = 0
  /// The processes left of the current round; `nil` where it has not begun.
  private var queue: [PairedProcess]?
  private var processes = 0
  private var seconds = 0.0

  init(plan: PairedPlan, stored: [RoundProcess], lastRound: Int) {
    self.plan = plan
    self.lastRound = lastRound
    let parts = Dictionary(grouping: stored, by: \.part)
    finished = Set(parts.filter { plan.isFinished($0.key, by: $0.value) }.keys)
    failures = Dictionary(
      stored.filter { !$0.isCompleted }.map { ($0.benchmark, 1) }, uniquingKeysWith: +)
    seen = stored.reduce(into: [:]) { $0[$1.benchmark, default: []].insert(Side($1.position.arm)) }
    wanted = Set(plan.benchmarks)
  }

  /// The A/A control is BASE under another name.
  private enum Side: CaseIterable {
    case base, head

    init(_ arm: RoundPosition.Arm) { self = arm == .head ? .head : .base }
  }

  /// Whether any benchmark takes part.
  var hasWork: Bool { !taking.isEmpty }

  /// Continues with these benchmarks only; one that dropped out stays out.
  mutating func keep(only undecided: Set<BenchmarkKey>) { wanted.formIntersection(undecided) }

  /// The next processes of the rounds before `look`: those of one benchmark and pass in one round.
  /// There are none where the rounds are all complete, or no benchmark takes part.
  mutating func next(before look: Int) -> [PairedProcess] {
    while rounds < look, hasWork {
      let left = queue ?? unfinished(ofRound: rounds)
      queue = left.filter(isWorthRunning)
      if let first = queue?.first {
        return queue?.prefix { $0.part == first.part }.map(\.self) ?? []
      }
      queue = nil
      rounds += 1
    }
    return []
  }

  /// Updates the state with the outcome of the process that `next` returned.
  ///
  /// The first failure of a benchmark may be the machine's, so that process runs again. The second
  /// failure, of any process, is the benchmark's own: it will not be judged, so it is not measured
  /// any more. Only where the other side never ran, it runs once: whether HEAD is broken must not
  /// depend on which side ran first.
  ///
  /// - Returns: the consequence for a process that failed; `nil` where it completed.
  mutating func note(_ process: PairedProcess, _ record: ProcessRecord) -> PairedFailure
    .Consequence?
  {
    processes += 1
    seen[process.benchmark, default: []].insert(Side(process.position.arm))
    guard !record.outcome.isCompleted else {
      queue?.removeAll { $0 == process }
      return nil
    }
    failures[process.benchmark, default: 0] += 1
    return failed.contains(process.benchmark) ? .dropped : .runAgain
  }

  /// Adds the time that the latest processes took together.
  mutating func add(seconds: Double) { self.seconds += seconds }

  private func isWorthRunning(_ process: PairedProcess) -> Bool {
    !failed.contains(process.benchmark)
      || seen[process.benchmark]?.contains(Side(process.position.arm)) != true
  }

  /// The benchmarks that dropped out, except those of which one side still has to run once.
  private var failed: Set<BenchmarkKey> { Set(failures.filter { $0.value > 1 }.keys) }

  func progress(_ next: PairedProcess) -> PairedRecordingProgress {
    let later = (rounds + 1..<max(lastRound, rounds + 1)).reduce(0) {
      $0 + unfinished(ofRound: $1).count
    }
    let left = (queue?.count ?? 0) + later
    return PairedRecordingProgress(
      round: rounds, lastRound: lastRound, undecided: taking.count, next: next.benchmark,
      secondsLeft: processes > 0 ? seconds / Double(processes) * Double(left) : nil)
  }

  func result(_ ending: PairedRecordingResult.Ending) -> PairedRecordingResult {
    PairedRecordingResult(
      ending: ending, rounds: rounds, processes: processes, failed: failed.sorted())
  }

  private var taking: Set<BenchmarkKey> {
    wanted.subtracting(failed.filter { seen[$0]?.count == Side.allCases.count })
  }

  private func unfinished(ofRound number: Int) -> [PairedProcess] {
    plan.round(number, of: taking).filter { !finished.contains($0.part) }
  }
}
