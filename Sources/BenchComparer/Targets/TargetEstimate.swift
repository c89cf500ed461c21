internal import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A measured value and the interval that holds what was measured with 95 % confidence.
package struct TargetEstimate: Sendable, Hashable {
  package let value: Double
  package let lower: Double
  package let upper: Double
  /// How many processes it stands on; of two sides, the side with fewer.
  package let processes: Int

  package init(value: Double, lower: Double, upper: Double, processes: Int) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.processes = processes
  }

  /// A fact of the run, which has no interval.
  init(fact value: Double, processes: Int) {
    self.init(value: value, lower: value, upper: value, processes: processes)
  }

  func scaled(by factor: Double) -> TargetEstimate {
    TargetEstimate(
      value: value * factor, lower: lower * factor, upper: upper * factor, processes: processes)
  }

  /// The same of the value's inverse, `numerator` ÷ value.
  func dividing(_ numerator: Double) -> TargetEstimate {
    TargetEstimate(
      value: numerator / value, lower: numerator / upper, upper: numerator / lower,
      processes: processes)
  }
}

extension TargetEstimate {
  /// The Hodges–Lehmann location of the processes' numbers with Student's interval. The middle is
  /// not moved by one wild process; the width is that of the ordinary deviation, so that a wild
  /// process, or two modes, make it wide and the answer 'cannot tell'.
  ///
  /// - Returns: `nil` for fewer than two numbers: one process has no interval.
  init?(of numbers: [Double]) {
    guard numbers.count > 1 else { return nil }
    let count = Double(numbers.count)
    let free = count - 1
    let half = Self.half(
      deviation: (Self.squares(numbers) / free).squareRoot(), unit: 1 / count, free: free)
    let middle = HodgesLehmann.location(numbers)
    self.init(
      value: middle, lower: middle - half, upper: middle + half, processes: numbers.count)
  }

  /// The same on the logarithms, as times and sizes vary by factors; on the numbers themselves
  /// where one of them is not above 0.
  init?(ofPositive numbers: [Double]) {
    guard numbers.allSatisfy({ $0 > 0 }) else {
      self.init(of: numbers)
      return
    }
    self.init(onLogarithms: TargetEstimate(of: numbers.map { log($0) }))
  }

  /// How many times as large the first numbers are as the second: the Hodges–Lehmann shift of the
  /// logarithms, with the pooled deviation.
  ///
  /// - Returns: `nil` for fewer than two numbers on a side, or where one is not above 0.
  init?(ratioOf numerators: [Double], to denominators: [Double]) {
    guard numerators.count > 1, denominators.count > 1,
      (numerators + denominators).allSatisfy({ $0 > 0 })
    else { return nil }
    let (above, below) = (numerators.map { log($0) }, denominators.map { log($0) })
    let free = Double(above.count + below.count - 2)
    let half = Self.half(
      deviation: ((Self.squares(above) + Self.squares(below)) / free).squareRoot(),
      unit: 1 / Double(above.count) + 1 / Double(below.count), free: free)
    let shift = HodgesLehmann.shift(from: below, to: above)
    self.init(
      onLogarithms: TargetEstimate(
        value: shift, lower: shift - half, upper: shift + half,
        processes: min(above.count, below.count)))
  }

  private init?(onLogarithms estimate: TargetEstimate?) {
    guard let estimate else { return nil }
    self.init(
      value: exp(estimate.value), lower: exp(estimate.lower), upper: exp(estimate.upper),
      processes: estimate.processes)
  }

  /// Half the width of a 95 % interval.
  private static func half(deviation: Double, unit: Double, free: Double) -> Double {
    deviation == 0
      ? 0 : StudentT(degreesOfFreedom: free).quantile(0.975) * deviation * unit.squareRoot()
  }

  private static func squares(_ numbers: [Double]) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}

/// The straight line through points by least squares.
enum StraightLine {
  /// - Parameter points: at least two with different first coordinates.
  /// - Returns: by how much the second coordinate grows where the first grows by 1.
  static func slope(_ points: [(x: Double, y: Double)]) -> Double {
    let count = Double(points.count)
    let middle = (
      points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count
    )
    let (square, product) = points.reduce((0, 0)) { sums, point in
      let x = point.x - middle.0
      return (sums.0 + x * x, sums.1 + x * (point.y - middle.1))
    }
    return product / square
  }
}
