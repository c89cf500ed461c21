import BenchModel
import BenchOutput
import BenchRunner

/// What is said on standard error while rounds are measured: a line that is redrawn where somebody
/// watches, and a line for each look and each failure.
struct PairedProgressDisplay {
  private let console: Console
  private let line: RedrawnLine
  private let deadline: ContinuousClock.Instant?
  private let notes: PairedProgressNotes

  init(
    console: Console, deadline: ContinuousClock.Instant?,
    notes: PairedProgressNotes = PairedProgressNotes()
  ) {
    self.console = console
    self.deadline = deadline
    self.notes = notes
    line = RedrawnLine(console: console)
  }

  func show(_ progress: PairedRecordingProgress) {
    let progressLine = PairedProgressLine(
      round: progress.round + 1, rounds: progress.lastRound, undecided: progress.undecided,
      current: progress.next.description, secondsLeft: secondsLeft(progress))
    line.draw { progressLine.redrawn(width: $0) }
  }

  /// The rounds may be over before the time is, or the other way round.
  private func secondsLeft(_ progress: PairedRecordingProgress) -> Double? {
    let limit = deadline.map { ($0 - .now) / .seconds(1) }
    return [progress.secondsLeft, limit].compactMap(\.self).min()
  }

  func note(afterRounds rounds: Int, undecided: Int, of total: Int) {
    finish()
    console.note(notes.look(afterRounds: rounds, undecided: undecided, of: total))
  }

  func note(_ failure: PairedFailure) {
    finish()
    console.note(notes.text(failure))
  }

  func note(_ remark: PairedRemark) {
    finish()
    console.note(notes.text(remark))
  }

  func finish() { line.erase() }
}
