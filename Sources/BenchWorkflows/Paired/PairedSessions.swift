import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore

/// The sessions of one paired comparison, one after the other. Each is a run of its own, and only
/// what all of them find is called a change.
struct PairedSessions {
  let order: PairedOrder
  let builds: PairedBuilds
  let head: Revision
  /// The folder `.benchdb`.
  let storage: String

  /// Measures what is missing. The time limit is that of all sessions together.
  ///
  /// Runs of the same builds that were made for the same order belong together in groups of as many
  /// sessions as the order asks for. Where the latest group is not whole, it is completed.
  func run(
    in store: ResultsStore, console: Console, interruption: Interruption
  ) throws -> PairedSession.Outcome {
    let planned = order.profile.sessions ?? 1
    let first = try PairedSession(order: order, builds: builds, head: head, storage: storage)
    guard planned > 1, first.hasWork else {
      return try first.run(in: store, console: console, interruption: interruption)
    }
    let deadline = order.timeLimit.map { ContinuousClock.now + $0 }
    let finished = try first.finished(in: store)
    var comparisons = Array(finished.suffix(finished.count % planned))
    var rounds = 0
    var series: [PairedSeries] = []
    while comparisons.count < planned {
      console.note("Session \(comparisons.count + 1) of \(planned).")
      let session = try PairedSession(
        order: order.limited(to: deadline), builds: builds, head: head, storage: storage)
      let outcome = try session.run(in: store, console: console, interruption: interruption)
      rounds += outcome.rounds
      series = outcome.series
      comparisons.append(outcome.comparison)
      guard outcome.ending == .complete else {
        return PairedSession.Outcome(
          comparison: .agreement(of: comparisons, planned: planned, isWhole: false),
          series: series, ending: outcome.ending, rounds: rounds)
      }
    }
    return PairedSession.Outcome(
      comparison: .agreement(of: comparisons, planned: planned), series: series, ending: .complete,
      rounds: rounds)
  }
}
