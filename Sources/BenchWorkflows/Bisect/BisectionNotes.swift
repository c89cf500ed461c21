package import BenchComparer
package import BenchModel
package import BenchOutput

/// The sentences about the commits that a bisection tries.
package enum BisectionNotes {
  package static func trying(_ commit: Commit, _ bisection: Bisection) -> String {
    "\(English.count(bisection.candidates.count, "commit")) left, about "
      + "\(English.count(bisection.answersLeft, "more probe")): trying \(commit.shortHash), "
      + "\(commit.subject)"
  }

  package static func text(_ probe: BisectionProbe) -> String {
    let detail =
      probe.shift.map {
        "\(RelativeSize.signed($0)) after \(English.count(probe.rounds, "round"))"
      } ?? probe.answer.note
    return "\(probe.commit.shortHash): \(probe.answer.kind.word)" + (detail.map { ", \($0)" } ?? "")
  }
}
