import BenchComparer
import BenchModel
import TextCoding

/// Everything a page says of one series.
struct TrendSection {
  let history: SeriesHistory
  let chart: SeriesChart
  let row: OverviewRow
  let setting: TrendSetting
  /// Rows of the table of numbers.
  let rowLimit: Int

  private var line: CommitLine { setting.line }
  private var unit: Unit { history.metric.unit }

  func write(to html: inout HTML, isOpen: Bool) {
    html.element("details", ["class": "series", "open": isOpen ? "" : nil, "data-row": row.anchor])
    { html in
      html.element("summary") { html in
        html.element("h3") { html in
          html.text(history.key.description)
          // Shown where the page has several.
          html.text(" ")
          html.element("span", ["class": "where small"], setting.machines[history.machine])
        }
        html.element("span", ["class": row.styleClass], row.changeText ?? "")
        html.element(
          "span", ["class": "num"], row.latest.map { "\(Quantity($0, unit))" } ?? "–")
      }
      html.element("div", ["class": "inside", "id": row.anchor]) { html in
        html.element("p", ["class": "small"], facts)
        TrendChart(chart, on: line, title: history.key.description).write(to: &html)
        writeChanges(to: &html)
        AcceptedChanges(history: history, setting: setting).write(to: &html)
        writeOutliers(to: &html)
        LatestCommits(history, line: line)?.write(to: &html)
        NumbersTable(history: history, chart: chart, setting: setting, limit: rowLimit)
          .write(to: &html)
      }
    }
  }

  private var facts: String {
    let commits = Set(history.points.map(\.commit)).count
    let better =
      !history.metric.isDirectionKnown
      ? "which values are better is not known"
      : history.metric.direction == .lower ? "lower is better" : "higher is better"
    let parts: [String?] = [
      setting.machines[history.machine],
      "\(English.count(history.points.count, "session")) at \(English.count(commits, "commit"))",
      better, history.metric.isGate ? nil : "shown, never gates",
      history.version == 1 ? nil : "version \(history.version) of the benchmark",
      history.source.map { "\($0.file):\($0.line)" },
      history.commitsUntilTold > 0
        ? "too short to tell a change: \(English.count(history.commitsUntilTold, "more commit"))"
        : nil,
    ]
    return parts.compactMap(\.self).joined(separator: " · ")
  }

  private func writeChanges(to html: inout HTML) {
    guard !history.changePoints.isEmpty else { return }
    html.element("h4", "Change points")
    html.element("div", ["class": "wide"]) { html in
      html.element("table") { html in
        html.element("thead") { html in
          html.element("tr") { html in
            for title in ["#", "Commits", "Date", "Change"] {
              html.element("th", ["scope": "col"], title)
            }
            for title in ["Level before", "Level after"] {
              html.element("th", ["scope": "col", "class": "num"], title)
            }
          }
        }
        html.element("tbody") { html in
          for (index, change) in history.changePoints.enumerated() {
            write(change, number: index + 1, to: &html)
          }
        }
      }
    }
  }

  private func write(_ change: ChangePoint, number: Int, to html: inout HTML) {
    let first = line.commits[change.firstAfter].commit
    html.element("tr") { html in
      html.element("td", "\(number)")
      html.element("th", ["scope": "row"]) { html in
        html.interval(of: change, setting)
        html.element("span", ["class": "small"], " " + Printable.excerpt(first.subject))
      }
      html.element("td", ["class": "num"], Timestamp.day(first.authored))
      let style = change.change.estimate > 0 ? "worse" : "better"
      html.element("td", ["class": history.metric.isDirectionKnown ? style : nil]) { html in
        html.text(ChangeWords(history.metric).text(change.change).unbroken)
        if change.isProvisional {
          html.text(" ")
          html.element("span", ["class": "tag care"], "provisional")
        }
        if let accepted = setting.accepted.accepted(change, of: history) {
          html.text(" ")
          html.element("span", ["class": accepted.tagClass], accepted.tag)
        }
      }
      for level in [change.before, change.after] { write(level, to: &html) }
    }
  }

  private func write(_ level: Level, to html: inout HTML) {
    html.element("td", ["class": "num"]) { html in
      html.text("\(Quantity(level.value, unit))")
      html.element("small", "\(Quantity(level.lower, unit))–\(Quantity(level.upper, unit))")
    }
  }

  private func writeOutliers(to html: inout HTML) {
    for drift in history.drifts {
      let ends = (
        history.points[drift.points.lowerBound], history.points[drift.points.upperBound - 1]
      )
      html.element("p") { html in
        html.text("Drift: \(ChangeWords(history.metric).text(drift.change)) from ")
        html.commit(line.commits[ends.0.commit].commit, setting.links)
        html.text(" to ")
        html.commit(line.commits[ends.1.commit].commit, setting.links)
        html.text(", without a step that would explain it.")
      }
    }
    for excursion in history.excursions { write(excursion, to: &html) }
    guard !history.outliers.isEmpty else { return }
    html.element("p", ["class": "small"]) { html in
      html.text(
        "\(English.count(history.outliers.count, "outlier")), which changed nothing for good: ")
      for (index, outlier) in history.outliers.suffix(8).enumerated() {
        if index > 0 { html.text(", ") }
        html.commit(line.commits[history.points[outlier.point].commit].commit, setting.links)
        html.text(" (\(deviation(outlier)))")
      }
      html.text(history.outliers.count > 8 ? ", and earlier ones." : ".")
    }
  }

  private func write(_ excursion: Excursion, to html: inout HTML) {
    let points = history.points[excursion.points]
    guard let first = points.first, let last = points.last else { return }
    let commits = English.count(Set(points.map(\.commit)).count, "commit")
    html.element("p") { html in
      html.text("\(ChangeWords(history.metric).text(excursion.change)) for \(commits), from ")
      html.commit(line.commits[first.commit].commit, setting.links)
      html.text(" to ")
      html.commit(line.commits[last.commit].commit, setting.links)
      html.text(excursion.isProvisional ? "; since then it is back so far." : "; then it was back.")
    }
  }

  private func deviation(_ outlier: Outlier) -> String {
    ZeroChange(from: outlier.expected, to: history.points[outlier.point].median)
      .map(ChangeWords(history.metric).text) ?? RelativeSize.signed(outlier.deviation)
  }
}

extension HTML {
  /// The commit in which a step happened, or the two between which it lies.
  mutating func interval(of change: ChangePoint, _ setting: TrendSetting) {
    let line = setting.line
    let distance = line.distance(from: change.lastBefore, to: change.firstAfter)
    if distance > 1 {
      text("after ")
      commit(line.commits[change.lastBefore].commit, setting.links)
      text(", up to ")
    }
    commit(line.commits[change.firstAfter].commit, setting.links)
    if distance > 1 { text(" (\(English.count(distance, "commit")))") }
  }
}

extension SeriesStanding.Kind {
  /// A class of the style sheet; `nil` for what needs no colour.
  var styleClass: String? {
    switch self {
    case .worse: "worse"
    case .better: "better"
    case .undone: "care"
    case .unchanged, .unjudged: nil
    }
  }
}
