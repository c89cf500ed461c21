import BenchStatistics

/// What a paired series could have shown at the last look, and what it still would need. By normal
/// theory: for people, not for verdicts.
struct DetectionScale {
  /// The conviction floor and the margin of 'no change' on the log scale.
  let floor: Double
  let margin: Double
  /// The one-sided level of a conviction at the last look, and the chance of a truth beyond each
  /// end of the interval by which it calls a series unchanged.
  let level: Double
  let tail: Double
  let lastRounds: Int

  /// The smallest true change found with 80 % power by the last look: the shift must reach the
  /// floor, and the test its level.
  func smallestDetectable(_ evidence: RankEvidence) -> Double {
    let atEnd = evidence.standardError * (Double(evidence.rounds) / Double(lastRounds)).squareRoot()
    return relativeChange(max(floor, -Normal.quantile(level) * atEnd) + Self.quantile80 * atEnd)
  }

  /// How many more rounds would decide, one way or the other; `nil` where there are no more to be
  /// had.
  func moreRounds(_ evidence: RankEvidence) -> Int? {
    let distance = abs(evidence.estimate)
    let factors = [
      distance >= floor ? -Normal.quantile(level) / distance : .infinity,
      distance < margin ? -Normal.quantile(tail) / (margin - distance) : .infinity,
    ]
    let ratio = evidence.standardError * (factors.min() ?? .infinity)
    let needed = Double(evidence.rounds) * ratio * ratio
    guard evidence.rounds < lastRounds, needed <= Double(lastRounds) else { return nil }
    return max(1, Int(needed.rounded(.up)) - evidence.rounds)
  }

  /// Φ⁻¹(0.8).
  static let quantile80 = 0.8416212335729143
}
