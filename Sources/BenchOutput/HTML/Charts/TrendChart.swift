import BenchModel

/// A chart with its axes and labels, and what the script needs to answer a pointer.
struct TrendChart {
  let drawing: TrendDrawing
  let line: CommitLine
  let title: String

  init(_ chart: SeriesChart, on line: CommitLine, title: String) {
    drawing = TrendDrawing(chart)
    self.line = line
    self.title = title
  }

  private var chart: SeriesChart { drawing.chart }

  func write(to html: inout HTML) {
    let (low, high) = (drawing.values.lower, drawing.values.upper)
    html.element(
      "figure",
      [
        "class": "chart" + density, "data-v": PointData.text(chart.points, on: drawing.values),
        "data-lo": "\(low)", "data-hi": "\(high)", "data-unit": chart.unit.rawValue,
        "data-a": "\(drawing.positions.first)", "data-b": "\(drawing.positions.last)",
      ]
    ) { html in
      writeFlags(to: &html)
      html.element("div", ["class": "plot"]) { html in
        drawing.write(to: &html, label: label)
        writeTicks(to: &html)
      }
      writeCommits(to: &html)
      html.element("figcaption") { $0.text(caption) }
    }
  }

  /// Few points are drawn larger.
  private var density: String {
    switch chart.points.count {
    case ...60: " few"
    case ...160: ""
    default: " many"
    }
  }

  private func writeFlags(to html: inout HTML) {
    let names = names
    html.element(
      "div", ["class": isCrowded(names) ? "flags two" : "flags", "aria-hidden": "true"]
    ) { html in
      for name in names {
        html.element("i", style(left: Double(name.mark.position)), name.mark.label)
      }
      for step in chart.steps {
        html.element(
          "b",
          [
            "class": step.isWorse ? "worse" : "better",
            "style": "left:\(drawing.positions.percent(step.middle))",
            "data-x": "\(drawing.positions.x(step.middle))",
          ], "\(step.number)\u{2009}\(step.isUp ? "▲" : "▼")")
      }
    }
  }

  /// The marks that have room for their name, with the part of the width that it takes. One that
  /// would cover its neighbour is told by its line alone.
  private var names: [(mark: ChartMark, room: ClosedRange<Double>)] {
    var free = -1.0
    return chart.marks.compactMap { mark in
      let position = share(Double(mark.position))
      let half = (Double(mark.label.count) + 2) * 0.004
      guard position - half >= free else { return nil }
      free = position + half
      return (mark, position - half...free)
    }
  }

  /// Whether the number of a step would cover a name, so that they need a line each.
  private func isCrowded(_ names: [(mark: ChartMark, room: ClosedRange<Double>)]) -> Bool {
    chart.steps.contains { step in
      let position = share(step.middle)
      return names.contains { $0.room.overlaps(position - 0.02...position + 0.02) }
    }
  }

  private func share(_ position: Double) -> Double {
    Double(drawing.positions.x(position)) / Double(PositionScale.width)
  }

  private func style(left position: Double) -> HTML.Attributes {
    [
      "style": "left:\(drawing.positions.percent(position))",
      "data-x": "\(drawing.positions.x(position))",
    ]
  }

  private func writeTicks(to html: inout HTML) {
    html.element("div", ["class": "ys", "aria-hidden": "true"]) { html in
      for tick in drawing.ticks {
        let top = drawing.values.y(tick)
        html.element(
          "span",
          [
            "style":
              "bottom:\(PositionScale.percent(ValueScale.height - top, of: ValueScale.height))"
          ],
          Quantity(tick, chart.unit).description)
      }
    }
  }

  /// Commits on the first line, the dates of their authors on the second.
  private func writeCommits(to html: inout HTML) {
    html.element("div", ["class": "xs", "aria-hidden": "true"]) { html in
      for commit in labelled {
        html.element("span", style(left: Double(commit))) { html in
          html.element("code", line.commits[commit].commit.shortHash)
          html.text(Timestamp.day(line.commits[commit].commit.authored))
        }
      }
    }
  }

  /// Both ends, and up to three commits between them.
  private var labelled: [Int] {
    guard let first = chart.points.first?.commit, let last = chart.points.last?.commit else {
      return []
    }
    guard last > first else { return [first] }
    let gaps = min(last - first, 4)
    return (0...gaps).map { first + $0 * (last - first) / gaps }
  }

  private var label: String {
    guard let first = chart.points.first, let last = chart.points.last else { return title }
    func end(_ point: ChartPoint) -> String {
      let commit = line.commits[point.commit].commit
      return "\(Quantity(point.median, chart.unit)) at \(commit.shortHash)"
    }
    return
      "\(title): \(English.count(chart.all.count, "session")) from \(end(first)) to \(end(last)), "
      + English.count(chart.steps.count, "change point")
  }

  private var caption: String {
    var parts = [
      "Median of each session with its 95 % interval, the middle half of its processes as a band, processes as dots"
    ]
    if chart.levels.count > 1 {
      parts.append("levels dashed, the commits in which a step may lie shaded")
    }
    if chart.points.contains(where: \.isHollow) {
      parts.append("hollow: measured with uncommitted changes, or interrupted")
    }
    if chart.points.contains(where: \.isOutlier) { parts.append("crossed out: outliers") }
    if !chart.marks.isEmpty {
      parts.append("dotted lines: releases, baselines and accepted changes")
    }
    var sentences = [parts.joined(separator: "; ")]
    if chart.points.count < chart.all.count {
      sentences.append(
        "Drawn are \(Digits.grouped(chart.points.count)) of \(Digits.grouped(chart.all.count)) sessions: "
          + "the lowest and highest of each stretch, and every one beside a change point")
    }
    if zip(chart.points, chart.processes).contains(where: {
      $0.processes.count > $1.count && $1.count > 1
    }) {
      sentences.append("Of each session's processes the lowest and the highest are drawn")
    }
    if drawing.beyond > 0 {
      sentences.append(
        "\(English.processes(drawing.beyond)) beyond the scale at its edge")
    }
    return sentences.joined(separator: ". ") + "."
  }
}
