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
