package import BenchComparer
package import BenchModel
package import BenchRunner
package import Foundation

/// The benchmarks of both sides: which are worth measuring side by side, and what is to be said of
/// the others.
package struct PairedBenchmarks {
  /// The benchmarks that both sides declare in the same version, in executables that differ.
  package let measured: [BenchmarkKey]
  /// The gate series of benchmarks whose executable is the same on both sides.
  package let identical: [IdenticalSeries]
  private let base: [BenchmarkKey: BenchmarkDeclaration]
  private let head: [BenchmarkKey: BenchmarkDeclaration]

  /// With `judgesIdentical`, a benchmark is measured even where both sides have the same
  /// executable.
  /// - Throws: `RunnerError` when the selection names an unknown suite, is no regular expression or
  ///   leaves nothing.
  package init(
    base: [SuiteExecutable], head: [SuiteExecutable], selection: Selection, profile: Profile,
    judgesIdentical: Bool
  ) throws {
    let (before, after) = (Self.builds(base), Self.builds(head))
    let all = (base + head).flatMap(\.declarations)
    let selected = Set(
      try Schedule.select(from: all, profile: profile, selection: selection).map(\.key))
    self.base = before.filter { selected.contains($0.key) }.mapValues(\.declaration)
    self.head = after.filter { selected.contains($0.key) }.mapValues(\.declaration)

    let shared = selected.filter { key in
      before[key] != nil && before[key]?.declaration.version == after[key]?.declaration.version
    }
    let same = judgesIdentical ? [] : shared.filter { before[$0]?.hash == after[$0]?.hash }
    measured = shared.subtracting(same).sorted()
    identical = same.sorted().compactMap { after[$0]?.declaration }.flatMap { declaration in
      declaration.metrics.filter(\.isGate).map { metric in
        IdenticalSeries(
          key: SeriesKey(benchmark: declaration.key, metric: metric.name), metric: metric,
          source: declaration.source)
      }
    }
  }

  /// Whether the processes of any of the measured benchmarks can take turns, on both sides.
  package var takesTurns: Bool {
    measured.contains { base[$0]?.takesTurns == true && head[$0]?.takesTurns == true }
  }

  /// Adds to the series that a session stored one without rounds for every gate metric of a
  /// benchmark that it did not measure: new, gone, of another version, or not measured yet.
  package func series(
    stored: [PairedSeries], machine: MachineClass, started: Date
  ) -> [PairedSeries] {
    let known = Set(stored.map(\.key.benchmark)).union(identical.map(\.key.benchmark))
    let session = stored.first?.session ?? UUID()
    let missing = Set(base.keys).union(head.keys).subtracting(known).sorted()
    return stored.map(withBothSides)
      + missing.flatMap { benchmark in
        gates(of: benchmark).map { metric in
          PairedSeries(
            key: SeriesKey(benchmark: benchmark, metric: metric), machine: machine,
            source: (head[benchmark] ?? base[benchmark])?.source, session: session,
            started: started, base: base[benchmark]?.side(metric),
            head: head[benchmark]?.side(metric), rounds: [])
        }
      }
  }

  /// Where one side failed before the other was ever run, the other is neither new nor gone: it was
  /// declared.
  private func withBothSides(_ series: PairedSeries) -> PairedSeries {
    let failures = [series.base, series.head].compactMap { $0?.failures }
    guard series.base == nil || series.head == nil, failures.contains(where: { !$0.isEmpty }) else {
      return series
    }
    let (benchmark, metric) = (series.key.benchmark, series.key.metric)
    return PairedSeries(
      key: series.key, machine: series.machine, source: series.source, session: series.session,
      started: series.started, state: series.state,
      base: series.base ?? base[benchmark]?.side(metric),
      head: series.head ?? head[benchmark]?.side(metric), rounds: series.rounds,
      floor: series.floor, layout: series.layout, method: series.method)
  }

  /// The names of the metrics that gate on either side.
  private func gates(of benchmark: BenchmarkKey) -> [String] {
    let metrics = [base[benchmark], head[benchmark]].compactMap(\.self).flatMap(\.metrics)
    return Set(metrics.filter(\.isGate).map(\.name)).sorted()
  }

  private static func builds(
    _ executables: [SuiteExecutable]
  ) -> [BenchmarkKey: (declaration: BenchmarkDeclaration, hash: String)] {
    let all = executables.flatMap { executable in
      executable.declarations.map { ($0.key, ($0, executable.build.binaryHash)) }
    }
    return Dictionary(all, uniquingKeysWith: { first, _ in first })
  }
}

extension BenchmarkDeclaration {
  fileprivate func side(_ metric: String) -> PairedSide? {
    metrics.first { $0.name == metric }.map { PairedSide(metric: $0, version: version) }
  }
}
