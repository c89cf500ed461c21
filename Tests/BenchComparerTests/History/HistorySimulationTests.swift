import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// The detector against histories whose truth is known.
///
/// `BENCHDB_FULL_TESTS=1 swift test -c release --filter HistorySimulationTests` takes the whole
/// 1,000 commits × 200 series, and prints.
@Suite struct HistorySimulationTests {
  private static let isFull = ProcessInfo.processInfo.environment["BENCHDB_FULL_TESTS"] == "1"

  /// How unchanged series may scatter from session to session.
  enum Noise: String, CaseIterable {
    case normal, heavy, correlated, twoModes, wandering

    /// The logarithms of `count` sessions with a deviation of about 1.5 %.
    func sessions(_ count: Int, _ random: inout SeededRandom) -> [Double] {
      var last = random.nextNormal()
      return (0..<count).map { _ in
        let fresh = random.nextNormal()
        switch self {
        case .normal: return 0.015 * fresh
        // Student's t with three degrees of freedom: deviation √3.
        case .heavy:
          let square = (0..<3).reduce(0.0) { sum, _ in
            let value = random.nextNormal()
            return sum + value * value
          }
          return 0.0087 * fresh / (square / 3).squareRoot()
        case .correlated:
          last = 0.5 * last + 0.75.squareRoot() * fresh
          return 0.015 * last
        case .twoModes:
          return 0.005 * fresh + (Bool.random(using: &random) ? 0.014 : -0.014)
        // Slow correlation that no block of a few sessions keeps.
        case .wandering:
          last = 0.9 * last + 0.19.squareRoot() * fresh
          return 0.008 * last + 0.01 * random.nextNormal()
        }
      }
    }
  }

  @Test("unchanged series show next to no change", arguments: Noise.allCases)
  func falseChanges(noise: Noise) {
    let (series, commits) = Self.isFull ? (2000, 500) : (24, 120)
    var random = SeededRandom(seed: 90)
    let analyser = HistoryAnalyser(family: 60)
    var (changes, drifts) = (0, 0)
    for number in 0..<series {
      let sessions = noise.sessions(commits, &random).map { [1e6 * exp($0)] }
      let history = analyser.analyse(measured(sessions, name: "suite/\(number)"))
      changes += history.changePoints.count
      drifts += history.drifts.count
    }
    let hundreds = Double(series * commits) / 100
    let rate = Double(changes + drifts) / hundreds
    if Self.isFull {
      print("\(noise.rawValue): \(changes) changes and \(drifts) drifts in \(hundreds) hundreds")
    }
    // Two in a hundred times a hundred commits is what is promised; these series have 29 hundreds,
    // so that one would be too many.
    #expect(rate <= 0.02, "\(noise): \(changes) changes, \(drifts) drifts, seed 90")
  }

  /// Steps of 5 % after half of 100 commits among 60 series whose sessions deviate by 1.5 %, placed
  /// within three commits. Of 300 series 99, 99, 69, 100 and 96 % were, in this order; the floors
  /// stay below by what 24 scatter.
  @Test(
    "steps of 5 % are found as often as recorded",
    arguments: [
      (Noise.normal, 0.85), (.heavy, 0.85), (.correlated, 0.45), (.twoModes, 0.85),
      (.wandering, 0.8),
    ])
  func power(noise: Noise, floor: Double) {
    let count = Self.isFull ? 2000 : 24
    var random = SeededRandom(seed: 91)
    let analyser = HistoryAnalyser(family: 60)
    var found = 0
    for number in 0..<count {
      let sessions = noise.sessions(100, &random).enumerated().map { commit, value in
        [1e6 * exp(value + (commit < 50 ? 0 : log(1.05)))]
      }
      let history = analyser.analyse(measured(sessions, name: "suite/\(number)"))
      if history.changePoints.contains(where: { abs($0.firstAfter - 50) <= 3 }) { found += 1 }
    }
    let power = Double(found) / Double(count)
    if Self.isFull { print("\(noise.rawValue): +5 % found in \(power)") }
    #expect(power >= floor, "\(noise): \(found) of \(count), seed 91")
  }

  @Test("of planted shifts, outliers and drifts nearly all are found and nearly none invented")
  func planted() {
    let history =
      Self.isFull
      ? PlantedHistory()
      : PlantedHistory(commits: 200, series: 16, processes: 3, shifts: 10, outliers: 4, drifts: 2)
    let score = PlantedScore(history)
    if Self.isFull { print(score) }
    #expect(score.missedShifts <= history.plants.count / 12, "\(score)")
    #expect(score.inventedShifts <= max(1, history.plants.count / 20), "\(score)")
    #expect(score.missedDrifts <= 1 && score.inventedDrifts <= 1, "\(score)")
    #expect(score.missedOutliers <= 2 && score.inventedOutliers <= 8, "\(score)")
  }
}

/// What the detector says of a planted history, beside the truth.
struct PlantedScore: CustomStringConvertible {
  private(set) var missedShifts = 0
  private(set) var inventedShifts = 0
  private(set) var missedOutliers = 0
  private(set) var inventedOutliers = 0
  private(set) var missedDrifts = 0
  private(set) var inventedDrifts = 0
  private let planted: [PlantedHistory.Plant.Kind: Int]

  init(_ history: PlantedHistory) {
    planted = Dictionary(grouping: history.plants, by: \.kind).mapValues(\.count)
    let analyser = HistoryAnalyser(family: history.series)
    for number in 0..<history.series {
      let found = analyser.analyse(
        measured(history.values(ofSeries: number), name: "suite/\(number)"))
      score(found, history.plants.filter { $0.series == number })
    }
  }

  /// A shift is found within three commits, a drift where the stretches overlap, an outlier at its
  /// commit.
  private mutating func score(_ found: SeriesHistory, _ plants: [PlantedHistory.Plant]) {
    func positions(_ kind: PlantedHistory.Plant.Kind) -> [Range<Int>] {
      plants.filter { $0.kind == kind }.map(\.commits)
    }
    let shifts = found.changePoints.map { $0.firstAfter - 3..<$0.firstAfter + 4 }
    (missedShifts, inventedShifts) = Self.count(
      positions(.shift), shifts, (missedShifts, inventedShifts))
    let outliers = found.outliers.map { $0.point..<$0.point + 1 }
    (missedOutliers, inventedOutliers) = Self.count(
      positions(.outlier), outliers, (missedOutliers, inventedOutliers))
    (missedDrifts, inventedDrifts) = Self.count(
      positions(.drift), found.drifts.map(\.points), (missedDrifts, inventedDrifts))
  }

  private static func count(
    _ truth: [Range<Int>], _ found: [Range<Int>], _ before: (missed: Int, invented: Int)
  ) -> (Int, Int) {
    let missed = truth.count { position in !found.contains { $0.overlaps(position) } }
    let invented = found.count { position in !truth.contains { $0.overlaps(position) } }
    return (before.missed + missed, before.invented + invented)
  }

  var description: String {
    "shifts: \(missedShifts) of \(planted[.shift] ?? 0) missed, \(inventedShifts) invented; "
      + "outliers: \(missedOutliers) of \(planted[.outlier] ?? 0) missed, "
      + "\(inventedOutliers) invented; "
      + "drifts: \(missedDrifts) of \(planted[.drift] ?? 0) missed, \(inventedDrifts) invented"
  }
}
