import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation

/// A paired series of wall time unless told otherwise, its rounds in order. Where layouts vary and
/// no binaries are named, a side has so many `layouts`, assigned to the rounds in turn.
func paired(
  _ base: [Double], _ head: [Double], control: [Double?] = [], name: String = "suite/one",
  metric: Metric = .wall.gated(true), floor: Double? = nil, failures: [String] = [],
  binaries: (base: String, head: String) = ("", ""), isLayoutVaried: Bool = true,
  layouts: Int = 30,
  counters: (base: ProcessCounters, head: ProcessCounters)? = nil
) -> PairedSeries {
  func process(_ value: Double, _ binary: String) -> ProcessStatistic {
    ProcessStatistic(value: value, samples: 20, binaryHash: binary)
  }
  return PairedSeries(
    key: key(name, metric: metric.name), machine: machine(), session: UUID(),
    started: Date(timeIntervalSince1970: 0),
    base: PairedSide(metric: metric, counters: counters?.base),
    head: PairedSide(metric: metric, failures: failures, counters: counters?.head),
    rounds: zip(base, head).enumerated().map { number, values in
      let layout = number % layouts
      let isNamed = binaries != ("", "") || !isLayoutVaried
      let ran = isNamed ? binaries : (base: "base \(layout)", head: "head \(layout)")
      return PairedRound(
        base: process(values.0, ran.base), head: process(values.1, ran.head),
        control: (number < control.count ? control[number] : nil).map { process($0, ran.base) })
    },
    floor: floor, layout: isLayoutVaried ? .varied : .one)
}

/// `count` processes about `middle` that deviate by `deviation`, the A/A control in every third
/// round where asked for.
struct Rounds {
  var random: SeededRandom
  var count = 30
  var deviation = 0.005

  init(seed: UInt64, count: Int = 30, deviation: Double = 0.005) {
    random = SeededRandom(seed: seed)
    (self.count, self.deviation) = (count, deviation)
  }

  mutating func values(_ middle: Double) -> [Double] {
    (0..<count).map { _ in middle * exp(deviation * random.nextNormal()) }
  }

  mutating func controls(_ middle: Double) -> [Double?] {
    values(middle).enumerated().map { PairedRound.hasControl($0.offset) ? $0.element : nil }
  }

  mutating func series(
    change: Double = 0, controlChange: Double = 0, name: String = "suite/one"
  ) -> PairedSeries {
    paired(
      values(1_000), values(1_000 * (1 + change)), control: controls(1_000 * (1 + controlChange)),
      name: name
    )
  }
}

extension PairedSeries {
  /// The same series as it was after its first `count` rounds.
  func prefix(_ count: Int) -> PairedSeries {
    PairedSeries(
      key: key, machine: machine, source: source, session: session, started: started,
      state: state, base: base, head: head, rounds: Array(rounds.prefix(count)), floor: floor,
      layout: layout)
  }
}
