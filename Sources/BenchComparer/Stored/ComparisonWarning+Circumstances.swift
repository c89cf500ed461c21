import BenchModel

extension ComparisonWarning {
  /// Below this many processes a side a row can convict only what anybody would see.
  private static let fewProcesses = 5

  /// What the judgements let a reader doubt, each warning once.
  static func all(
    on judgements: [SeriesJudgement], noise: SessionNoise, rule: ComparisonRule
  ) -> [ComparisonWarning] {
    let judged = judgements.filter { $0.evidence != nil }
    let sides = judged.compactMap(\.sides)
    return sessionWarnings(sides) + disagreements(judged, rule: rule)
      + noiseWarnings(judged, noise: noise) + countWarnings(judged) + machineWarnings(sides)
  }

  private static func disagreements(
    _ judged: [SeriesJudgement], rule: ComparisonRule
  ) -> [ComparisonWarning] {
    [(Reason.Side.base, 0), (.head, 1)].compactMap { side, position in
      let found = judged.compactMap { judgement -> (key: SeriesKey, distance: Double)? in
        guard judgement.isGate, case .shift(let evidence)? = judgement.evidence,
          let key = judgement.pair.any?.key,
          let distance = evidence.shift.levels[position].disagreement(beyond: rule.margin)
        else { return nil }
        return (key, distance)
      }
      guard let largest = found.map(\.distance).max() else { return nil }
      return .sessionsDisagree(side, found.map(\.key).sorted(), largest: largest)
    }
  }

  private static func machineWarnings(_ sides: [SeriesJudgement.Sides]) -> [ComparisonWarning] {
    let apart = sides.filter { $0.base.machine != $0.head.machine }
    guard let first = apart.first else { return [] }
    return [
      .countedElsewhere(
        series: apart.count, first.base.machine.differences(from: first.head.machine))
    ]
  }

  private static func sessionWarnings(_ sides: [SeriesJudgement.Sides]) -> [ComparisonWarning] {
    let base = Set(sides.flatMap { $0.base.judgedSessions.map(\.circumstances) })
    let head = Set(sides.flatMap { $0.head.judgedSessions.map(\.circumstances) })
    let facts = Circumstances.names.indices.compactMap { fact -> ComparisonWarning? in
      guard let (before, after) = difference(base, head, by: { $0.facts[fact] }) else { return nil }
      return .stateChanged(fact: Circumstances.names[fact], base: before, head: after)
    }
    let toolchains = difference(base, head) { $0.toolchain }
      .map { ComparisonWarning.toolchainChanged(base: $0.0, head: $0.1) }
    return facts + (toolchains.map { [$0] } ?? [])
  }

  /// What each side was, where the sides differ; what is not known is not compared.
  private static func difference(
    _ base: Set<Circumstances>, _ head: Set<Circumstances>, by fact: (Circumstances) -> String?
  ) -> (String, String)? {
    let before = Set(base.compactMap(fact)).subtracting([""])
    let after = Set(head.compactMap(fact)).subtracting([""])
    guard !before.isEmpty, !after.isEmpty, before != after else { return nil }
    return (before.sorted().joined(separator: ", "), after.sorted().joined(separator: ", "))
  }

  private static func noiseWarnings(_ judged: [SeriesJudgement], noise: SessionNoise)
    -> [ComparisonWarning]
  {
    let isStatistical = judged.contains {
      if case .shift? = $0.evidence { true } else { false }
    }
    guard isStatistical else { return [] }
    return noise.sessions == 0 ? [.noNoiseKnown] : [.noiseKnown(sessions: noise.sessions)]
  }

  private static func countWarnings(_ judged: [SeriesJudgement]) -> [ComparisonWarning] {
    let counts = judged.compactMap { judgement -> Int? in
      guard judgement.isGate, case .shift? = judgement.evidence, let sides = judgement.sides else {
        return nil
      }
      return min(sides.base.processCount, sides.head.processCount)
    }
    guard let minimum = counts.min(), minimum < fewProcesses else { return [] }
    return [.fewProcesses(minimum: minimum)]
  }
}

/// The conditions under which a session measured, as far as a change of them may explain a change
/// of the values.
private struct Circumstances: Hashable {
  static let names = ["kernel", "governor", "turbo", "clock source", "power"]

  /// The facts in the order of `names`.
  let facts: [String?]
  let toolchain: String
}

extension SeriesSession {
  fileprivate var circumstances: Circumstances {
    Circumstances(
      facts: [
        state.kernel, state.governor, state.isTurboOn.map { $0 ? "on" : "off" },
        state.clockSource, state.isOnBattery.map { $0 ? "battery" : "mains" },
      ],
      toolchain: toolchain)
  }
}

extension SeriesJudgement {
  fileprivate struct Sides {
    let base: SeriesData
    let head: SeriesData
  }

  fileprivate var sides: Sides? {
    guard let base = pair.base, let head = pair.head else { return nil }
    return Sides(base: base, head: head)
  }
}
