import BenchComparer
import BenchModel

/// The rows of a comparison that changed, each with what was measured on both sides.
struct ChangedRowsList {
  let comparison: Comparison
  let setting: ComparisonSetting
  let processes: [SeriesKey: ComparedProcesses]

  /// Gate series that changed or may have; a change of one that never gates is in the table.
  func write(to html: inout HTML) {
    let changed = comparison.rows.filter { $0.metric.isGate && $0.isChanged }
    guard !changed.isEmpty else { return }
    html.element("section") { html in
      html.element("h2", "What changed")
      html.element("ol", ["class": "news plain"]) { html in
        for row in changed { write(row, to: &html) }
      }
    }
  }

  private func write(_ row: ComparisonRow, to html: inout HTML) {
    html.element("li") { html in
      html.element("div") { html in
        html.element("h3", row.key.description)
        html.element(
          "p", ["class": "small"],
          row.evidence(in: comparison.mode)
            + (row.source.map { " · \($0.file):\($0.line)" } ?? ""))
      }
      html.element("p", ["class": "by " + (row.kind.role?.styleClass ?? "")]) {
        html in
        html.text(AnswerText.text(row).unbroken)
        if let base = row.base, let head = row.head {
          html.element(
            "small",
            "\(Quantity(base.value, row.metric.unit)) → \(Quantity(head.value, row.metric.unit))")
        }
      }
      // What was measured again is drawn as it was then.
      if let processes = processes[row.key] {
        StripChart(
          sides: [
            .init(label: "base \(setting.base.title)", values: processes.base),
            .init(label: "head \(setting.head.title)", values: processes.head),
          ], unit: row.metric.unit
        ).write(to: &html)
      }
    }
  }
}

extension TextRole {
  /// A class of the style sheet.
  var styleClass: String {
    switch self {
    case .bad: "worse"
    case .good: "better"
    case .warning: "care"
    default: "soft"
    }
  }
}
