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
  init?(_ rounds: ArraySlice<PairedRound>, direction: Direction, layouts: RoundLayouts) {
    let sign: Double = direction == .lower ? 1 : -1
    func observed(_ value: (PairedRound) -> Double) -> [Double] {
      layouts.means(of: rounds.map { sign * value($0) })
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
}

/// Which rounds of a series ran the same two executables.
struct RoundLayouts {
  /// The observation to which each round belongs, counted in the order in which these first ran;
  /// empty where each round is one of its own.
  private let observations: [Int]

  /// Every round is an observation.
  static let none = RoundLayouts(observations: [])

  init(of rounds: [PairedRound]) {
    var known: [[String]: Int] = [:]
    let observations = rounds.map { round in
      let executables = [round.base.binaryHash, round.head.binaryHash]
      let observation = known[executables] ?? known.count
      known[executables] = observation
      return observation
    }
    self.init(observations: known.count == rounds.count ? [] : observations)
  }

  private init(observations: [Int]) { self.observations = observations }

  /// The mean of each observation, of the first rounds' values.
  func means(of values: [Double]) -> [Double] {
    guard !observations.isEmpty else { return values }
    var sums: [Double] = []
    var counts: [Double] = []
    for (value, observation) in zip(values, observations) {
      if observation == sums.count {
        sums.append(0)
        counts.append(0)
      }
      sums[observation] += value
      counts[observation] += 1
    }
    return zip(sums, counts).map(/)
  }
}
