import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation

/// What a machine does to measurements: how far processes of the same code lie apart, and why.
enum MachineKind: String, CaseIterable, Sendable {
  case quiet, developers, shared

  /// The middle series' deviation between processes; series scatter about it by a factor of two.
  var deviation: Double {
    switch self {
    case .quiet: 0.003
    case .developers: 0.008
    case .shared: 0.02
    }
  }

  /// The deviation between sessions ÷ that between processes.
  var sessionRatios: ClosedRange<Double> {
    switch self {
    case .quiet: 0...0.8
    case .developers: 0...1.7
    case .shared: 0.5...3
    }
  }

  /// The deviation of what wanders from round to round ÷ that between processes.
  var drift: Double {
    switch self {
    case .quiet: 0.3
    case .developers: 1
    case .shared: 2
    }
  }
}

/// One series in a simulated world, with the noise it has for good. Values are logarithms about 0.
struct SimulatedSeries {
  let name: String
  /// The relative change by which HEAD really is slower.
  let change: Double
  private let noise: Noise
  private let deviation: Double
  private let betweenSessions: Double
  private let drift: Double

  init(
    name: String, change: Double, noise: Noise, machine: MachineKind,
    _ random: inout SeededRandom
  ) {
    self.name = name
    self.change = change
    self.noise = noise
    deviation = machine.deviation * exp(0.7 * random.nextNormal())
    betweenSessions = deviation * Double.random(in: machine.sessionRatios, using: &random)
    drift = deviation * machine.drift
  }

  /// One session's processes of one revision.
  func session(_ count: Int, change: Double = 0, _ random: inout SeededRandom) -> [Double] {
    let center = log1p(change) + betweenSessions * random.nextNormal()
    return zip(noise.draw(count, &random), wander(count, &random)).map {
      center + deviation * $0 + $1
    }
  }

  /// One process' samples, which deviate as much as processes do.
  func samples(_ count: Int, of process: Double, _ random: inout SeededRandom) -> [Double] {
    noise.draw(count, &random).map { process + deviation * $0 }
  }

  /// A paired session: in each round one process of each side, in random order, and every third
  /// time a second one of BASE.
  func rounds(_ count: Int = 30, _ random: inout SeededRandom) -> PairedSeries {
    let draws = noise.draw(3 * count, &random)
    let round = wander(count, &random)
    let center = betweenSessions * random.nextNormal()
    func value(_ position: Int, _ number: Int, _ change: Double = 0) -> Double {
      1e6 * exp(center + round[number] + deviation * draws[3 * number + position] + log1p(change))
    }
    let swaps = (0..<count).map { _ in Bool.random(using: &random) }
    return paired(
      (0..<count).map { value(swaps[$0] ? 1 : 0, $0) },
      (0..<count).map { value(swaps[$0] ? 0 : 1, $0, change) },
      control: (0..<count).map { PairedRound.hasControl($0) ? value(2, $0) : nil }, name: name)
  }

  /// A paired session of unchanged code, each side of which was linked in so many orders, with the
  /// deviations that those and the processes have.
  static func laidOut(
    _ layouts: Int, deviation: Double, noise: Double, _ random: inout SeededRandom
  ) -> PairedSeries {
    func side(_ luck: [Double], _ random: inout SeededRandom) -> [Double] {
      (0..<30).map { 1e6 * exp(deviation * luck[$0 % layouts] + noise * random.nextNormal()) }
    }
    let (base, head) = (
      Noise.normal.draw(layouts, &random), Noise.normal.draw(layouts, &random)
    )
    return paired(side(base, &random), side(head, &random), layouts: layouts)
  }

  /// AR(1) with 0.7 from round to round.
  private func wander(_ count: Int, _ random: inout SeededRandom) -> [Double] {
    var position = drift * random.nextNormal()
    return (0..<count).map { _ in
      defer { position = 0.7 * position + 0.51.squareRoot() * drift * random.nextNormal() }
      return position
    }
  }
}
