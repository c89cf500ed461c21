import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation

/// How processes of one session differ from one another; every kind has mean 0 and deviation 1.
enum Noise: String, CaseIterable, Sendable {
  case normal, skewed, bimodal, rareMode, heavyTailed, autocorrelated

  func draw(_ count: Int, _ random: inout SeededRandom) -> [Double] {
    var values = (0..<count).map { _ in one(&random) }
    if self == .autocorrelated {
      // AR(1) with 0.6 from process to process.
      for position in 1..<count {
        values[position] = 0.6 * values[position - 1] + 0.8 * values[position]
      }
    }
    return values
  }

  private func one(_ random: inout SeededRandom) -> Double {
    switch self {
    case .normal, .autocorrelated:
      return random.nextNormal()
    case .skewed:
      return -log(1 - Double.random(in: 0..<1, using: &random)) - 1
    case .bimodal:
      return 0.98 * (Bool.random(using: &random) ? 1 : -1) + 0.2 * random.nextNormal()
    case .rareMode:
      // One process in five is 2.4 deviations slower.
      let isSlow = Double.random(in: 0..<1, using: &random) < 0.2
      return (isSlow ? 2.4 : 0) - 0.48 + 0.28 * random.nextNormal()
    case .heavyTailed:
      // Student's t with 3 degrees of freedom has the variance 3.
      let squares = (0..<3).reduce(0.0) { sum, _ in
        let normal = random.nextNormal()
        return sum + normal * normal
      }
      return random.nextNormal() / (squares / 3).squareRoot() / 3.0.squareRoot()
    }
  }
}

/// A world in which comparisons of a suite are made over and over.
struct Simulation {
  var noise = Noise.normal
  var seriesCount = 25
  var processes = 10
  /// The deviation between processes; `nil`: drawn for each series, 0.8 % in the middle, nine in
  /// ten within 0.2 to 3 %.
  var deviation: Double? = 0.008
  /// The deviation between sessions ÷ that between processes; `nil`: drawn for each series from
  /// 0...1.7.
  var sessionRatio: Double? = 1
  var effect = SessionEffect.normal
  /// Sessions of identical code between BASE's and HEAD's, a day apart.
  var earlier = 0
  /// Sessions of HEAD, a day apart.
  var headSessions = 1
  /// The relative change by which the first series of HEAD really is slower.
  var change = 0.0
  /// Sizes have no layout of code that could excuse them.
  var metric = Metric(name: "peak", unit: .bytes, isGate: true)

  /// What became of one comparison.
  struct Outcome {
    var isRed = false
    var findsChange = false
    var suspectsChange = false
    /// An unchanged series looks slower.
    var suspectsWrongly = false
    var counts: ComparisonCounts
  }

  func run(_ random: inout SeededRandom) -> Outcome {
    let worlds = (0..<seriesCount).map { World(name: "suite/\($0)", self, &random) }
    var (base, head): ([SeriesData], [SeriesData]) = ([], [])
    var groups: [IdenticalCodeGroup] = []
    for (position, world) in worlds.enumerated() {
      let sessions = world.sessions(1 + earlier + headSessions, self, &random)
      let known = Array(sessions[...earlier])
      let factor = position == 0 ? 1 + change : 1
      base.append(series([sessions[0]], name: world.name, metric: metric))
      head.append(
        series(
          sessions[(1 + earlier)...].map { $0.slower(by: factor) }, name: world.name,
          metric: metric))
      if earlier > 0 {
        groups.append(
          IdenticalCodeGroup(series: key(world.name, metric: metric.name), sessions: known))
      }
    }
    return outcome(Comparer().compare(base: base, head: head, identicalCode: groups))
  }

  private func outcome(_ comparison: Comparison) -> Outcome {
    var outcome = Outcome(counts: comparison.counts)
    for row in comparison.rows {
      guard case .judged(let verdict) = row.answer else { continue }
      let isChanged = change != 0 && row.key == key("suite/0", metric: metric.name)
      switch verdict {
      case .slower where isChanged: outcome.findsChange = true
      case .slower: outcome.isRed = true
      case .suspectedSlower where isChanged: outcome.suspectsChange = true
      case .suspectedSlower: outcome.suspectsWrongly = true
      default: break
      }
    }
    return outcome
  }

  /// One series of the suite, with the deviations it has for good.
  private struct World {
    let name: String
    let deviation: Double
    let betweenSessions: Double

    init(name: String, _ simulation: Simulation, _ random: inout SeededRandom) {
      self.name = name
      deviation = simulation.deviation ?? 0.008 * exp(0.8 * random.nextNormal())
      let ratio = simulation.sessionRatio ?? Double.random(in: 0...1.7, using: &random)
      betweenSessions = deviation * ratio
    }

    /// So many sessions in the order of time, a day apart.
    func sessions(
      _ count: Int, _ simulation: Simulation, _ random: inout SeededRandom
    ) -> [SeriesSession] {
      simulation.effect.draw(count, &random).enumerated().map { day, effect in
        let values = simulation.noise.draw(simulation.processes, &random)
          .map { 1e6 * exp(betweenSessions * effect + deviation * $0) }
        return session(values, binary: "same", hour: 24 * Double(day))
      }
    }
  }
}

extension SeriesSession {
  /// The same session of other code.
  fileprivate func slower(by factor: Double) -> SeriesSession {
    SeriesSession(
      id: id, started: started, level: level, state: state, toolchain: toolchain, seconds: seconds,
      processes: processes.map {
        ProcessStatistic(
          value: $0.value * factor, samples: $0.samples, binaryHash: "head", order: $0.order)
      })
  }
}

/// Counts over many comparisons.
struct Tally {
  var comparisons = 0
  var red = 0
  var found = 0
  var suspected = 0
  /// Comparisons with an unchanged series that looks slower.
  var wronglySuspected = 0
  var judged = 0
  var unchanged = 0

  init(_ simulation: Simulation, replicates: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<replicates {
      let outcome = simulation.run(&random)
      comparisons += 1
      red += outcome.isRed ? 1 : 0
      found += outcome.findsChange ? 1 : 0
      suspected += outcome.suspectsChange ? 1 : 0
      wronglySuspected += outcome.suspectsWrongly ? 1 : 0
      judged += outcome.counts.judged
      unchanged += outcome.counts[.noChange]
    }
  }
}
