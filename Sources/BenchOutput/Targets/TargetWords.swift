internal import BenchComparer
internal import BenchModel

/// A target's numbers and answers in words.
enum TargetWords {
  /// `met`, `missed`, `cannot tell`, `not measured`
  static func verdict(_ row: TargetRow) -> String { row.verdict.kind.word }

  /// A target that cannot be told is not met, so it stands out, as an undecided series does not.
  static func role(_ row: TargetRow) -> TextRole { row.verdict.kind.role ?? .warning }

  /// `latency/first record records=1000000 · p99 of first record`; the pattern where no benchmark
  /// fits.
  static func subject(_ row: TargetRow) -> String {
    let benchmark = row.benchmark?.description ?? row.target.benchmark.description
    let statistic =
      row.target.statistic == .median ? "" : "\(row.target.statistic.rawValue) of "
    return "\(benchmark) · \(measure(row.target, "\(statistic)\(row.target.metric)"))"
  }

  /// `< 100 ms`, `≥ 1.00×`, `0.950–1.050`
  static func limit(_ target: Target) -> String {
    switch target.bound {
    case .below(let limit): "< \(number(limit, target))"
    case .above(let limit): "≥ \(number(limit, target))"
    case .between(let low, let high): "\(number(low, target))–\(number(high, target))"
    }
  }

  /// `12.3 µs (11.9 µs–12.6 µs)`
  static func measured(_ row: TargetRow) -> String {
    guard let estimate = row.estimate else { return "–" }
    let value = number(estimate.value, row.target)
    if estimate.lower == estimate.upper { return value }
    return
      "\(value) (\(number(estimate.lower, row.target))–\(number(estimate.upper, row.target)))"
  }

  /// Why the verdict is what it is; nothing where the numbers say it.
  static func reason(_ row: TargetRow) -> String? {
    switch row.verdict {
    case .met, .missed: nil
    case .failed(let reason): reason
    case .inconclusive(let doubt): self.doubt(doubt, row.target)
    case .notMeasured(let gap): self.gap(gap)
    }
  }

  private static func doubt(_ doubt: TargetVerdict.Doubt, _ target: Target) -> String {
    switch doubt {
    case .straddles: "the interval holds the limit; more processes make it narrower"
    case .oneProcess: "one process has no interval; record with --processes 2 or more"
    case .fewSamples(let needed, let found):
      "\(target.statistic.rawValue) needs \(English.count(needed, "sample")) a process, and there "
        + "\(found == 1 ? "is" : "are") \(found)"
    case .notPositive: "it needs values above 0"
    }
  }

  private static func gap(_ gap: TargetVerdict.Gap) -> String {
    switch gap {
    case .noBenchmark(let pattern): "no benchmark of the run is '\(pattern)'"
    case .noMetric(let metric): "no process of the run measured '\(metric)'"
    case .noParameter(let parameter):
      "'\(parameter)' is no parameter of the benchmark that is a number above 0"
    case .oneValue(let parameter):
      "the run has only one value of '\(parameter)'; a larger profile has more"
    case .onlyItself: "a benchmark has no ratio to itself, and no other of the run fits"
    }
  }

  private static func measure(_ target: Target, _ metric: String) -> String {
    switch target.measure {
    case .value: metric
    case .per(let parameter): "\(metric) ÷ \(parameter)"
    case .rate(let parameter): "\(parameter) a second of \(metric)"
    case .ratio(let other): "\(metric) ÷ that of \(other)"
    case .slope(let parameter): "slope of log \(metric) on log \(parameter)"
    case .spread(let parameter): "spread of \(metric) ÷ \(parameter)"
    }
  }

  private static func number(_ value: Double, _ target: Target) -> String {
    switch target.measure {
    case .ratio, .spread: "\(Digits.three(value))×"
    case .slope: Digits.fixed(value, decimals: 3)
    case .rate: Quantity(value, .perSecond).description
    case .value, .per: target.unit.map { Quantity(value, $0).description } ?? Digits.three(value)
    }
  }
}
