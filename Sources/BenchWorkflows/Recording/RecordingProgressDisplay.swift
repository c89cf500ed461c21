import BenchModel
import BenchOutput
import BenchRunner

/// Shows how far a recording is, where somebody watches.
struct RecordingProgressDisplay {
  private let line: RedrawnLine
  private let started = ContinuousClock.now

  init(console: Console) { line = RedrawnLine(console: console) }

  func show(_ progress: RecordingProgress) {
    let progressLine = ProgressLine(
      done: progress.done, total: progress.total, current: progress.next?.description ?? "",
      elapsedSeconds: (ContinuousClock.now - started) / .seconds(1))
    line.draw { progressLine.redrawn(width: $0) }
  }

  func finish() { line.erase() }
}
