import BenchModel

/// What a paired recording has done and what it does next: decisions only, no process is started here.
struct PairedLedger {
  private let plan: PairedPlan
  private let lastRound: Int
  private let finished: Set<RoundPart>
  private var wanted: Set<BenchmarkKey>
  private var failed: Set<BenchmarkKey> = []
  /// Rounds that are over.
  private(set) var rounds = 0
  /// What is left of the round after those; `nil` where it has not begun.
  private var queue: [PairedProcess]?
  private var processes = 0
  private var seconds = 0.0

  init(plan: PairedPlan, stored: [RoundProcess], lastRound: Int) {
    self.plan = plan
    self.lastRound = lastRound
    let parts = Dictionary(grouping: stored, by: \.part)
    finished = Set(parts.filter { plan.isFinished($0.key, by: $0.value) }.keys)
    failed = Set(stored.filter { !$0.isCompleted }.map(\.benchmark))
    wanted = Set(plan.benchmarks)
  }

  /// Whether anything takes part.
  var hasWork: Bool { !taking.isEmpty }

  /// What takes part from now on; who dropped out once stays out.
  mutating func keep(only undecided: Set<BenchmarkKey>) { wanted.formIntersection(undecided) }

  /// The next process of the rounds before `look`; `nil` where they are all over, or nothing takes part.
  mutating func next(before look: Int) -> PairedProcess? {
    while rounds < look, hasWork {
      let left = queue ?? unfinished(ofRound: rounds)
      queue = left.filter { !failed.contains($0.benchmark) }
      if let process = queue?.first { return process }
      queue = nil
      rounds += 1
    }
    return nil
  }

  /// Takes down how the process that `next` gave has ended. A benchmark that failed once is not judged, so it is not measured any more.
  mutating func note(_ process: PairedProcess, _ record: ProcessRecord) {
    queue?.removeFirst()
    processes += 1
    seconds += record.seconds
    if !record.outcome.isCompleted { failed.insert(process.benchmark) }
  }

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

  private var taking: Set<BenchmarkKey> { wanted.subtracting(failed) }

  private func unfinished(ofRound number: Int) -> [PairedProcess] {
    plan.round(number, of: taking).filter { !finished.contains($0.part) }
  }
}
