import BenchModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Maps values to positions between the bottom and the top of a chart.
struct ValueScale: Sendable, Hashable {
  let lower: Double
  let upper: Double

  /// The height of every drawing in its own units, which count downwards.
  static let height = 2000

  /// A scale on which `values` fill all but a margin of a sixteenth at either end. A single value
  /// gets one twentieth of itself either way.
  init(covering values: some Sequence<Double>) {
    var (least, most) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite {
      least = min(least, value)
      most = max(most, value)
    }
    guard least <= most else {
      (lower, upper) = (0, 1)
      return
    }
    // Half of each before they are subtracted, since the way from one end of all numbers to the
    // other is no number.
    let way = most / 2 - least / 2
    let margin =
      way > abs(most) * 1e-9 ? way / 8 : max(abs(most) / 20, Double.leastNormalMagnitude)
    let isNeverNegative = least >= 0
    lower = max(least - margin, isNeverNegative ? 0 : -Double.greatestFiniteMagnitude)
    upper = min(most + margin, Double.greatestFiniteMagnitude)
  }

  /// The share of the way up, from 0 to 1; a value beyond an end stands at that end.
  func share(_ value: Double) -> Double {
    let way = upper / 2 - lower / 2
    guard way > 0 else { return 0.5 }
    return min(max((value / 2 - lower / 2) / way, 0), 1)
  }

  /// The same in units of the drawing, from its top.
  func y(_ value: Double) -> Int {
    Int((Double(Self.height) * (1 - share(value))).rounded())
  }

  func holds(_ value: Double) -> Bool { value >= lower && value <= upper }

  /// Three to seven round values, in the unit that people read.
  func ticks(of unit: Unit) -> [Double] {
    let size = Self.readableSize(of: unit, about: max(abs(lower), abs(upper)))
    let (low, high) = (lower / size, upper / size)
    let rough = (high - low) / 5
    guard rough > 0, rough.isFinite else { return [] }
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough } ?? rough
    let first = (low / step).rounded(.up)
    let count = Int(min((high / step - first).rounded(.down), 8))
    guard count >= 0 else { return [] }
    return (0...count).map { (first + Double($0)) * step * size }
  }

  /// What one of the unit that `Quantity` writes is worth. Decimal steps need none; minutes and
  /// binary sizes do.
  private static func readableSize(of unit: Unit, about value: Double) -> Double {
    switch unit {
    case .bytes: pow(1024, min(max(floor(log2(max(value, 1)) / 10), 0), 4))
    case .nanoseconds where value >= 3600e9: 3600e9
    case .nanoseconds where value >= 60e9: 60e9
    default: 1
    }
  }
}
