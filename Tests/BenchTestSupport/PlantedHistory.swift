import Foundation

/// A history of many series over many commits of which the truth is known: everything comes out of
/// one seed.
///
/// Processes of a series scatter by 0.5 to 2 %, sessions by half to all of that, and in every
/// fourth series neighbouring sessions are correlated by 0.4. Shifts are of 5 to 20 % in either
/// direction, outliers of 15 to 60 %, drifts of 8 to 20 % over 300 to 800 commits.
package struct PlantedHistory: Sendable {
  package let commits: Int
  package let series: Int
  package let processes: Int
  package let plants: [Plant]
  private let seed: UInt64

  package struct Plant: Sendable, Hashable {
    package let kind: Kind
    package let series: Int
    /// The first commit that it shows in; of a drift, those on which it moves.
    package let commits: Range<Int>
    /// On the log scale.
    package let size: Double

    package enum Kind: String, Sendable, Hashable { case shift, outlier, drift }
  }

  package init(
    commits: Int = 1000, series: Int = 200, processes: Int = 10, shifts: Int = 60,
    outliers: Int = 20, drifts: Int = 5, seed: UInt64 = 1
  ) {
    self.commits = commits
    self.series = series
    self.processes = processes
    self.seed = seed
    var random = SeededRandom(seed: seed)
    var planting = Planting(commits: commits, series: series)
    for _ in 0..<drifts { planting.plant(.drift, &random) }
    for _ in 0..<shifts { planting.plant(.shift, &random) }
    for _ in 0..<outliers { planting.plant(.outlier, &random) }
    plants = planting.plants
  }

  /// The values of one series, a process each, for one commit after another.
  package func values(ofSeries number: Int) -> [[Double]] {
    var random = SeededRandom(seed: seed &* 1_000_003 &+ UInt64(number) &+ 1)
    let level = log(Double.random(in: 1e4...1e8, using: &random))
    let scatter = 0.005 * pow(4, Double.random(in: 0...1, using: &random))
    let sessionScatter = scatter * Double.random(in: 0.5...1, using: &random)
    let correlation = number.isMultiple(of: 4) ? 0.4 : 0
    let fresh = (1 - correlation * correlation).squareRoot()
    let own = plants.filter { $0.series == number }
    var session = random.nextNormal()
    return (0..<commits).map { commit in
      session = correlation * session + fresh * random.nextNormal()
      let center =
        level + own.reduce(0) { $0 + $1.effect(at: commit) } + sessionScatter * session
      return (0..<processes).map { _ in exp(center + scatter * random.nextNormal()) }
    }
  }
}

extension PlantedHistory.Plant {
  fileprivate func effect(at commit: Int) -> Double {
    switch kind {
    case .shift: commit >= commits.lowerBound ? size : 0
    case .outlier: commit == commits.lowerBound ? size : 0
    case .drift:
      size * min(max(Double(commit - commits.lowerBound) / Double(commits.count), 0), 1)
    }
  }
}

/// Chooses positions so that no two things happen to a series within thirty commits, and nothing
/// else to one that drifts.
private struct Planting {
  let commits: Int
  let series: Int
  private(set) var plants: [PlantedHistory.Plant] = []

  mutating func plant(_ kind: PlantedHistory.Plant.Kind, _ random: inout SeededRandom) {
    for _ in 0..<10_000 {
      let plant = candidate(kind, &random)
      if plants.allSatisfy({ isApart($0, plant) }) { return plants.append(plant) }
    }
    preconditionFailure("there is no room for another \(kind) in \(series) series")
  }

  private func candidate(
    _ kind: PlantedHistory.Plant.Kind, _ random: inout SeededRandom
  ) -> PlantedHistory.Plant {
    let number = Int.random(in: 0..<series, using: &random)
    let sign: Double = Bool.random(using: &random) ? 1 : -1
    func size(_ range: ClosedRange<Double>) -> Double {
      sign * log1p(Double.random(in: range, using: &random))
    }
    switch kind {
    case .shift:
      let commit = Int.random(in: commits / 50..<commits - commits / 50, using: &random)
      return .init(kind: kind, series: number, commits: commit..<commit + 1, size: size(0.05...0.2))
    case .outlier:
      let commit = Int.random(in: 3..<commits - 3, using: &random)
      return .init(
        kind: kind, series: number, commits: commit..<commit + 1, size: size(0.15...0.6))
    case .drift:
      let length = Int.random(in: commits * 3 / 10...commits * 8 / 10, using: &random)
      let start = Int.random(in: 0...commits - length, using: &random)
      return .init(
        kind: kind, series: number, commits: start..<start + length, size: size(0.08...0.2))
    }
  }

  private func isApart(_ one: PlantedHistory.Plant, _ other: PlantedHistory.Plant) -> Bool {
    guard one.series == other.series else { return true }
    guard one.kind != .drift, other.kind != .drift else { return false }
    return abs(one.commits.lowerBound - other.commits.lowerBound) > 30
  }
}
