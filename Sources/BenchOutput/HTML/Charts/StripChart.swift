import BenchComparer
import BenchModel

/// Values of two sides as dots on one scale, with their quartiles and medians, so that a shift is
/// seen beside the spread.
struct StripChart {
  struct Side {
    let label: String
    let values: [Double]
  }

  let sides: [Side]
  let unit: Unit

  private static let height = 100

  func write(to html: inout HTML) {
    let scale = ValueScale(covering: sides.lazy.flatMap(\.values))
    html.element("div", ["class": "strip"]) { html in
      for side in sides {
        let sorted = side.values.sorted()
        guard let spread = Spread(sorted) else { continue }
        html.element("span", side.label)
        html.element("span", ["class": "num"], Quantity(spread.median, unit).description)
        html.element(
          "svg",
          [
            "viewBox": "0 0 \(PositionScale.width) \(Self.height)", "preserveAspectRatio": "none",
            "role": "img",
            "aria-label": "\(side.label): \(English.processes(sorted.count)), "
              + "median \(Quantity(spread.median, unit)), middle half "
              + "\(Quantity(spread.quartiles.lowerBound, unit)) to \(Quantity(spread.quartiles.upperBound, unit))",
          ]
        ) { html in
          for (name, data) in Self.layers(sorted, spread, scale) {
            html.element("path", ["class": name, "d": data.text], "")
          }
        }
      }
      html.element("div", ["class": "ends", "aria-hidden": "true"]) { html in
        html.element("span", Quantity(scale.lower, unit).description)
        html.element("span", Quantity(scale.upper, unit).description)
      }
    }
  }

  private static func layers(
    _ sorted: [Double], _ spread: Spread, _ scale: ValueScale
  ) -> [(String, PathData)] {
    func x(_ value: Double) -> Int {
      Int((scale.share(value) * Double(PositionScale.width)).rounded())
    }
    let quartiles = PathData { path in
      path.move(x(spread.quartiles.lowerBound), 20)
      path.line(max(x(spread.quartiles.upperBound), x(spread.quartiles.lowerBound) + 2), 20)
      path.line(max(x(spread.quartiles.upperBound), x(spread.quartiles.lowerBound) + 2), 80)
      path.line(x(spread.quartiles.lowerBound), 80)
      path.close()
    }
    let dots = PathData { path in
      for (index, value) in sorted.enumerated() {
        // Dots alternate between three lines, so that neighbours do not cover each other.
        path.dot(x(value), [50, 32, 68][index % 3])
      }
    }
    let median = PathData { path in
      path.move(x(spread.median), 8)
      path.line(x(spread.median), 92)
    }
    return [("q", quartiles), ("d", dots), ("k", median)]
  }
}
