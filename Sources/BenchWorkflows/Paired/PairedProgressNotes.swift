import BenchModel
import BenchOutput
package import BenchRunner
import TextCoding

/// The sentences about looks and failures while two sides are measured in turn.
package struct PairedProgressNotes {
  /// What the sides are called.
  private let base: String
  private let head: String

  package init(base: String = "the base", head: String = "HEAD") {
    self.base = base
    self.head = head
  }

  package func look(afterRounds rounds: Int, undecided: Int, of total: Int) -> String {
    "After \(English.count(rounds, "round")): "
      + (undecided == 0
        ? "all is said." : "\(undecided) of \(English.count(total, "benchmark")) undecided.")
  }

  package func text(_ remark: PairedRemark) -> String {
    switch remark {
    case .unconfined:
      "The system does not let benchdb confine processes to one core, so they run on any: what is "
        + "measured scatters more."
    case .cacheSensitive(let benchmark, .longTurns):
      "\(Printable.text(benchmark.description)) is cache-sensitive: its turns are longer, so that "
        + "what the other side leaves in the caches matters less."
    case .busyBetweenTurns(let benchmark):
      "\(Printable.text(benchmark.description)) works while it is not its turn, as with threads in "
        + "the background: its processes run one after the other. BenchKit's `takesTurns: false` "
        + "says so beforehand."
    case .cacheSensitive(let benchmark, _):
      "\(Printable.text(benchmark.description)) is too cache-sensitive for turns: its processes run "
        + "one after the other."
    }
  }

  package func text(_ failure: PairedFailure) -> String {
    let side = failure.position.arm == .head ? head : base
    let next =
      switch failure.consequence {
      case .runAgain: "It is run once more."
      case .dropped: "That is the second time: it is not measured any further."
      }
    return "\(Printable.text(failure.benchmark.description)) failed on \(side) in round "
      + "\(failure.position.round + 1): \(Printable.text(failure.outcome.summary)). \(next)"
  }
}
