import BenchModel

/// What the page does not show, or shows without knowing how things stand today: named, not
/// dropped.
struct TrendCoverage {
  let rows: [OverviewRow]
  let setting: TrendSetting

  /// A series that none of so many latest measured commits has is called out of date.
  private static let recent = 10

  func write(to html: inout HTML) {
    let stale = rows.filter { $0.lastCommit < setting.line.commits.count - Self.recent }
    let elsewhere = setting.line.elsewhere
    html.element("section") { html in
      html.element("h2", "Coverage")
      html.element("p", coverage(stale: stale.count))
      if !stale.isEmpty {
        html.element("ul", ["class": "small"]) { html in
          for row in stale {
            html.element("li") { html in
              html.element("a", ["href": "#\(row.anchor)"], row.key.description)
              html.text(" on \(setting.machines[row.machine])" + last(of: row))
            }
          }
        }
      }
      if !elsewhere.isEmpty {
        html.element("p") { html in
          html.text(
            "\(English.count(elsewhere.count, "measured commit")) "
              + (elsewhere.count == 1 ? "does" : "do") + " not lie on this line and "
              + (elsewhere.count == 1 ? "is" : "are") + " not shown: ")
          for (index, commit) in elsewhere.prefix(12).enumerated() {
            if index > 0 { html.text(", ") }
            html.commit(commit, setting.links)
          }
          html.text(elsewhere.count > 12 ? ", and older ones." : ".")
        }
      }
      html.element("p", ["class": "small"], order)
    }
  }

  private func coverage(stale: Int) -> String {
    let recent = English.count(min(Self.recent, setting.line.commits.count), "measured commit")
    return stale == 0
      ? "Every series was measured within the last \(recent)."
      : "\(Digits.grouped(rows.count - stale)) of \(English.count(rows.count, "series", "series")) were measured "
        + "within the last \(recent). \(stale == 1 ? "This one was not" : "These were not"); how "
        + "\(stale == 1 ? "it stands" : "they stand") today is not known:"
  }

  private func last(of row: OverviewRow) -> String {
    guard setting.line.commits.indices.contains(row.lastCommit) else { return ", never measured" }
    let commit = setting.line.commits[row.lastCommit].commit
    return ", last at \(commit.shortHash) of \(Timestamp.day(commit.authored))"
  }

  private var order: String {
    switch setting.line.order {
    case .repository: "Commits stand in the order of first parents, as the repository has them."
    case .parents:
      "Commits stand in the order of first parents, as they were stored with the results."
    case .dates: "Commits stand in the order of their dates, since their parents are not known."
    }
  }
}
