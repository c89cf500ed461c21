import BenchComparer

/// Every row of a check; the script adds sorting and the filter.
struct TargetRowsTable {
  let check: TargetCheck

  func write(to html: inout HTML) {
    html.element("section") { html in
      html.element("h2", ["id": "all"], "Every target and series")
      TableFilter(choices: [("suite", "Suite", check.rows.map(\.target.benchmark.suite))])
        .write(to: &html)
      html.element("div", ["class": "wide"]) { html in
        html.element("table", ["id": "table"]) { html in
          html.element("thead") { html in
            html.element("tr") { html in
              html.element("th", ["scope": "col"], "Series")
              html.element("th", ["scope": "col", "class": "rare"], "Target")
              html.element("th", ["scope": "col", "class": "num", "data-fixed": ""], "Limit")
              html.element("th", ["scope": "col", "class": "num", "data-fixed": ""], "Measured")
              html.element("th", ["scope": "col", "aria-sort": "ascending"], "Verdict")
            }
          }
          html.element("tbody") { html in
            for (rank, row) in check.rows.enumerated() { write(row, rank: rank, to: &html) }
          }
        }
      }
      TableFilter.writeNothing(to: &html)
    }
  }

  private func write(_ row: TargetRow, rank: Int, to html: inout HTML) {
    html.element(
      "tr",
      [
        "data-suite": row.target.benchmark.suite,
        "data-changed": row.verdict == .met ? nil : "",
      ]
    ) { html in
      html.element("th", ["scope": "row"]) { html in
        html.text(TargetWords.subject(row))
        if let reason = TargetWords.reason(row) { html.element("small", reason) }
      }
      html.element("td", ["class": "rare"], row.target.name)
      html.element("td", ["class": "num"], TargetWords.limit(row.target))
      html.element("td", ["class": "num"], TargetWords.measured(row))
      html.element(
        "td", ["class": TargetWords.role(row).styleClass, "data-s": "\(rank)"],
        TargetWords.verdict(row))
    }
  }
}
