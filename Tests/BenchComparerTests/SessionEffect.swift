import BenchTestSupport
import Foundation

/// How sessions of the same code differ from one another over time, in deviations.
enum SessionEffect: String, CaseIterable, Sendable {
  case normal, heavyTailed
  /// Two levels, each in half of the sessions.
  case twoLevels
  /// A second level in 12 % of the sessions, as measured of a workload with pipes.
  case rareLevel
  /// A tenth of the sessions met something else, by up to thirty deviations.
  case contaminated
  /// Each session is near the one before.
  case wandering

  /// So many sessions in the order of time.
  func draw(_ count: Int, _ random: inout SeededRandom) -> [Double] {
    var level = 0.0
    return (0..<count).map { _ in
      let normal = random.nextNormal()
      func happens(_ share: Double) -> Bool {
        Double.random(in: 0..<1, using: &random) < share
      }
      switch self {
      case .normal: return normal
      case .heavyTailed: return Noise.heavyTailed.draw(1, &random)[0]
      case .twoLevels: return (happens(0.5) ? 12 : 0) + 0.2 * normal
      case .rareLevel: return (happens(0.12) ? 40 : 0) + 0.2 * normal
      case .contaminated:
        return happens(0.1) ? Double.random(in: 0...30, using: &random) : 0.5 * normal
      case .wandering:
        level += 0.7 * normal
        return level
      }
    }
  }
}
