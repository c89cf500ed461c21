import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation

/// A rule in the simulation: this project's three, and other tools'.
enum ComparedRule: Hashable, Sendable, CustomStringConvertible {
  case stored, confirmed, paired
  case other(OtherRule)

  static let all: [ComparedRule] =
    [.stored, .confirmed, .paired] + OtherRule.allCases.map(ComparedRule.other)

  var description: String {
    switch self {
    case .stored: "stored"
    case .confirmed: "stored + confirm"
    case .paired: "paired"
    case .other(let rule): rule.rawValue
    }
  }

  /// The names of the series that one comparison calls slower.
  func red(_ world: [SimulatedSeries], _ random: inout SeededRandom) -> Set<String> {
    switch self {
    case .stored:
      let sides = Self.sides(world, &random)
      return compare(sides.base, sides.head).red
    case .confirmed:
      let sides = Self.sides(world, &random)
      let suspects = Set(
        Screen().suspects(base: sides.base, head: sides.head, identicalCode: []))
      let again = world.filter { suspects.contains(key($0.name)) }
        .map { $0.rounds(30, &random) }
      return compare(sides.base, sides.head)
        .confirmed(by: PairedJudge().decision(on: again).comparison).red
    case .paired:
      return PairedJudge().decision(on: world.map { $0.rounds(30, &random) }).comparison.red
    case .other(let rule):
      return Set(world.filter { rule.isRed($0, &random) }.map(\.name))
    }
  }

  /// Ten processes a side, one session each, nothing known of the machine.
  private static func sides(
    _ world: [SimulatedSeries], _ random: inout SeededRandom
  ) -> (base: [SeriesData], head: [SeriesData]) {
    func side(_ change: (SimulatedSeries) -> Double) -> [SeriesData] {
      world.map { simulated in
        let logarithms = simulated.session(10, change: change(simulated), &random)
        return series(logarithms.map { 1e6 * exp($0) }, name: simulated.name)
      }
    }
    return (side { _ in 0 }, side(\.change))
  }
}

extension Comparison {
  /// The names of the benchmarks called slower.
  var red: Set<String> {
    Set(
      rows.filter { if case .judged(.slower) = $0.answer { true } else { false } }
        .map(\.key.benchmark.id))
  }
}

/// What one rule did in one world.
struct RuleTally: Sendable {
  static let changes = [0.02, 0.05, 0.10]

  let noise: Noise
  let machine: MachineKind
  let rule: ComparedRule
  private(set) var comparisons = 0
  /// Comparisons of unchanged code with at least one series called slower.
  private(set) var falseAlarms = 0
  private(set) var changed = 0
  /// How often each of `changes` was found.
  private(set) var found = [0, 0, 0]

  init(
    _ rule: ComparedRule, noise: Noise, machine: MachineKind, unchanged: Int, changed: Int,
    seed: UInt64
  ) {
    (self.rule, self.noise, self.machine) = (rule, noise, machine)
    var random = SeededRandom(seed: seed)
    for _ in 0..<unchanged {
      comparisons += 1
      falseAlarms += rule.red(world(changes: [], &random), &random).isEmpty ? 0 : 1
    }
    for _ in 0..<changed {
      self.changed += 1
      let red = rule.red(world(changes: Self.changes, &random), &random)
      for position in Self.changes.indices where red.contains(Self.name(position)) {
        found[position] += 1
      }
    }
  }

  /// A suite of 25 series of which the first are really slower.
  private func world(changes: [Double], _ random: inout SeededRandom) -> [SimulatedSeries] {
    (0..<25).map { position in
      SimulatedSeries(
        name: Self.name(position), change: position < changes.count ? changes[position] : 0,
        noise: noise,
        machine: machine, &random)
    }
  }

  private static func name(_ position: Int) -> String { "suite/\(position)" }

  var falseAlarmRate: Double { Double(falseAlarms) / Double(max(1, comparisons)) }
  func power(_ position: Int) -> Double { Double(found[position]) / Double(max(1, changed)) }
}
