import BenchModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the rank tests count as observations of a paired series, on the log scale, positive
/// differences being worse.
///
/// A round is one, unless several rounds ran the same two executables while layouts vary: what a
/// layout does to a series is then the same in all of them, and rounds that count one by one would
/// make the luck of a few layouts look like the certainty of thirty rounds. Their mean is one
/// observation. Of 8,000 simulated series of unchanged code whose layouts deviate by 5 %, judged as
/// one of 25, six layouts assigned to thirty rounds turned 5.3 % red when each round counted, and
/// none when each layout does.
struct RoundObservations {
  let base: [Double]
  let head: [Double]

  /// - Returns: `nil` where a value has no logarithm.
  init?(_ rounds: ArraySlice<PairedRound>, direction: Direction, isLayoutVaried: Bool) {
    guard rounds.allSatisfy({ $0.base.value > 0 && $0.head.value > 0 }) else { return nil }
    let sign: Double = direction == .lower ? 1 : -1
    let pairs = rounds.map { (base: sign * log($0.base.value), head: sign * log($0.head.value)) }
    let groups = isLayoutVaried ? Self.sharingLayouts(rounds) : pairs.indices.map { [$0] }
    base = groups.map { group in mean(group.map { pairs[$0].base }) }
    head = groups.map { group in mean(group.map { pairs[$0].head }) }
  }

  var differences: [Double] { zip(head, base).map(-) }

  /// The indices of rounds that ran the same two executables, in the order in which these first
  /// ran.
  private static func sharingLayouts(_ rounds: ArraySlice<PairedRound>) -> [[Int]] {
    var groups: [[Int]] = []
    var groupOf: [[String]: Int] = [:]
    for (position, round) in rounds.enumerated() {
      let executables = [round.base.binaryHash, round.head.binaryHash]
      if let group = groupOf[executables] {
        groups[group].append(position)
      } else {
        groupOf[executables] = groups.count
        groups.append([position])
      }
    }
    return groups
  }
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
