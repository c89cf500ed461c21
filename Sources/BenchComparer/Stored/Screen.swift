package import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The first of two stages: which series of a stored comparison are worth measuring again side by
/// side.
///
/// Lenient on purpose. What it lets through costs time, what it stops is lost: p ≤ 0.10 one-sided
/// and a shift of 1 % found all but a few of the planted changes that a paired session of every
/// series finds, in half the time. The paired session shares its α among the suspects only: its
/// processes are fresh ones, which the screen has not seen.
package struct Screen: Sendable {
  private let level = 0.10
  private let smallest = 0.01

  package init() {}

  /// The gate series that may be slower or faster, in the order of their names.
  package func suspects(
    base: [SeriesData], head: [SeriesData], identicalCode: [IdenticalCodeGroup]
  ) -> [SeriesKey] {
    let noise = SessionNoise(identicalCode)
    let rule = ComparisonRule()
    let judgements = SeriesPair.all(base: base, head: head).compactMap {
      SeriesJudgement($0, noise: noise, rule: rule, judgeIdentical: false)
    }
    return judgements.compactMap(suspect).sorted()
  }

  private func suspect(_ judgement: SeriesJudgement) -> SeriesKey? {
    guard judgement.isGate, let evidence = judgement.evidence, isSuspect(evidence) else {
      return nil
    }
    return judgement.pair.any?.key
  }

  /// The test asks whether processes differ, not sessions: whether the session did it is what the
  /// second stage finds out.
  private func isSuspect(_ evidence: Evidence) -> Bool {
    switch evidence {
    case .shift(let shift):
      let distance = abs(shift.shift.estimate)
      return distance >= log1p(smallest) && shift.shift.processTail(distance) <= level
    case .range(let range):
      return range.varies
        ? abs(range.estimate) >= smallest && range.pValue <= level
        : abs(range.estimate) > range.tolerance
    }
  }
}

extension LogShift {
  /// The chance of a shift of `distance` or more, were there only the processes' noise.
  fileprivate func processTail(_ distance: Double) -> Double {
    let standardError = processVariance(moreProcesses: 0).squareRoot()
    guard standardError > 0 else { return 0 }
    return StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(distance / standardError)
  }
}
