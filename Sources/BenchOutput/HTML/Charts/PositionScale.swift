/// Maps commits to positions from left to right: in the order of their history, all equally far
/// apart.
struct PositionScale: Sendable, Hashable {
  let first: Double
  let last: Double

  /// The width of every drawing in its own units.
  static let width = 2000
  /// Kept free at either side, so that no point is cut.
  static let margin = 12

  init(covering points: [ChartPoint]) {
    first = points.first?.position ?? 0
    last = points.last?.position ?? 0
  }

  /// A position beyond an end is drawn at that end.
  func x(_ position: Double) -> Int {
    guard last > first else { return Self.width / 2 }
    let share = min(max((position - first) / (last - first), 0), 1)
    let way = Double(Self.width - 2 * Self.margin)
    return Self.margin + Int((share * way).rounded())
  }

  /// The position of a label, as a style gives it.
  func percent(_ position: Double) -> String { Self.percent(x(position), of: Self.width) }

  static func percent(_ part: Int, of whole: Int) -> String {
    Digits.fixed(Double(part) / Double(whole) * 100, decimals: 1) + "%"
  }
}
