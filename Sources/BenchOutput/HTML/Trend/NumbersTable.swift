import BenchComparer
import BenchModel

/// The numbers behind a chart, as a table: the sessions beside change points, and the latest ones.
struct NumbersTable {
  let history: SeriesHistory
  let chart: SeriesChart
  let setting: TrendSetting
  let limit: Int

  func write(to html: inout HTML) {
    let indices = rows
    html.element("details", ["class": "numbers"]) { html in
      html.element("summary", "Numbers")
      html.element("div", ["class": "wide"]) { html in
        html.element("table") { html in
          html.element("caption", caption(indices.count))
          html.element("thead") { html in
            html.element("tr") { html in
              html.element("th", ["scope": "col"], "Commit")
              html.element("th", ["scope": "col"], "Date")
              for title in ["Processes", "Median", "95 % interval"] {
                html.element("th", ["scope": "col", "class": "num"], title)
              }
            }
          }
          html.element("tbody") { html in
            for index in indices.reversed() { write(history.points[index], to: &html) }
          }
        }
      }
    }
  }

  private var rows: [Int] {
    let count = history.points.count
    guard count > limit else { return Array(0..<count) }
    var kept = Set(history.changePoints.suffix(limit / 4).flatMap { [$0.point - 1, $0.point] })
    for index in (0..<count).reversed() where kept.count < limit { kept.insert(index) }
    return kept.sorted()
  }

  private func caption(_ shown: Int) -> String {
    shown == history.points.count
      ? "Every session, latest first."
      : "\(Digits.grouped(shown)) of \(Digits.grouped(history.points.count)) sessions, latest first: those at "
        + "change points and the last ones. `benchdb export` has all."
  }

  private func write(_ point: SessionSummary, to html: inout HTML) {
    let commit = setting.line.commits[point.commit].commit
    let unit = history.metric.unit
    html.element("tr") { html in
      html.element("th", ["scope": "row"]) { html in
        html.commit(commit, setting.links)
        if let note = point.location.note { html.text(" " + note) }
      }
      html.element("td", Timestamp.day(commit.authored))
      html.element("td", ["class": "num"], "\(point.processes.count)")
      html.element("td", ["class": "num"], "\(Quantity(point.median, unit))")
      html.element(
        "td", ["class": "num"],
        "\(Quantity(point.interval.lowerBound, unit))–\(Quantity(point.interval.upperBound, unit))")
    }
  }
}

extension MeasuredSession.Location {
  /// What is odd about a session; `nil` where nothing is.
  fileprivate var note: String? {
    switch (isDirty, isInterrupted) {
    case (true, true): "uncommitted changes, interrupted"
    case (true, false): "uncommitted changes"
    case (false, true): "interrupted"
    case (false, false): nil
    }
  }
}
