package import BenchModel

/// A value with its unit, written for people: `31.2 ms`, `4.00 KiB`, `1.20 M/s`.
package struct Quantity: Sendable, Hashable, CustomStringConvertible {
  package let value: Double
  package let unit: Unit

  package init(_ value: Double, _ unit: Unit) {
    self.value = value
    self.unit = unit
  }

  package var description: String {
    guard value.isFinite else { return Digits.three(value) }
    return scale.text(value)
  }

  private var scale: Scale {
    switch unit {
    case .nanoseconds: .time
    case .bytes: .bytes
    case .count: .count
    case .perSecond: .rate
    default: Scale(steps: [.init(size: 1, name: unit.rawValue)], isWhole: false)
    }
  }
}

/// The names that one unit takes as its values grow.
private struct Scale {
  struct Step {
    let size: Double
    let name: String
  }

  /// The steps from the smallest to the largest.
  let steps: [Step]
  /// Whole values below the second step are written without a fraction.
  let isWhole: Bool

  func text(_ value: Double) -> String {
    let step = step(for: value)
    let scaled = value / step.size
    let number =
      isWhole && step.size == 1 && scaled == scaled.rounded()
      ? Digits.fixed(scaled, decimals: 0) : Digits.three(scaled)
    return step.name.isEmpty ? number : "\(number)\(separator(step))\(step.name)"
  }

  /// The largest step of which `value`, rounded to the digits that are shown, is at least one.
  private func step(for value: Double) -> Step {
    steps.last { abs(value) / $0.size >= Scale.roundsToOne } ?? steps[0]
  }

  private func separator(_ step: Step) -> String { step.name.hasPrefix("/") ? "" : " " }

  /// The smallest number whose three digits are 1.00.
  private static let roundsToOne = 0.9995

  static let time = Scale(
    steps: [
      Step(size: 1, name: "ns"), Step(size: 1e3, name: "µs"), Step(size: 1e6, name: "ms"),
      Step(size: 1e9, name: "s"), Step(size: 60e9, name: "min"), Step(size: 3600e9, name: "h"),
    ], isWhole: false)
  static let bytes = Scale(
    steps: [
      Step(size: 1, name: "B"), Step(size: 0x1p10, name: "KiB"), Step(size: 0x1p20, name: "MiB"),
      Step(size: 0x1p30, name: "GiB"), Step(size: 0x1p40, name: "TiB"),
    ], isWhole: true)
  static let count = Scale(
    steps: [
      Step(size: 1, name: ""), Step(size: 1e6, name: "M"), Step(size: 1e9, name: "G"),
      Step(size: 1e12, name: "T"),
    ], isWhole: true)
  static let rate = Scale(
    steps: [
      Step(size: 1, name: "/s"), Step(size: 1e3, name: "k/s"), Step(size: 1e6, name: "M/s"),
      Step(size: 1e9, name: "G/s"),
    ], isWhole: false)
}
