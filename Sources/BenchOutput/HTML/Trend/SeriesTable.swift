import BenchModel

/// All series, a row each. The script adds sorting and the filter; without it the order is that of
/// the names.
struct SeriesTable {
  let rows: [OverviewRow]
  let setting: TrendSetting
  let machines: [MachineClass]

  func write(to html: inout HTML) {
    guard !rows.isEmpty else { return }
    html.element("section") { html in
      html.element("h2", ["id": "all"], "All series")
      TableFilter(
        choices: [
          ("suite", "Suite", rows.map(\.key.benchmark.suite)),
          ("metric", "Metric", rows.map(\.metric.name)),
          ("machine", "Machine", rows.map { setting.machines[$0.machine] }),
        ]
      ).write(to: &html)
      html.element("div", ["class": "wide"]) { html in
        html.element("table", ["id": "table"]) { html in
          writeHead(to: &html)
          html.element("tbody") { html in rows.forEach { write($0, to: &html) } }
        }
      }
      TableFilter.writeNothing(to: &html)
    }
  }

  private func writeHead(to html: inout HTML) {
    html.element("thead") { html in
      html.element("tr") { html in
        html.element("th", ["scope": "col", "aria-sort": "ascending"], "Series")
        if machines.count > 1 { html.element("th", ["scope": "col", "class": "rare"], "Machine") }
        html.element("th", ["scope": "col", "class": "num"], "Latest")
        html.element("th", ["scope": "col", "class": "rare", "data-fixed": ""], "Course")
        html.element("th", ["scope": "col", "data-worst": ""], "Since \(setting.sinceName)")
        html.element("th", ["scope": "col", "class": "num rare"], "Change points")
        html.element("th", ["scope": "col", "class": "rare"], "Last measured")
      }
    }
  }

  private func write(_ row: OverviewRow, to html: inout HTML) {
    let isChanged = ![.unchanged, .unjudged].contains(row.standing.kind)
    html.element(
      "tr",
      [
        "data-suite": row.key.benchmark.suite, "data-metric": row.metric.name,
        "data-machine": setting.machines[row.machine], "data-changed": isChanged ? "" : nil,
      ]
    ) { html in
      html.element("th", ["scope": "row"]) { html in
        html.element("a", ["href": "#\(row.anchor)"], row.key.description)
        // The machine stands here where its column has no room.
        if machines.count > 1 {
          html.element("span", ["class": "on small"], setting.machines[row.machine])
        }
      }
      if machines.count > 1 {
        html.element("td", ["class": "rare small"], setting.machines[row.machine])
      }
      html.element(
        "td", ["class": "num", "data-s": row.latest.map { "\($0)" } ?? ""],
        row.latest.map { "\(Quantity($0, row.metric.unit))" } ?? "–")
      html.element("td", ["class": "rare"]) { $0.append(row.sparkline) }
      html.element(
        "td", ["class": row.styleClass, "data-s": "\(row.urgency)"], since(row))
      html.element(
        "td", ["class": "num rare", "data-s": "\(row.changePoints)"], "\(row.changePoints)")
      html.element("td", ["class": "rare", "data-s": "\(row.lastCommit)"]) { html in
        guard setting.line.commits.indices.contains(row.lastCommit) else { return html.text("–") }
        html.text(Timestamp.day(setting.line.commits[row.lastCommit].commit.authored))
      }
    }
  }

  private func since(_ row: OverviewRow) -> String {
    switch row.standing.kind {
    case .unjudged: "too few sessions"
    case .unchanged: "no change point"
    case .undone: (row.changeText ?? "") + ", undone"
    case .worse where row.isAccepted: (row.changeText ?? "") + ", accepted"
    case .worse, .better: row.changeText ?? ""
    }
  }
}
