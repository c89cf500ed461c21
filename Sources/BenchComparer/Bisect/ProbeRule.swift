package import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a probe of a bisection has found out.
package enum ProbeAnswer: Sendable, Hashable {
  /// It costs what BAD costs, rather than what GOOD does.
  case slower
  case notSlower
}

/// Decides on which side of the middle between GOOD and BAD a commit lies, measured in turn with
/// GOOD.
///
/// How far BAD lies from GOOD is known when probing begins, so a probe has two simple answers to
/// choose from: the commit costs what GOOD costs, or what BAD does. At each look exact tests
/// compare the commit's processes with GOOD's, those of the A/A control among them: by rank sums,
/// and from the fifteenth round on also by signed ranks of the rounds' differences, each then with
/// half of the level. Where the estimate lies beyond the middle and a test rejects that the commit
/// costs what GOOD does, it is slower; where the estimate lies before the middle and a test, with
/// the commit's processes moved back by the whole way, rejects that it costs what BAD does, it is
/// not. The looks share an error of 1 % for each answer (Bonferroni). So a commit that costs what
/// GOOD costs is called slower with a chance of at most 1 %, and one that costs what BAD costs not
/// slower with the same, whatever the noise, as long as it treats the processes of a round alike. A
/// commit between the two, as when the change came in several steps, is answered by the side of the
/// middle on which it lies.
///
/// The gate asks more: whether there is a change of any size beyond the floor, at a level for the
/// whole suite.
package struct ProbeRule: Sendable {
  /// The chance of a wrong answer.
  package static let errorRate = 0.01

  private let scale: Scale
  private let looks: [ProbeLook]

  /// `check` has rounds of GOOD, as their base, and BAD, as their head; `nil` where it has none, or
  /// BAD is not worse in them.
  package init?(check: PairedSeries, looks: [ProbeLook] = ProbeLook.standard) {
    guard let scale = Scale(check), scale.middle > 0 else { return nil }
    self.scale = scale
    self.looks = looks
  }

  /// What the first `rounds` rounds of GOOD, as their base, and the probed commit, as their head,
  /// say, or without a number all of them. Every look up to there is taken again.
  /// - Returns: `nil` where they leave it open.
  package func answer(_ probe: PairedSeries, after rounds: Int? = nil) -> ProbeAnswer? {
    let count = min(rounds ?? .max, probe.rounds.count)
    if let answer = exactAnswer(probe.rounds.prefix(count)) { return answer }
    for look in looks where look.rounds <= count {
      let level = look.share * Self.errorRate
      let rounds = probe.rounds.prefix(look.rounds)
      let (asGood, asBad) = (
        views(rounds, movedBack: 0), views(rounds, movedBack: 2 * scale.middle)
      )
      if asGood.contains(where: { $0.pValue(.worse, floor: scale.middle) <= level }) {
        return .slower
      }
      if asBad.contains(where: { $0.pValue(.better, floor: scale.middle) <= level }) {
        return .notSlower
      }
    }
    return nil
  }

  /// The difference of the commit of `probe` from GOOD; `nil` without a round.
  package func shift(_ probe: PairedSeries) -> RelativeShift? {
    guard !probe.rounds.isEmpty else { return nil }
    let (good, commit) = sides(probe.rounds[...])
    let view =
      scale.numbers(probe.rounds).map { RankView(differences: $0, weight: 1) }
      ?? RankView(base: good, head: commit)
    let ends = view.interval(tail: 0.05)
    return RelativeShift(
      estimate: scale.relative(view.estimate), lower: scale.relative(ends.lowerBound),
      upper: scale.relative(ends.upperBound),
      zero: ZeroChange(
        from: Quantile.median(probe.rounds.map(\.base.value)),
        to: Quantile.median(probe.rounds.map(\.head.value))))
  }

  /// Values that do not vary need no test: the first round decides.
  private func exactAnswer(_ rounds: ArraySlice<PairedRound>) -> ProbeAnswer? {
    guard let tolerance = scale.tolerance, !rounds.isEmpty else { return nil }
    func varies(_ values: [Double]) -> Bool {
      let middle = abs(Quantile.median(values))
      let spread = (values.max() ?? 0) - (values.min() ?? 0)
      return spread > tolerance * middle
    }
    guard !varies(rounds.map(\.base.value)), !varies(rounds.map(\.head.value)) else { return nil }
    let (good, commit) = sides(rounds)
    return Quantile.median(commit) - Quantile.median(good) > scale.middle ? .slower : .notSlower
  }

  private func views(_ rounds: ArraySlice<PairedRound>, movedBack shift: Double) -> [RankView] {
    if let numbers = scale.numbers(rounds) {
      return [RankView(differences: numbers.map { $0 - shift }, weight: 1)]
    }
    let (good, commit) = sides(rounds)
    let moved = commit.map { $0 - shift }
    guard rounds.count >= RankEvidence.observationsForPairs else {
      return [RankView(base: good, head: moved)]
    }
    let differences = rounds.map {
      scale.position($0.head.value) - scale.position($0.base.value) - shift
    }
    return [
      RankView(base: good, head: moved, weight: 0.5),
      RankView(differences: differences, weight: 0.5),
    ]
  }

  private func sides(_ rounds: ArraySlice<PairedRound>) -> (good: [Double], commit: [Double]) {
    let good = rounds.map(\.base.value) + rounds.compactMap { $0.control?.value }
    return (good.map(scale.position), rounds.map { scale.position($0.head.value) })
  }
}

/// After how many rounds a probe may be decided, and the share of its error rate that is spent
/// there.
package struct ProbeLook: Sendable, Hashable {
  package let rounds: Int
  package let share: Double

  /// Four rounds have six processes of GOOD, two of them of the A/A control, and four of the
  /// commit: of their 210 arrangements one is complete separation, so that the first look needs 1
  /// ÷ 210 = 0.48 % of the one per cent. What is left decides what is less clear.
  package static let standard = [
    ProbeLook(rounds: 4, share: 0.48), ProbeLook(rounds: 6, share: 0.12),
    ProbeLook(rounds: 8, share: 0.08), ProbeLook(rounds: 11, share: 0.08),
    ProbeLook(rounds: 15, share: 0.08), ProbeLook(rounds: 20, share: 0.08),
    ProbeLook(rounds: 30, share: 0.08),
  ]

  /// The looks at rounds whose processes took turns. Eight rounds have 256 arrangements of signs,
  /// so that all of one sign need 0.39 of the one per cent.
  package static let ofTurns = [
    ProbeLook(rounds: 8, share: 0.4), ProbeLook(rounds: 10, share: 0.2),
    ProbeLook(rounds: 13, share: 0.1), ProbeLook(rounds: 16, share: 0.1),
    ProbeLook(rounds: 20, share: 0.1), ProbeLook(rounds: 30, share: 0.1),
  ]

  package static func usual(inTurns: Bool) -> [ProbeLook] { inTurns ? ofTurns : standard }
}

/// Maps values to positions on a line where larger is worse: to their logarithms, or where a value
/// has none to the values themselves.
private struct Scale: Sendable {
  /// The tolerance of an exact metric; `nil` for others.
  let tolerance: Double?
  /// Half of the way from GOOD to BAD.
  private(set) var middle = 0.0
  private let sign: Double
  private let isLogarithmic: Bool
  /// What a change without logarithms is relative to: GOOD's value.
  private let reference: Double

  init?(_ check: PairedSeries) {
    guard let metric = check.head?.metric ?? check.base?.metric, !check.rounds.isEmpty else {
      return nil
    }
    tolerance = metric.tolerance
    sign = metric.direction == .lower ? 1 : -1
    let (good, bad) = (check.rounds.map(\.base.value), check.rounds.map(\.head.value))
    isLogarithmic = tolerance == nil && (good + bad).allSatisfy { $0 > 0 }
    reference = abs(Quantile.median(good))
    let view =
      numbers(check.rounds).map { RankView(differences: $0, weight: 1) }
      ?? RankView(base: good.map(position), head: bad.map(position))
    middle = view.estimate / 2
  }

  /// A value of nothing on a scale of logarithms is as far away as can be counted.
  func position(_ value: Double) -> Double {
    sign * (isLogarithmic ? log(max(value, .leastNormalMagnitude)) : value)
  }

  /// The numbers of rounds whose processes ran at once, where larger is worse; `nil` for others,
  /// and for an exact metric.
  func numbers(_ rounds: some Collection<PairedRound>) -> [Double]? {
    guard isLogarithmic, !rounds.isEmpty else { return nil }
    let shifts = rounds.compactMap(\.shift)
    return shifts.count == rounds.count ? shifts.map { sign * $0 } : nil
  }

  func relative(_ shift: Double) -> Double {
    isLogarithmic ? relativeChange(shift) : shift == 0 ? 0 : shift / reference
  }
}
