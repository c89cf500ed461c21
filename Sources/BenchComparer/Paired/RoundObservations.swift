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
  /// The observations of each side; `nil` where the processes of every round ran at once, whose
  /// samples are compared with each other and not on their own.
  let sides: (base: [Double], head: [Double])?
  /// The observations of the difference.
  let differences: [Double]

  /// - Returns: `nil` where a value has no logarithm.
  init?(_ rounds: ArraySlice<PairedRound>, direction: Direction, isLayoutVaried: Bool) {
    let sign: Double = direction == .lower ? 1 : -1
    let groups = isLayoutVaried ? Self.sharingLayouts(rounds) : rounds.indices.map { [$0] }
    func observed(_ value: (PairedRound) -> Double) -> [Double] {
      groups.map { group in mean(group.map { sign * value(rounds[$0]) }) }
    }
    if Self.haveNumbers(rounds) {
      sides = nil
      differences = observed { $0.shift ?? 0 }
      return
    }
    guard rounds.allSatisfy({ $0.base.value > 0 && $0.head.value > 0 }) else { return nil }
    let (base, head) = (observed { log($0.base.value) }, observed { log($0.head.value) })
    sides = (base, head)
    differences = zip(head, base).map(-)
  }

  /// Whether the processes of every round ran at once, so that each round is one number.
  private static func haveNumbers(_ rounds: ArraySlice<PairedRound>) -> Bool {
    !rounds.isEmpty && rounds.allSatisfy { $0.shift?.isFinite == true }
  }

  /// The indices of rounds that ran the same two executables, in the order in which these first
  /// ran.
  private static func sharingLayouts(_ rounds: ArraySlice<PairedRound>) -> [[Int]] {
    var groups: [[Int]] = []
    var groupOf: [[String]: Int] = [:]
    for (position, round) in zip(rounds.indices, rounds) {
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
