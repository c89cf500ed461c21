package import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// By how much the rounds of a paired comparison would deviate on a machine because its moments
/// differ, in both ways of measuring, and what that lets a gate see.
///
/// It is worked out from one stretch of fixed work of a millisecond each: as if twenty of them were
/// a process of BASE and the next twenty one of HEAD, and as if the two had taken turns. What
/// processes differ by among themselves is not in it.
package struct RoundNoise: Sendable, Hashable {
  /// The deviation of a round's number, one process after the other and in turns, on the log scale.
  package let apart: Double
  package let inTurns: Double

  /// The pieces of work of one side of a round.
  private static let turns = 20
  /// Fewer rounds than these tell nothing.
  private static let fewestRounds = 8
  /// The series of the example that is told.
  package static let series = 25
  /// The seconds of one round of one series: two processes, and in most rounds a third, that start,
  /// set up and take 25 turns each. Measured on two shared cores with six short benchmarks of
  /// BenchKit, it was 0.14 to 0.25.
  private static let secondsOfRound = 0.2

  /// From the pieces of work in the order in which they were done; `nil` where they are too few.
  package init?(_ spins: [MachineObservation.Spin]) {
    let times = spins.map(\.cpu)
    let length = 2 * Self.turns
    guard times.count / length >= Self.fewestRounds, times.allSatisfy({ $0 > 0 }) else {
      return nil
    }
    let rounds = stride(from: 0, through: times.count - length, by: length).map {
      Array(times[$0..<$0 + length])
    }
    apart = Self.deviation(
      rounds.map { round in
        log(
          MeasurementSummary(of: round.suffix(Self.turns)).lowerQuartile
            / MeasurementSummary(of: round.prefix(Self.turns)).lowerQuartile)
      })
    inTurns = Self.deviation(
      rounds.map { round in
        Quantile.median(
          (0..<Self.turns).map { turn in
            // Each turn mirrors the one before.
            let isMirrored = turn % 2 == 1
            let (first, second) = (round[2 * turn], round[2 * turn + 1])
            return isMirrored ? log(first / second) : log(second / first)
          })
      })
  }

  /// The smallest change that would be found in one of 25 series with 80 % power; `deviation` is
  /// `apart` or `inTurns`.
  package func smallest(_ deviation: Double, rule: ComparisonRule) -> Double {
    let last = PairedLook.ofTurns[PairedLook.ofTurns.count - 1]
    let error = deviation / Double(last.rounds).squareRoot()
    let level = last.share * rule.alpha / Double(Self.series)
    let threshold = max(log1p(rule.floor), -Normal.quantile(level) * error)
    return expm1(threshold + DetectionScale.quantile80 * error)
  }

  /// The seconds of all rounds of 25 short benchmarks.
  package static var seconds: Double {
    Double(series * PairedLook.ofTurns[PairedLook.ofTurns.count - 1].rounds) * secondsOfRound
  }

  /// The root of the mean of the squared distances from the median, which heeds what lies far
  /// out.
  private static func deviation(_ values: [Double]) -> Double {
    let middle = Quantile.median(values)
    let squares = values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    return (squares / Double(max(1, values.count - 1))).squareRoot()
  }
}
