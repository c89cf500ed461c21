import BenchStatistics
import BenchTestSupport
import Foundation

/// The rules by which other tools call a benchmark slower, as far as a simulation needs them, on
/// logarithms. Each takes its data as the tool's own documentation has people take them.
enum OtherRule: String, CaseIterable, Sendable {
  case benchstat, criterion, asv, bencher, otava

  func isRed(_ series: SimulatedSeries, _ random: inout SeededRandom) -> Bool {
    switch self {
    case .benchstat: Self.benchstat(series, &random)
    case .criterion: Self.criterion(series, &random)
    case .asv: Self.asv(series, &random)
    case .bencher: Self.bencher(series, &random)
    case .otava: Self.otava(series, &random)
    }
  }

  /// `go test -count=10` once a revision, then benchstat: the two-sided Mann–Whitney test at 0.05
  /// (golang.org/x/perf/cmd/benchstat, -alpha; golang.org/x/perf/benchmath, AssumeNothing).
  private static func benchstat(_ series: SimulatedSeries, _ random: inout SeededRandom) -> Bool {
    let (x, y) = oneProcess(series, samples: 10, &random)
    return RankSum(x, y).twoSided < 0.05 && Quantile.median(y) > Quantile.median(x)
  }

  /// `cargo bench` twice, 100 samples each: criterion.rs compares the means by a bootstrapped t
  /// test at 0.05 and calls a regression where the 95 % interval of the change lies above its noise
  /// threshold of 1 % (criterion.rs, src/report.rs, compare_to_threshold). The bootstrap is
  /// replaced by the normal law it approaches.
  private static func criterion(_ series: SimulatedSeries, _ random: inout SeededRandom) -> Bool {
    let (x, y) = oneProcess(series, samples: 100, &random)
    let (before, after) = (Moments(x), Moments(y))
    let standardError =
      (before.variance / before.count + after.variance / after.count).squareRoot()
    let shift = after.mean - before.mean
    return shift - 1.96 * standardError > log1p(0.01)
  }

  /// `asv continuous`: two processes of ten samples a revision; worse by more than the factor 1.1,
  /// and different by the Mann–Whitney test at 0.002 (asv/commands/compare.py, --factor;
  /// asv_runner/statistics.py, p_threshold).
  private static func asv(_ series: SimulatedSeries, _ random: inout SeededRandom) -> Bool {
    let x = series.session(2, &random).flatMap { series.samples(10, of: $0, &random) }
    let y = series.session(2, change: series.change, &random)
      .flatMap { series.samples(10, of: $0, &random) }
    return Quantile.median(y) - Quantile.median(x) > log(1.1) && RankSum(x, y).twoSided < 0.002
  }

  /// `bencher run` after thirty earlier runs, a median each: above the mean of the history by more
  /// than Student's 99 % quantile of its deviations (bencher.dev, thresholds: t-test, upper
  /// boundary 0.99).
  private static func bencher(_ series: SimulatedSeries, _ random: inout SeededRandom) -> Bool {
    let history = Moments((0..<30).map { _ in series.session(1, &random)[0] })
    let head = series.session(1, change: series.change, &random)[0]
    let quantile = StudentT(degreesOfFreedom: history.count - 1).quantile(0.99)
    return head > history.mean + quantile * history.variance.squareRoot()
  }

  /// Thirty runs before and ten after, a median each: the split that E-divisive finds, if Student's
  /// test of its sides has p under 0.001 (Apache Otava, formerly Hunter: Fleming et al., ICPE 2023;
  /// max_pvalue). The first split only.
  private static func otava(_ series: SimulatedSeries, _ random: inout SeededRandom) -> Bool {
    let values =
      (0..<30).map { _ in series.session(1, &random)[0] }
      + (0..<10).map { _ in series.session(1, change: series.change, &random)[0] }
    let split = energySplit(values)
    let (before, after) = (Moments(values[..<split]), Moments(values[split...]))
    let free = before.count + after.count - 2
    let pooled =
      ((before.count - 1) * before.variance + (after.count - 1) * after.variance) / free
    let standardError = (pooled * (1 / before.count + 1 / after.count)).squareRoot()
    let t = (after.mean - before.mean) / standardError
    return t > 0 && 2 * StudentT(degreesOfFreedom: free).upperTail(t) < 0.001
  }

  /// The index at which the energy distance of the two sides, weighted by mn/(m + n), is largest
  /// (Matteson and James, JASA 109, 2014); at least two values a side.
  private static func energySplit(_ values: [Double]) -> Int {
    func mean(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Double {
      let sum = left.reduce(0) { sum, x in right.reduce(sum) { $0 + abs(x - $1) } }
      return sum / Double(left.count * right.count)
    }
    func statistic(_ split: Int) -> Double {
      let (left, right) = (values[..<split], values[split...])
      let weight = Double(left.count * right.count) / Double(values.count)
      return weight * (2 * mean(left, right) - mean(left, left) - mean(right, right))
    }
    return (2...(values.count - 2)).map { ($0, statistic($0)) }.max { $0.1 < $1.1 }?.0 ?? 2
  }

  private static func oneProcess(
    _ series: SimulatedSeries, samples: Int, _ random: inout SeededRandom
  ) -> ([Double], [Double]) {
    let base = series.session(1, &random)[0]
    let head = series.session(1, change: series.change, &random)[0]
    return (
      series.samples(samples, of: base, &random), series.samples(samples, of: head, &random)
    )
  }

  private struct Moments {
    let count, mean, variance: Double

    init(_ values: some Collection<Double>) {
      count = Double(values.count)
      let mean = values.reduce(0, +) / count
      self.mean = mean
      variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    }
  }
}

extension RankSum {
  /// The two-sided p-value as those tools take it: twice the smaller tail.
  fileprivate var twoSided: Double { min(1, 2 * min(upperTail, lowerTail)) }
}
