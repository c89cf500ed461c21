package import BenchModel
internal import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Judges targets by the processes of one run.
package struct TargetJudge: Sendable {
  private let benchmarks: [MeasuredBenchmark]

  /// - Parameter processes: those of one run, with their samples.
  package init(_ processes: [ProcessRecord]) {
    benchmarks = Dictionary(grouping: processes, by: \.benchmark.key).values
      .map(MeasuredBenchmark.init)
      .sorted { $0.key.readingOrder < $1.key.readingOrder }
  }

  /// Judges each target for every benchmark that fits it; a target that fits none has one row,
  /// which says so.
  ///
  /// - Throws: `TargetError` where a target is in another unit than its metric.
  package func check(_ targets: [Target]) throws(TargetError) -> TargetCheck {
    var rows: [TargetRow] = []
    for target in targets { rows += try judge(target) }
    return TargetCheck(rows: rows)
  }

  private func judge(_ target: Target) throws(TargetError) -> [TargetRow] {
    let fitting = benchmarks.filter { target.benchmark.fits($0.key) }
    guard !fitting.isEmpty else {
      return [
        TargetRow(
          target: target, verdict: .notMeasured(.noBenchmark(target.benchmark.description)))
      ]
    }
    try checkUnit(of: target, fitting)
    if let parameter = target.measure.sweptParameter {
      return ParameterSweep.all(of: fitting, over: parameter, for: target).map(row)
    }
    let rows = fitting.compactMap { single($0, target) }
    guard rows.isEmpty, let first = fitting.first else { return rows }
    return [row(target, [first], first.key, .failure(.notMeasured(.onlyItself)))]
  }

  private func checkUnit(
    of target: Target, _ benchmarks: [MeasuredBenchmark]
  ) throws(TargetError) {
    let wanted: Unit? = if case .rate = target.measure { .nanoseconds } else { target.unit }
    guard let wanted else { return }
    for benchmark in benchmarks {
      guard let found = benchmark.unit(of: target.metric), found != wanted else { continue }
      throw .wrongUnit(target: target.name, metric: target.metric, found: found, wanted: wanted)
    }
  }
}

extension TargetJudge {
  /// The row of a target that judges each benchmark by itself; `nil` for a ratio of a benchmark to
  /// itself.
  private func single(_ benchmark: MeasuredBenchmark, _ target: Target) -> TargetRow? {
    var reference: MeasuredBenchmark?
    if case .ratio(let pattern) = target.measure {
      let wanted = pattern.filled(with: target.benchmark.stars(in: benchmark.key) ?? [])
      if wanted.fits(benchmark.key) { return nil }
      reference = benchmarks.first { wanted.fits($0.key) }
      guard reference != nil else {
        return row(
          target, [benchmark], benchmark.key,
          .failure(.notMeasured(.noBenchmark(wanted.description))))
      }
    }
    let estimate = estimate(benchmark, reference, target)
    return row(target, [benchmark] + [reference].compactMap(\.self), benchmark.key, estimate)
  }

  private func estimate(
    _ benchmark: MeasuredBenchmark, _ reference: MeasuredBenchmark?, _ target: Target
  ) -> Result<TargetEstimate, Undecided> {
    benchmark.numbers(target).flatMap { numbers in
      if let reference {
        return reference.numbers(target).flatMap { ratio(numbers, $0) }
      }
      if target.statistic == .maximum {
        return scaled(
          TargetEstimate(fact: numbers.max() ?? 0, processes: numbers.count), benchmark, target)
      }
      guard let estimate = TargetEstimate(ofPositive: numbers) else {
        return .failure(.inconclusive(.oneProcess))
      }
      return scaled(estimate, benchmark, target)
    }
  }

  private func ratio(
    _ numerators: [Double], _ denominators: [Double]
  ) -> Result<TargetEstimate, Undecided> {
    if let estimate = TargetEstimate(ratioOf: numerators, to: denominators) {
      return .success(estimate)
    }
    let isShort = min(numerators.count, denominators.count) < 2
    return .failure(.inconclusive(isShort ? .oneProcess : .notPositive))
  }

  private func scaled(
    _ estimate: TargetEstimate, _ benchmark: MeasuredBenchmark, _ target: Target
  ) -> Result<TargetEstimate, Undecided> {
    switch target.measure {
    case .value, .ratio, .slope, .spread: return .success(estimate)
    case .per(let parameter):
      return benchmark.number(of: parameter).map { estimate.scaled(by: 1 / $0) }
    case .rate(let parameter):
      guard estimate.lower > 0 else { return .failure(.inconclusive(.notPositive)) }
      return benchmark.number(of: parameter).map { estimate.dividing($0 * 1e9) }
    }
  }
}

extension TargetJudge {
  private func row(_ sweep: ParameterSweep) -> TargetRow {
    let points = sweep.points
    return row(
      sweep.target, sweep.benchmarks, sweep.key, points.flatMap(sweep.estimate),
      points: (try? points.get()) ?? [])
  }

  private func row(
    _ target: Target, _ benchmarks: [MeasuredBenchmark], _ key: BenchmarkKey,
    _ estimate: Result<TargetEstimate, Undecided>, points: [SweptPoint] = []
  ) -> TargetRow {
    let failure = benchmarks.compactMap(\.failure).first
    switch estimate {
    case .success(let estimate):
      let verdict: TargetVerdict =
        switch target.bound.holds(estimate) {
        case true?: .met
        case false?: .missed
        case nil: .inconclusive(.straddles)
        }
      return TargetRow(
        target: target, benchmark: key, source: benchmarks.first?.source, estimate: estimate,
        verdict: failure.map { .failed($0) } ?? verdict, points: points)
    case .failure(let reason):
      return TargetRow(
        target: target, benchmark: key, source: benchmarks.first?.source,
        verdict: failure.map { .failed($0) } ?? reason.verdict, points: points)
    }
  }
}
