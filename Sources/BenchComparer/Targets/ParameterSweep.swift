import BenchModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A benchmark at all values of a parameter, from which a slope or a spread is estimated.
struct ParameterSweep {
  let target: Target
  /// The benchmark without the parameter.
  let key: BenchmarkKey
  /// The benchmark at each value of the parameter.
  let benchmarks: [MeasuredBenchmark]
  private let parameter: String

  /// One sweep for each benchmark among `benchmarks`, in the order of their first value.
  static func all(
    of benchmarks: [MeasuredBenchmark], over parameter: String, for target: Target
  ) -> [ParameterSweep] {
    let groups = Dictionary(grouping: benchmarks) { $0.key.without(parameter) }
    var seen: Set<BenchmarkKey> = []
    return benchmarks.map { $0.key.without(parameter) }.filter { seen.insert($0).inserted }.map {
      ParameterSweep(target: target, key: $0, benchmarks: groups[$0] ?? [], parameter: parameter)
    }
  }

  private init(
    target: Target, key: BenchmarkKey, benchmarks: [MeasuredBenchmark], parameter: String
  ) {
    self.target = target
    self.key = key
    self.benchmarks = benchmarks
    self.parameter = parameter
  }

  /// What was measured at each value of the parameter, ascending.
  var points: Result<[SweptPoint], Undecided> {
    guard benchmarks.count > 1 else {
      return .failure(.notMeasured(.oneValue(parameter: parameter)))
    }
    var points: [SweptPoint] = []
    for benchmark in benchmarks {
      switch (benchmark.number(of: parameter), benchmark.numbers(target)) {
      case (.success(let number), .success(let numbers)):
        points.append(SweptPoint(parameter: number, numbers: numbers))
      case (.failure(let reason), _), (_, .failure(let reason)): return .failure(reason)
      }
    }
    return .success(points.sorted { $0.parameter < $1.parameter })
  }

  /// The slope or spread over `points`, from one value of each round.
  func estimate(_ points: [SweptPoint]) -> Result<TargetEstimate, Undecided> {
    guard points.allSatisfy({ $0.numbers.allSatisfy { $0 > 0 } }) else {
      return .failure(.inconclusive(.notPositive))
    }
    // The processes of a benchmark are in the order of their plan, in which every round has one of
    // each: what drifts over the session hits all values of a round alike, so that each round gives
    // a value of its own.
    let rounds = (0..<(points.map(\.numbers.count).min() ?? 0)).map { round in
      value(points.map { ($0.parameter, $0.numbers[round]) })
    }
    return TargetEstimate(of: rounds).map { .success($0) } ?? .failure(.inconclusive(.oneProcess))
  }

  private func value(_ points: [(Double, Double)]) -> Double {
    if case .spread = target.measure {
      let shares = points.map { $0.1 / $0.0 }
      return (shares.max() ?? 1) / (shares.min() ?? 1)
    }
    return StraightLine.slope(points.map { (log($0.0), log($0.1)) })
  }
}
