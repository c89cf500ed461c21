import BenchModel

/// The drawing of a series over commits: one path for everything of a kind, so that a page of many
/// series stays small.
///
/// It is stretched to whatever room there is, while its strokes keep their width; so all labels
/// stand beside it.
struct TrendDrawing {
  let chart: SeriesChart
  let positions: PositionScale
  let values: ValueScale
  let ticks: [Double]

  init(_ chart: SeriesChart) {
    self.chart = chart
    positions = PositionScale(covering: chart.points)
    // A single wild process must not flatten the rest: dots beyond the scale stand at its edge.
    values = ValueScale(
      covering: chart.points.lazy.flatMap {
        [
          $0.median, $0.interval.lowerBound, $0.interval.upperBound, $0.quartiles.lowerBound,
          $0.quartiles.upperBound,
        ]
      })
    ticks = values.ticks(of: chart.unit)
  }

  /// How many processes stand at an edge because they lie beyond it.
  var beyond: Int {
    chart.processes.reduce(0) { $0 + $1.count { !values.holds($0) } }
  }

  /// `label` says what the drawing shows, for those who cannot see it.
  func write(to html: inout HTML, label: String) {
    html.element(
      "svg",
      [
        "viewBox": "0 0 \(PositionScale.width) \(ValueScale.height)", "preserveAspectRatio": "none",
        "role": "img", "aria-label": label,
      ]
    ) { html in
      for (name, data) in layers where !data.text.isEmpty {
        html.element("path", ["class": name, "d": data.text], "")
      }
    }
  }

  /// The layers from the bottom to the top; each name is a class of the style sheet.
  private var layers: [(name: String, data: PathData)] {
    [
      ("g", grid), ("z", zones), ("m", marks), ("q", band), ("i", intervals), ("d", dots),
      ("l", line), ("p", discs { !$0.isHollow }), ("o", discs(where: \.isHollow)),
      ("u", discs(where: \.isHollow)), ("x", crosses), ("v", levels),
    ]
  }

  private var grid: PathData {
    PathData { path in
      for tick in ticks {
        path.move(0, values.y(tick))
        path.line(PositionScale.width, values.y(tick))
      }
    }
  }

  /// The zones in which the steps may have happened, at least as wide as can be seen.
  private var zones: PathData {
    PathData { path in
      for step in chart.steps {
        var (left, right) = (positions.x(Double(step.after)), positions.x(Double(step.by)))
        let missing = max(6 - (right - left), 0)
        left -= missing / 2
        right += missing / 2
        path.move(left, 0)
        path.line(right, 0)
        path.line(right, ValueScale.height)
        path.line(left, ValueScale.height)
        path.close()
      }
    }
  }

  private var marks: PathData {
    PathData { path in
      for mark in chart.marks {
        path.move(positions.x(Double(mark.position)), 0)
        path.line(positions.x(Double(mark.position)), ValueScale.height)
      }
    }
  }

  /// Along the lower quartiles and back along the upper ones.
  private var band: PathData {
    PathData { path in
      let corners =
        chart.points.map { ($0.position, $0.quartiles.lowerBound) }
        + chart.points.reversed().map { ($0.position, $0.quartiles.upperBound) }
      guard chart.points.count > 1 else { return }
      for (index, corner) in corners.enumerated() {
        let (x, y) = (positions.x(corner.0), values.y(corner.1))
        if index == 0 { path.move(x, y) } else { path.line(x, y) }
      }
      path.close()
    }
  }

  private var intervals: PathData {
    PathData { path in
      for point in chart.points {
        let (low, high) = (values.y(point.interval.lowerBound), values.y(point.interval.upperBound))
        guard low != high else { continue }
        path.move(positions.x(point.position), high)
        path.line(positions.x(point.position), low)
      }
    }
  }

  private var dots: PathData {
    PathData { path in
      for (point, processes) in zip(chart.points, chart.processes) where processes.count > 1 {
        // Two dots that no eye can tell apart are one.
        for y in Set(processes.map { values.y($0) / 8 * 8 }).sorted() {
          path.dot(positions.x(point.position), y)
        }
      }
    }
  }

  private var line: PathData {
    PathData { path in
      for point in chart.points {
        let (x, y) = (positions.x(point.position), values.y(point.median))
        if path.text.isEmpty { path.move(x, y) } else { path.line(x, y) }
      }
    }
  }

  private func discs(where isDrawn: (ChartPoint) -> Bool) -> PathData {
    PathData { path in
      for point in chart.points where isDrawn(point) {
        path.dot(positions.x(point.position), values.y(point.median))
      }
    }
  }

  private var crosses: PathData {
    PathData { path in
      for point in chart.points where point.isOutlier {
        let (x, y) = (positions.x(point.position), values.y(point.median))
        path.move(x - 9, y - 50)
        path.line(x + 9, y + 50)
        path.move(x + 9, y - 50)
        path.line(x - 9, y + 50)
      }
    }
  }

  private var levels: PathData {
    PathData { path in
      guard chart.levels.count > 1 || chart.levels.contains(where: { $0.start != $0.end }) else {
        return
      }
      for level in chart.levels {
        path.move(positions.x(level.positions.lowerBound), values.y(level.start))
        path.line(positions.x(level.positions.upperBound), values.y(level.end))
      }
    }
  }
}
