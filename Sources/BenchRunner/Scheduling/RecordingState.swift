import BenchModel

/// The state of a recording, which decides what runs next and starts no process.
struct RecordingState {
  private struct Failure {
    let outcome: ProcessOutcome
    var inARow: Int
  }

  private let processes: [PlannedProcess]
  private let profile: Profile
  private var position = 0
  private var completed = 0
  private var failed = 0
  private var failures: [BenchmarkKey: Failure] = [:]
  private var skipped: [BenchmarkKey: Int] = [:]
  private var measuredSeconds = 0.0
  private var estimatedSeconds = 0.0

  init(processes: [PlannedProcess], profile: Profile) {
    self.processes = processes
    self.profile = profile
  }

  /// The next process that is worth starting; those before it are counted as skipped.
  mutating func next() -> PlannedProcess? {
    while position < processes.count {
      let process = processes[position]
      guard isGivenUp(process.benchmark.key) else { return process }
      skipped[process.benchmark.key, default: 0] += 1
      position += 1
    }
    return nil
  }

  /// Updates the state with the outcome of the process that `next` returned.
  mutating func note(_ process: PlannedProcess, _ record: ProcessRecord) {
    let key = process.benchmark.key
    position += 1
    measuredSeconds += record.seconds
    estimatedSeconds += Schedule.estimatedSeconds(of: [process], profile: profile)
    if record.outcome.isCompleted {
      completed += 1
      failures[key] = nil
    } else {
      failed += 1
      let before = failures[key].flatMap { $0.outcome == record.outcome ? $0.inARow : nil } ?? 0
      failures[key] = Failure(outcome: record.outcome, inARow: before + 1)
    }
  }

  var progress: RecordingProgress {
    let left = processes[position...].filter { !isGivenUp($0.benchmark.key) }
    // The plan's estimate is corrected by its error so far.
    let correction = estimatedSeconds > 0 ? measuredSeconds / estimatedSeconds : 1
    return RecordingProgress(
      done: position, total: processes.count, next: left.first?.benchmark.key,
      secondsLeft: left.isEmpty
        ? nil : correction * Schedule.estimatedSeconds(of: left, profile: profile))
  }

  func result(isInterrupted: Bool) -> RecordingResult {
    RecordingResult(
      completed: completed, failed: failed,
      skipped: skipped.sorted { $0.key < $1.key }.compactMap { key, count in
        failures[key].map {
          SkippedBenchmark(benchmark: key, outcome: $0.outcome, processes: count)
        }
      },
      isInterrupted: isInterrupted)
  }

  private func isGivenUp(_ key: BenchmarkKey) -> Bool {
    (failures[key]?.inARow ?? 0) >= Recording.identicalFailureLimit
  }
}
