package import BenchComparer
package import Foundation

/// A check as one page that needs no other file: every target with its verdict, how measures grow,
/// and the reports over its run.
package struct TargetPage: Sendable {
  let check: TargetCheck
  let setting: TargetSetting
  let project: String
  /// What the language of reports wrote, as parts of a page.
  let reports: [[UInt8]]
  let generated: Date
  let toolVersion: String

  package init(
    _ check: TargetCheck, setting: TargetSetting, project: String, reports: [[UInt8]],
    generated: Date, toolVersion: String
  ) {
    self.check = check
    self.setting = setting
    self.project = project
    self.reports = reports
    self.generated = generated
    self.toolVersion = toolVersion
  }

  package var bytes: [UInt8] {
    let skeleton = PageSkeleton(title: "\(project) · \(check.sentence)")
    let html = HTML { html in
      writeHeading(to: &html)
      html.element("main") { html in
        writeSummary(to: &html)
        writeGrowth(to: &html)
        TargetRowsTable(check: check).write(to: &html)
        for report in reports {
          html.element("section", ["class": "report"]) { $0.append(HTML(written: report)) }
        }
      }
      writeFooter(to: &html)
    }
    return skeleton.opening + html.bytes + skeleton.closing
  }

  private func writeHeading(to html: inout HTML) {
    html.element("header") { html in
      html.element("p", ["class": "eye"], "\(project) · \(setting.text)")
      html.element("h1", "\(check.sentence).")
      html.element(
        "p", ["class": "lede"],
        "A target is met, or missed, where the whole 95 % interval over fresh processes lies on one side of its limit."
      )
    }
  }

  private func writeSummary(to html: inout HTML) {
    html.element("section") { html in
      html.element("h2", "Targets")
      html.element("div", ["class": "wide"]) { html in
        html.element("table") { html in
          html.element("thead") { html in
            html.element("tr") { html in
              html.element("th", ["scope": "col"], "Target")
              html.element("th", ["scope": "col", "class": "num"], "Limit")
              html.element(
                "th", ["scope": "col", "class": "num"], "Nearest to it, or furthest beyond")
              html.element("th", ["scope": "col"], "Verdict")
            }
          }
          html.element("tbody") { html in
            for summary in TargetSummary.all(check) { write(summary, to: &html) }
          }
        }
      }
    }
  }

  private func write(_ summary: TargetSummary, to html: inout HTML) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"]) { html in
        html.element("b", summary.target.name)
        html.void("br")
        html.element("small", TargetWords.subject(summary.worst))
      }
      html.element("td", ["class": "num"], TargetWords.limit(summary.target))
      html.element("td", ["class": "num"], TargetWords.measured(summary.worst))
      html.element(
        "td", ["class": TargetWords.role(summary.worst).styleClass], summary.verdict)
    }
  }

  /// A drawing for every slope that was measured.
  private func writeGrowth(to html: inout HTML) {
    let charts = check.rows.compactMap(SlopeChart.init)
    guard !charts.isEmpty else { return }
    html.element("section") { html in
      html.element("h2", "How it grows")
      for chart in charts { chart.write(to: &html) }
    }
  }

  private func writeFooter(to html: inout HTML) {
    html.element("footer", ["class": "small"]) { html in
      html.element(
        "p",
        "A fresh process gives one number, and intervals are over processes; those of slopes over rounds of the session, "
          + "each with one process of every size. Ratios are to another benchmark of the same run, which the row names."
      )
      html.element(
        "p",
        "Made by benchdb \(toolVersion) on \(Timestamp.minute(generated)) UTC. This file needs no network and no other file."
      )
    }
  }
}
