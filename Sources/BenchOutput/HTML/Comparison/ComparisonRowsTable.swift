import BenchComparer
import BenchModel

/// Every row of a comparison, in its own order; the script adds sorting and the filter.
struct ComparisonRowsTable {
  let comparison: Comparison
  let setting: ComparisonSetting

  func write(to html: inout HTML) {
    guard !comparison.rows.isEmpty else { return }
    html.element("section") { html in
      html.element("h2", ["id": "all"], "All series")
      TableFilter(
        choices: [
          ("suite", "Suite", comparison.rows.map(\.key.benchmark.suite)),
          ("metric", "Metric", comparison.rows.map(\.metric.name)),
        ]
      ).write(to: &html)
      html.element("div", ["class": "wide"]) { html in
        html.element("table", ["id": "table"]) { html in
          writeHead(to: &html)
          html.element("tbody") { html in
            for (rank, row) in comparison.rows.enumerated() { write(row, rank: rank, to: &html) }
          }
        }
      }
      TableFilter.writeNothing(to: &html)
    }
  }

  private func writeHead(to html: inout HTML) {
    html.element("thead") { html in
      html.element("tr") { html in
        html.element("th", ["scope": "col"], "Series")
        html.element("th", ["scope": "col", "class": "num rare"], "Base \(setting.base.title)")
        html.element("th", ["scope": "col", "class": "num"], "Head \(setting.head.title)")
        html.element("th", ["scope": "col", "aria-sort": "ascending"], "Change (+ is worse)")
        html.element("th", ["scope": "col", "class": "rare", "data-fixed": ""], "Stands on")
      }
    }
  }

  private func write(_ row: ComparisonRow, rank: Int, to html: inout HTML) {
    html.element(
      "tr",
      [
        "data-suite": row.key.benchmark.suite, "data-metric": row.metric.name,
        "data-changed": row.isChanged ? "" : nil,
      ]
    ) { html in
      html.element("th", ["scope": "row"], row.key.description)
      for (side, name) in [(row.base, "num rare"), (row.head, "num")] {
        html.element(
          "td", ["class": name, "data-s": side.map { "\($0.value)" } ?? ""],
          side.map { "\(Quantity($0.value, row.metric.unit))" } ?? "–")
      }
      html.element(
        "td", ["class": row.shownRole?.styleClass, "data-s": "\(rank)"],
        AnswerText.text(row).unbroken)
      html.element(
        "td", ["class": "rare small"], row.evidence(in: comparison.mode))
    }
  }
}
