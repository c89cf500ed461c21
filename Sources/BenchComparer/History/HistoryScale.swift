import BenchModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The scale on which a series is judged: higher is worse, and where all values have one, their
/// logarithm, so that steps are ratios.
struct HistoryScale: Sendable {
  private let isLogarithmic: Bool
  private let sign: Double

  init(_ values: [Double], direction: Direction) {
    isLogarithmic = values.allSatisfy { $0 > 0 }
    sign = direction == .lower ? 1 : -1
  }

  /// Onto the scale.
  func callAsFunction(_ value: Double) -> Double { sign * (isLogarithmic ? log(value) : value) }

  /// Back, in the metric's unit; zero without a sign.
  func value(_ scaled: Double) -> Double { isLogarithmic ? exp(sign * scaled) : sign * scaled + 0 }

  /// An interval of the scale in the metric's unit, its lower end first.
  func range(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let (one, other) = (value(low), value(high))
    return min(one, other)...max(one, other)
  }

  /// A difference on the scale as a relative change from `level`; infinite from nothing.
  func relative(_ difference: Double, from level: Double) -> Double {
    isLogarithmic ? relativeChange(difference) : (difference == 0 ? 0 : difference / abs(level))
  }

  /// Whether a difference is more than a relative change of `floor`, as large in either direction.
  func exceeds(_ difference: Double, floor: Double, from level: Double) -> Bool {
    if difference == 0 { return false }
    // The least that is told apart from rounding, relative as the floor is, so that the unit does
    // not matter.
    let least = max(isLogarithmic ? log1p(floor) : floor, 1e-12)
    return abs(difference) >= (isLogarithmic ? least : least * abs(level))
  }
}
