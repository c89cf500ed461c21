import BenchComparer
import BenchModel
import Foundation

/// A machine class for tests.
func machine(cores: Int = 2) -> MachineClass {
  MachineClass(
    architecture: "x86_64", cpuModel: "Model T", cores: cores, memoryBucketGiB: 8,
    system: "Linux 6")
}

func key(_ name: String = "suite/one", metric: String = "wall") -> SeriesKey {
  SeriesKey(benchmark: BenchmarkKey(id: name), metric: metric)
}

func session(
  _ values: [Double], binary: String = "", level: ValueLevel = .sample,
  state: MachineState = MachineState(), toolchain: String = "", seconds: Double? = nil,
  hour: Double = 0
) -> SeriesSession {
  SeriesSession(
    id: UUID(), started: Date(timeIntervalSince1970: 3_600 * hour), level: level, state: state,
    toolchain: toolchain, seconds: seconds,
    processes: values.enumerated().map {
      ProcessStatistic(value: $0.element, samples: 20, binaryHash: binary, order: $0.offset)
    })
}

/// A gate series of wall time unless told otherwise.
func series(
  _ sessions: [SeriesSession], name: String = "suite/one", metric: Metric = .wall.gated(true),
  version: Int = 1, machine class: MachineClass = machine(), failures: [String] = []
) -> SeriesData {
  SeriesData(
    key: key(name, metric: metric.name), metric: metric, version: version, machine: `class`,
    sessions: sessions, failures: failures)
}

/// One session of `values`.
func series(
  _ values: [Double], name: String = "suite/one", metric: Metric = .wall.gated(true),
  binary: String = ""
) -> SeriesData {
  series([session(values, binary: binary)], name: name, metric: metric)
}

/// Ten processes about `middle` that deviate by about 0.6 %.
func quiet(_ middle: Double) -> [Double] {
  [-9, -6, -4, -2, -1, 1, 2, 4, 6, 9].map { middle * (1 + Double($0) / 1_000) }
}

/// Sessions of identical code, an hour apart from `first` on, that agree to a hundredth of a per
/// cent: enough of them to convict by.
func history(
  of name: String = "suite/one", metric: Metric = .wall.gated(true), about middle: Double = 100,
  count: Int = 24, from first: Double = -23
) -> IdenticalCodeGroup {
  IdenticalCodeGroup(
    series: key(name, metric: metric.name),
    sessions: (0..<count).map { number in
      session(
        quiet(middle * (1 + 1e-4 * Double(number % 3))), binary: "known",
        hour: first + Double(number))
    })
}

extension Comparison {
  /// The verdict on the only, or first, row.
  var verdict: Verdict? {
    guard case .judged(let verdict)? = rows.first?.answer else { return nil }
    return verdict
  }

  var reason: Reason? {
    guard case .notJudged(let reason)? = rows.first?.answer else { return nil }
    return reason
  }
}

func compare(
  _ base: [SeriesData], _ head: [SeriesData], identicalCode: [IdenticalCodeGroup] = [],
  judgeIdentical: Bool = false
) -> Comparison {
  Comparer().compare(
    base: base, head: head, identicalCode: identicalCode, judgeIdentical: judgeIdentical)
}
