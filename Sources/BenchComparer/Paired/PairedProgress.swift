import BenchModel
import BenchStatistics

/// The looks taken so far, and what they decided.
struct PairedProgress {
  let judgements: [PairedSeriesJudgement]
  /// How many gate series certainly do other work, by an exact count of their instructions.
  let countedOtherwise: Int
  let rule: ComparisonRule
  private var decisions: [Decision?]
  /// The evidence at the latest look at which a series was still open.
  private(set) var evidence: [PairedEvidence?]
  /// The gate series that chance can touch, as far as the evidence shows.
  private var gatesWithChance: [Int] = []
  /// The series whose A/A control differs from BASE. One is enough: what else the session measured
  /// cannot be trusted.
  private(set) var contaminated: [SeriesKey] = []
  /// After how many rounds that was found; what came later says nothing.
  private(set) var contaminatedAfter: Int?
  /// The latest look; `nil` before the first one.
  private(set) var latestLook: PairedLook?

  enum Decision {
    /// Convicted at this one-sided level.
    case moved(Shift, level: Double, PairedEvidence)
    /// The interval lies within the margin that leaves out `tail` on each side.
    case unchanged(RankEvidence, tail: Double)
    /// An exact metric: whatever it says, more rounds would say the same.
    case exact(RangeEvidence)
  }

  init(_ judgements: [PairedSeriesJudgement], rule: ComparisonRule) {
    self.judgements = judgements
    self.rule = rule
    countedOtherwise = judgements.count(where: \.isCountedOtherwise)
    decisions = Array(repeating: nil, count: judgements.count)
    evidence = Array(repeating: nil, count: judgements.count)
    gatesWithChance = findGatesWithChance()
  }

  /// Gate series that more rounds may decide.
  var undecided: [SeriesKey] {
    guard contaminated.isEmpty else { return [] }
    return judgements.indices.filter {
      judgements[$0].isGate && judgements[$0].isOpen && decisions[$0] == nil
    }.map { judgements[$0].series.key }
  }

  func decision(on index: Int) -> Decision? { decisions[index] }

  mutating func take(_ look: PairedLook, isLast: Bool) {
    latestLook = look
    let open = judgements.indices.filter { decisions[$0] == nil }
    let present = open.filter { index in
      let found = judgements[index].evidence(rounds: look.rounds)
      if let found { evidence[index] = found }
      return found != nil
    }
    gatesWithChance = findGatesWithChance()
    // The families are fixed before anything is decided, so that a conviction in one does not
    // change the other.
    let alpha = look.share * rule.alpha
    let convictions = Dictionary(
      uniqueKeysWithValues: Shift.allCases.map {
        ($0, levels($0, among: present, alpha: alpha, isLast: isLast))
      })
    let count = judgedCount
    let controlLevels = Dictionary(
      uniqueKeysWithValues: present.map { ($0, controlLevel($0, after: look.rounds)) })
    contaminated = present.filter {
      judgements[$0].isGate && (controlLevels[$0] ?? 1) <= alpha / count
    }.map { judgements[$0].series.key }
    if !contaminated.isEmpty { contaminatedAfter = look.rounds }
    // Short of that, a series whose own A/A control differs by itself is not decided at this look:
    // at the first look its values cannot reach the level of a whole comparison, and a verdict
    // beside them would not be worth much.
    for index in present where (controlLevels[index] ?? 1) > rule.alpha {
      decisions[index] = decide(index, at: look) { convictions[$0]?[index] }
    }
  }

  /// How many gate series share α: all that chance can touch, decided or not.
  var judgedCount: Double {
    Double(max(1, gatesWithChance.count))
  }

  private func findGatesWithChance() -> [Int] {
    judgements.indices.filter { index in
      judgements[index].isGate && judgements[index].standing == .judged
        && (evidence[index]?.varies ?? (judgements[index].metric?.judgement == .statistical))
    }
  }

  /// The level at which each series that moved was convicted. Before the last look every gate
  /// series has α/m. At the last, Holm steps down over those not convicted before. What is only
  /// shown is judged by itself and costs the gate nothing.
  private func levels(
    _ direction: Shift, among present: [Int], alpha: Double, isLast: Bool
  ) -> [Int: Double] {
    let pValues = Dictionary(
      uniqueKeysWithValues: present.map { index in
        (index, evidence[index]?.pValue(direction, floor: judgements[index].floor) ?? 1)
      })
    let family = gatesWithChance.filter { !hasMoved($0, direction) }
    var levels: [Int: Double] = [:]
    for index in present where !judgements[index].isGate { levels[index] = alpha }
    if isLast {
      let steps = Holm.stepDown(family.map { pValues[$0] ?? 1 }, alpha: alpha)
      for (index, step) in zip(family, steps) { levels[index] = step.level }
    } else {
      let level = alpha / judgedCount
      for index in family { levels[index] = level }
    }
    return levels.filter { index, level in pValues[index].map { $0 <= level } ?? false }
  }

  private func hasMoved(_ index: Int, _ direction: Shift) -> Bool {
    if case .moved(direction, _, _)? = decisions[index] { true } else { false }
  }

  /// The smallest level, in either direction, at which the A/A control differs from BASE; 1 where
  /// it does not, or there is none.
  private func controlLevel(_ index: Int, after rounds: Int) -> Double {
    guard let control = judgements[index].control(rounds: rounds) else { return 1 }
    return Shift.allCases.map { control.pValue($0, floor: judgements[index].floor) }.min() ?? 1
  }

  private func decide(
    _ index: Int, at look: PairedLook, convicted: (Shift) -> Double?
  ) -> Decision? {
    guard let found = evidence[index] else { return nil }
    if case .range(let range) = found, !range.varies { return .exact(range) }
    for direction in Shift.allCases {
      if let level = convicted(direction) { return .moved(direction, level: level, found) }
    }
    guard case .ranks(let ranks) = found,
      ranks.isWithin(judgements[index].margin, tail: look.tail)
    else { return nil }
    if look.leavesOpenBeyondFloor, abs(ranks.estimate) >= judgements[index].floor { return nil }
    return .unchanged(ranks, tail: look.tail)
  }
}
