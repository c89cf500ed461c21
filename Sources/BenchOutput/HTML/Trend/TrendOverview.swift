import BenchComparer
import BenchModel
import TextCoding

/// What a maintainer asks first: what got slower since the last release, at which commit, how sure
/// that is, whether it is still so, and on which machine.
struct TrendOverview {
  let rows: [OverviewRow]
  let setting: TrendSetting

  private var line: CommitLine { setting.line }
  private var machines: [MachineClass] {
    rows.map(\.machine).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  func write(to html: inout HTML) {
    writeHeading(to: &html)
    html.element("main") { html in
      writeNews(
        of: [.worse, .undone], titled: "Worse since \(setting.sinceName)", to: &html)
      writeNews(of: [.better], titled: "Better since \(setting.sinceName)", to: &html)
      SeriesTable(rows: rows, setting: setting, machines: machines).write(to: &html)
      TrendCoverage(rows: rows, setting: setting).write(to: &html)
    }
  }

  private func writeHeading(to html: inout HTML) {
    let sentences = TrendSentences(rows: rows, setting: setting)
    html.element("header") { html in
      html.element("p", ["class": "eye"]) { html in
        html.text(setting.project)
        if let last = line.commits.last {
          html.text(" · \(English.count(line.commits.count, "measured commit"))")
          html.text(line.name.isEmpty ? ", up to " : " of \(line.name), up to ")
          html.commit(last.commit, setting.links)
          html.text(" of \(Timestamp.day(last.commit.authored))")
        }
      }
      html.element("h1", sentences.verdict)
      if !sentences.beside.isEmpty { html.element("p", ["class": "lede"], sentences.beside) }
      if !machines.isEmpty {
        html.element(
          "p", ["class": "small"],
          "Measured on "
            + (machines.count == 1
              ? setting.machines[machines[0]]
              : "\(machines.count) machine classes, which never share a line: "
                + machines.map { setting.machines[$0] }.joined(separator: "; ")) + ".")
      }
    }
  }

  private func writeNews(
    of kinds: Set<SeriesStanding.Kind>, titled title: String, to html: inout HTML
  ) {
    let told = rows.filter { kinds.contains($0.standing.kind) }
      .sorted { abs($0.urgency) > abs($1.urgency) }
    guard !told.isEmpty else { return }
    html.element("section") { html in
      html.element("h2", title)
      html.element("ol", ["class": "news"]) { html in
        for row in told.prefix(Self.mostNews) { write(row, to: &html) }
      }
      if told.count > Self.mostNews {
        html.element(
          "p", ["class": "small"],
          "And \(Digits.grouped(told.count - Self.mostNews)) more, which the table below lists.")
      }
    }
  }

  /// Nobody reads more of a kind before the table.
  private static let mostNews = 25

  private func write(_ row: OverviewRow, to html: inout HTML) {
    html.element("li") { html in
      html.append(row.sparkline)
      html.element("div") { html in
        html.element("h3") { html in
          html.element("a", ["href": "#\(row.anchor)"], row.key.description)
        }
        if let step = row.standing.step { write(step, to: &html) }
        html.element("p", ["class": "small"]) { html in
          html.text(TrendSentences.standing(of: row))
          if let accepted = row.accepted { html.text(" " + TrendSentences.acceptance(accepted)) }
          if machines.count > 1 { html.text(" On \(setting.machines[row.machine]).") }
        }
      }
      html.element("p", ["class": "by " + (row.styleClass ?? "")]) { html in
        html.text(row.changeText ?? "")
        if let step = row.standing.step {
          let unit = row.metric.unit
          html.element(
            "small",
            "\(Quantity(step.before.value, unit)) → \(Quantity(step.after.value, unit))")
        }
      }
    }
  }

  private func write(_ step: ChangePoint, to html: inout HTML) {
    let first = line.commits[step.firstAfter].commit
    html.element("p") { html in
      html.interval(of: step, setting)
      html.text(" · \(Timestamp.day(first.authored)) ")
      html.element("span", ["class": "small"], Printable.excerpt(first.subject))
    }
  }
}
