/// A series in the size of a word.
struct SparklineSVG {
  private static let size = (width: 300, height: 60)
  /// More points than this are more than its pixels.
  private static let mostPoints = 100

  let points: [ChartPoint]
  let steps: [ChartStep]

  func write(to html: inout HTML) {
    guard let first = points.first, let last = points.last else { return }
    let scale = ValueScale(covering: points.lazy.map(\.median))
    let way = max(last.position - first.position, 1)
    func x(_ position: Double) -> Int {
      4 + Int((position - first.position) / way * Double(Self.size.width - 8))
    }
    func y(_ value: Double) -> Int {
      Int((1 - scale.share(value)) * Double(Self.size.height - 8)) + 4
    }
    let line = PathData { path in
      for point in Thinning.extremes(of: points, most: Self.mostPoints) {
        let (x, y) = (x(point.position), y(point.median))
        if path.text.isEmpty { path.move(x, y) } else { path.line(x, y) }
      }
    }
    let marks = PathData { path in
      for step in steps {
        path.move(x(step.middle), 0)
        path.line(x(step.middle), Self.size.height)
      }
    }
    let end = PathData { $0.dot(x(last.position), y(last.median)) }
    html.element(
      "svg",
      [
        "class": "spark", "viewBox": "0 0 \(Self.size.width) \(Self.size.height)",
        "preserveAspectRatio": "none", "aria-hidden": "true",
      ]
    ) {
      if !steps.isEmpty { $0.element("path", ["class": "s", "d": marks.text], "") }
      $0.element("path", ["class": "l", "d": line.text], "")
      $0.element("path", ["class": "e", "d": end.text], "")
    }
  }
}
