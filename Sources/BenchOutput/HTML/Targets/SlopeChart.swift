import BenchComparer
import BenchModel
import Foundation

/// How a metric grows with a parameter, both on logarithms: a dot a process, and the straight line
/// with its interval.
struct SlopeChart {
  private let title: String
  private let caption: String
  private let points: [SweptPoint]
  /// The unit of a standard metric; values of a benchmark's own are written as plain numbers.
  private let unit: BenchModel.Unit?
  private let estimate: TargetEstimate
  private let scales: (x: LogarithmicScale, y: LogarithmicScale)

  private static let (width, height) = (720, 380)
  private static let (left, bottom) = (88, 40)

  /// - Returns: `nil` for what is no slope, or was not measured.
  init?(_ row: TargetRow) {
    guard case .slope(let parameter) = row.target.measure, let estimate = row.estimate,
      row.points.count > 1
    else { return nil }
    title = "\(row.benchmark?.description ?? "") · \(row.target.metric) by \(parameter)"
    let (slope, lower, upper) = (estimate.value, estimate.lower, estimate.upper)
    caption =
      "Slope \(Digits.fixed(slope, decimals: 3)) (\(Digits.fixed(lower, decimals: 3))–"
      + "\(Digits.fixed(upper, decimals: 3))), target \(TargetWords.limit(row.target)): "
      + "\(TargetWords.verdict(row)). Both axes are logarithmic; a dot is a process, the band the slope's 95 % interval."
    points = row.points
    unit = Metric.standard.first { $0.name == row.target.metric }?.unit
    self.estimate = estimate
    scales = (
      LogarithmicScale(row.points.map(\.parameter), (Self.left, Self.width - 12)),
      LogarithmicScale(row.points.flatMap(\.numbers), (Self.height - Self.bottom, 12))
    )
  }

  func write(to html: inout HTML) {
    html.element("figure") { html in
      html.element("h3", title)
      html.element(
        "svg",
        [
          "viewBox": "0 0 \(Self.width) \(Self.height)", "class": "slope", "role": "img",
          "aria-label": "\(title). \(caption)",
        ]
      ) { html in
        writeAxes(to: &html)
        html.element("path", ["class": "q", "d": band.text], "")
        html.element("path", ["class": "l", "d": line(estimate.value).text], "")
        html.element("path", ["class": "d", "d": dots.text], "")
      }
      html.element("figcaption", caption)
    }
  }

  private func writeAxes(to html: inout HTML) {
    let frame = PathData { path in
      path.move(Self.left, 12)
      path.line(Self.left, Self.height - Self.bottom)
      path.line(Self.width - 12, Self.height - Self.bottom)
    }
    html.element("path", ["class": "g", "d": frame.text], "")
    for point in points {
      html.element(
        "text",
        [
          "x": "\(scales.x.position(point.parameter))", "y": "\(Self.height - Self.bottom + 24)",
          "text-anchor": "middle",
        ], Digits.grouped(Int(point.parameter)))
    }
    for power in scales.y.powers {
      html.element(
        "text",
        [
          "x": "\(Self.left - 10)", "y": "\(scales.y.position(power) + 4)", "text-anchor": "end",
        ], unit.map { Quantity(power, $0).description } ?? Digits.three(power))
    }
  }

  private var dots: PathData {
    PathData { path in
      for point in points {
        for number in point.numbers {
          path.dot(scales.x.position(point.parameter), scales.y.position(number))
        }
      }
    }
  }

  /// The middle of all points, through which every line goes.
  private var centre: (x: Double, y: Double) {
    let xs = points.map { log($0.parameter) }
    let ys = points.map { point in
      point.numbers.reduce(0) { $0 + log($1) } / Double(point.numbers.count)
    }
    return (xs.reduce(0, +) / Double(xs.count), ys.reduce(0, +) / Double(ys.count))
  }

  private func ends(_ slope: Double) -> [(x: Int, y: Int)] {
    [points[0].parameter, points[points.count - 1].parameter].map { parameter in
      let value = exp(centre.y + slope * (log(parameter) - centre.x))
      return (scales.x.position(parameter), scales.y.position(value))
    }
  }

  private func line(_ slope: Double) -> PathData {
    PathData { path in
      let ends = ends(slope)
      path.move(ends[0].x, ends[0].y)
      path.line(ends[1].x, ends[1].y)
    }
  }

  /// Between the flattest and the steepest line, which cross in the middle.
  private var band: PathData {
    PathData { path in
      let (lower, upper) = (ends(estimate.lower), ends(estimate.upper))
      path.move(lower[0].x, lower[0].y)
      path.line(lower[1].x, lower[1].y)
      path.line(upper[1].x, upper[1].y)
      path.line(upper[0].x, upper[0].y)
      path.close()
    }
  }
}

/// Maps positive values to positions on an axis of logarithms.
private struct LogarithmicScale {
  private let low, high: Double
  private let start, end: Int

  /// - Parameters:
  ///   - values: above 0; they fill the axis but for a margin.
  ///   - positions: the ends of the axis; a vertical one runs up, to smaller positions.
  init(_ values: [Double], _ positions: (Int, Int)) {
    let logarithms = values.map { log10($0) }
    let (least, most) = (logarithms.min() ?? 0, logarithms.max() ?? 1)
    let margin = max((most - least) * 0.06, 0.02)
    (low, high) = (least - margin, most + margin)
    (start, end) = positions
  }

  /// The powers of ten on the axis.
  var powers: [Double] {
    let (first, last) = (Int(low.rounded(.up)), Int(high.rounded(.down)))
    return first <= last ? (first...last).map { pow(10, Double($0)) } : [pow(10, low)]
  }

  func position(_ value: Double) -> Int {
    start + Int(((log10(value) - low) / (high - low) * Double(end - start)).rounded())
  }
}
