package import BenchComparer
package import BenchModel
import BenchOutput
import BenchRunner
import Foundation
import TextCoding

/// The one series whose slowdown is looked for.
package struct BisectedSeries {
  package let benchmark: BenchmarkKey
  package let metric: Metric
  /// Whether its processes can take turns with GOOD's.
  package let takesTurns: Bool

  package var key: SeriesKey { SeriesKey(benchmark: benchmark, metric: metric.name) }

  /// The series that `name` names in full, else that of the benchmark that it names, else the one
  /// whose name it begins, among those that both GOOD and BAD declare. A benchmark stands for its
  /// gate metric, the first of several.
  /// - Throws: `CommandFailure` where it names none, or several.
  package init(_ name: String, good: BuiltCommit, bad: BuiltCommit) throws {
    let declared = bad.executables.flatMap(\.declarations)
    let series = declared.flatMap { declaration in
      declaration.metrics.map {
        BisectedSeries(
          benchmark: declaration.key, metric: $0,
          takesTurns: declaration.takesTurns
            && good.declaration(of: declaration.key)?.takesTurns == true)
      }
    }
    let candidates = [
      series.filter { $0.key.description == name },
      series.filter { $0.benchmark.description == name },
      series.filter { $0.benchmark.id == name },
      series.filter { $0.key.description.hasPrefix(name) },
    ]
    let found = candidates.first { !$0.isEmpty } ?? []
    let benchmarks = Set(found.map(\.benchmark)).sorted()
    guard let benchmark = benchmarks.first, let first = found.first else {
      throw Self.unknown(name, among: declared.map(\.key))
    }
    guard benchmarks.count == 1 else {
      throw CommandFailure(
        "'\(Printable.text(name))' fits \(benchmarks.count) benchmarks, and a bisection is about one: "
          + benchmarks.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
          + (benchmarks.count > 5 ? ", …" : "") + ".")
    }
    self = found.count == 1 ? first : found.first(where: \.metric.isGate) ?? first
    try refuseOther(good.declaration(of: benchmark), bad.declaration(of: benchmark))
  }

  private init(benchmark: BenchmarkKey, metric: Metric, takesTurns: Bool) {
    self.takesTurns = takesTurns
    self.benchmark = benchmark
    self.metric = metric
  }

  /// The same name must mean the same thing at both ends.
  private func refuseOther(_ good: BenchmarkDeclaration?, _ bad: BenchmarkDeclaration?) throws {
    guard let good else {
      throw CommandFailure("GOOD has no benchmark '\(benchmark)', so nothing became slower.")
    }
    guard good.version == bad?.version, good.metrics.contains(where: { $0.name == metric.name })
    else {
      throw CommandFailure(
        "'\(key)' means something else in GOOD: the benchmark's version or its metrics changed.")
    }
  }

  private static func unknown(_ name: String, among known: [BenchmarkKey]) -> CommandFailure {
    let names = Set(known.map(\.id)).sorted()
    let meant = Suggestion.closest(to: name, in: names).map {
      " Did you mean '\(Printable.text($0))'?"
    }
    let list = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    return CommandFailure(
      "BAD has no series '\(Printable.text(name))'."
        + (meant ?? " It has \(list)."))
  }

  /// The metrics that timing processes measure. All others may come from the processes that count,
  /// which then run in every round.
  private static let timedMetrics: Set<String> = [Metric.wall.name, Metric.cpu.name]

  /// How many of `rounds` rounds also run counting processes.
  package func countingRounds(of rounds: Int) -> Int {
    Self.timedMetrics.contains(metric.name) ? 0 : rounds
  }

  /// The looks at GOOD and BAD: those of a paired comparison, and for an exact metric an early one
  /// after the fewest rounds that can be judged, which spends no level.
  package func checkLooks(upTo rounds: Int) -> [PairedLook] {
    let early = metric.tolerance == nil ? [] : [PairedLook(rounds: 2, share: 0)]
    let usual = takesTurns ? PairedLook.ofTurns : PairedLook.standard
    return early + usual.filter { $0.rounds <= rounds }
  }

  /// The numbers of rounds after which a probe is judged; one round decides about an exact metric.
  package func probeLooks(upTo rounds: Int) -> [Int] {
    (metric.tolerance == nil ? [] : [1])
      + ProbeLook.usual(inTurns: takesTurns).map(\.rounds).filter { $0 <= rounds }
  }

  /// Names the benchmark alone, so that only rounds of it are resumed.
  package var selection: Selection {
    Selection(
      filter: "^(?:\(NSRegularExpression.escapedPattern(for: benchmark.description)))$")
  }
}
