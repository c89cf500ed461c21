import StreamingPipeline

/// A chart as SVG: bars, a line, an area, a pie, points, or a line without axes.
struct ChartSVG {
  private static let colours: [Markup] = [
    "#4878a8", "#e49444", "#5ba053", "#d1615d", "#85b6b2", "#a87c9f", "#967662", "#b8b0ac",
  ]
  private let drawing: ChartDrawing
  private let values: [Double]
  private let width = 640.0
  private let height: Double
  private let left: Double
  private let bottom = 24.0
  private let top = 8.0
  private let low: Double
  private let high: Double

  init(_ drawing: ChartDrawing) {
    self.drawing = drawing
    values = drawing.points.map { $0.value.number.isFinite ? $0.value.number : 0 }
    height = drawing.kind == .sparkline ? 60 : 240
    // Bars and areas begin at zero; lines and points show the range of their values.
    let standsOnZero = drawing.kind == .bar || drawing.kind == .area
    low = min(values.min() ?? 0, standsOnZero ? 0 : .infinity)
    high = max(values.max() ?? 1, standsOnZero ? 0 : -.infinity)
    // A digit of 11 pixels is about 6.5 pixels wide.
    let longest = max(Self.short(low).count, Self.short(high).count)
    left = max(60, Double(longest) * 6.5 + 12)
  }

  var markup: Markup {
    let label = drawing.title ?? "\(drawing.kind.rawValue) chart"
    let body: Markup =
      values.isEmpty
      ? "<text x=\"8\" y=\"30\">no points</text>" : drawing.kind == .pie ? pie : plot
    return """
      <svg viewBox="0 0 \(number(width)) \(number(height))" width="\(number(width))" \
      role="img" aria-label="\(label)"><title>\(label)</title>\(body)</svg>\(caption)
      """
  }

  private var caption: Markup {
    let omitted: Markup =
      drawing.omitted > 0 ? " (\(drawing.omitted) records left out)" : ""
    guard let title = drawing.title else { return omitted }
    return "<figcaption>\(title)\(omitted)</figcaption>"
  }

  private var plot: Markup {
    let marks: Markup =
      switch drawing.kind {
      case .bar: bars
      case .scatter: points
      default: line
      }
    return drawing.kind == .sparkline ? marks : "\(axes)\(marks)"
  }

  private var axes: Markup {
    let end = height - bottom
    let first = name(drawing.points.first)
    let last = drawing.points.count > 1 ? name(drawing.points.last) : ""
    return """
      <path d="M\(number(left)) \(number(top))V\(number(end))H\(number(width - 8))" \
      fill="none" stroke="#999"/>\
      <text x="\(number(left - 6))" y="\(number(top + 8))" text-anchor="end">\(Self.short(high))</text>\
      <text x="\(number(left - 6))" y="\(number(end))" text-anchor="end">\(Self.short(low))</text>\
      <text x="\(number(left))" y="\(number(height - 6))">\(first)</text>\
      <text x="\(number(width - 8))" y="\(number(height - 6))" text-anchor="end">\(last)</text>
      """
  }

  private var bars: Markup {
    let step = (width - left - 8) / Double(values.count)
    return .joined(
      values.indices.map { index in
        let (one, two) = (y(values[index]), y(0))
        return """
          <rect x="\(number(left + Double(index) * step + step * 0.1))" \
          y="\(number(min(one, two)))" width="\(number(step * 0.8))" \
          height="\(number(abs(two - one)))" fill="\(Self.colours[0])">\
          <title>\(drawing.points[index].category.description): \
          \(drawing.points[index].value.description)</title></rect>
          """
      })
  }

  private var line: Markup {
    let points = values.indices.map { index -> Markup in
      "\(x: x(index), y: y(values[index]))"
    }
    let path: Markup = "M\(Markup.joined(points.enumerated().map { $0 == 0 ? $1 : "L\($1)" }))"
    let area: Markup =
      drawing.kind == .area
      ? """
      <path d="\(path)L\(x: x(values.count - 1), y: y(0))L\(x: x(0), y: y(0))Z" \
      fill="\(Self.colours[0])" fill-opacity=".25"/>
      """ : ""
    return """
      \(area)<path d="\(path)" fill="none" stroke="\(Self.colours[0])" stroke-width="1.5"/>
      """
  }

  private var points: Markup {
    let across = drawing.points.map(\.category.number)
    let (least, most) = (across.min() ?? 0, across.max() ?? 1)
    return .joined(
      values.indices.map { index in
        let share = most > least ? (across[index] - least) / (most - least) : 0.5
        return """
          <circle cx="\(number(left + share * (width - left - 8)))" \
          cy="\(number(y(values[index])))" r="2.5" fill="\(Self.colours[0])"/>
          """
      })
  }

  private var pie: Markup {
    let total = values.reduce(0) { $0 + max(0, $1) }
    guard total > 0 else { return "<text x=\"8\" y=\"30\">nothing above zero</text>" }
    // The pie is a dashed circle of circumference 100: each part is a dash as long as its share.
    var begun = 0.0
    return .joined(
      values.indices.map { index in
        let share = max(0, values[index]) / total * 100
        defer { begun += share }
        let colour = Self.colours[index % Self.colours.count]
        let row = index < 9 ? pieLegend(index, colour, share) : ""
        return """
          <circle cx="110" cy="120" r="15.9155" pathLength="100" fill="none" stroke="\(colour)" \
          stroke-width="31.83" stroke-dasharray="\(number(share)) \(number(100 - share))" \
          stroke-dashoffset="\(number(25 - begun))" transform="translate(-220 -240) scale(3)"/>\(row)
          """
      })
  }

  private func pieLegend(_ index: Int, _ colour: Markup, _ share: Double) -> Markup {
    """
    <rect x="280" y="\(14 + index * 24)" width="12" height="12" fill="\(colour)"/>\
    <text x="300" y="\(24 + index * 24)">\(drawing.points[index].category.description) \
    (\(number(share)) %)</text>
    """
  }

  private func x(_ index: Int) -> Double {
    let start = drawing.kind == .sparkline ? 4 : left
    guard values.count > 1 else { return (start + width) / 2 }
    return start + Double(index) / Double(values.count - 1) * (width - start - 8)
  }

  private func y(_ value: Double) -> Double {
    let end = drawing.kind == .sparkline ? height - 4 : height - bottom
    let clamped = min(max(value, low), high)
    return high > low ? end - (clamped - low) / (high - low) * (end - top) : (end + top) / 2
  }

  /// A number of a drawing, rounded to hundredths.
  private func number(_ value: Double) -> Markup {
    "\(NumberPattern("0.##").map { $0.text(.double(value)) } ?? "0")"
  }

  /// A name below an axis, shortened so that two fit side by side.
  private func name(_ point: ChartDrawing.Point?) -> String {
    let text = point?.category.description ?? ""
    return text.count > 40 ? String(text.prefix(39)) + "…" : text
  }

  private static func short(_ value: Double) -> String {
    value.magnitude >= 1e7 || (value != 0 && value.magnitude < 0.001)
      ? "\(value)" : NumberPattern("#,##0.###")?.text(.double(value)) ?? ""
  }
}

extension Markup.StringInterpolation {
  /// Appends two coordinates, rounded to hundredths.
  fileprivate mutating func appendInterpolation(x: Double, y: Double) {
    let pattern = NumberPattern("0.##")
    appendLiteral(pattern.map { "\($0.text(.double(x))) \($0.text(.double(y)))" } ?? "0 0")
  }
}
