package import BenchComparer
import BenchModel
import TextCoding

/// The history of all series as one page that needs no other file.
///
/// A series is written and forgotten as it comes; only a line of the overview stays. So `section`
/// is called for each of them first, then `opening`, and the file holds the opening, the sections
/// in their order, and the closing.
package struct TrendPage: Sendable {
  let setting: TrendSetting
  private let marks: [ChartMark]
  private let thinning: Thinning
  private let skeleton: PageSkeleton
  private(set) var rows: [OverviewRow] = []
  /// The sections of so many changed series are open when the page is.
  private static let mostOpen = 8
  private var openSections = 0
  private var thinnedCount = 0

  /// `seriesCount` says how many sections there will be, one for each series and class of machines,
  /// by which they are thinned.
  package init(_ setting: TrendSetting, seriesCount: Int) {
    self.setting = setting
    marks = setting.chartMarks
    thinning = Thinning(seriesCount: seriesCount)
    skeleton = PageSkeleton(title: "\(setting.project) · benchmark history")
  }

  /// Bytes of HTML for one series, which goes into the overview with it.
  package mutating func section(_ history: SeriesHistory) -> [UInt8] {
    let chart = SeriesChart(
      history, marks: setting.chartMarks(marks, of: history.key), thinning: thinning)
    if chart.points.count < chart.all.count { thinnedCount += 1 }
    let standing = SeriesStanding(history, since: setting.since)
    let row = OverviewRow(
      history, number: rows.count + 1, standing: standing,
      accepted: standing.step.flatMap { setting.accepted.accepted($0, of: history) },
      sparkline: HTML { SparklineSVG(points: chart.points, steps: chart.steps).write(to: &$0) })
    rows.append(row)
    let isOpen = row.needsLook && openSections < Self.mostOpen
    if isOpen { openSections += 1 }
    var html = HTML()
    TrendSection(
      history: history, chart: chart, row: row, setting: setting, rowLimit: thinning.rows
    )
    .write(to: &html, isOpen: isOpen)
    return html.bytes
  }

  /// Everything before the sections. Call it when all of them are written.
  package var opening: [UInt8] {
    let html = HTML { html in
      TrendOverview(rows: rows, setting: setting).write(to: &html)
      html.element(
        "h2", ["id": "series", "class": Set(rows.map(\.machine)).count > 1 ? "several" : nil],
        "Series by series")
    }
    return skeleton.opening + html.bytes
  }

  /// Everything after them.
  package var closing: [UInt8] {
    let html = HTML { html in
      html.element("footer", ["class": "small"]) { html in
        html.element(
          "p",
          "A change point is a lasting step of a series' level, of at least "
            + "\(Percentage.text(setting.rule.floor)): penalised least squares find it, and a permutation test "
            + "confirms it. In \(Percentage.text(setting.rule.alpha)) of histories without any change, one is found all the same. "
            + "Nothing is averaged over series or machines. `benchdb export` has every sample.")
        if thinnedCount > 0 { html.element("p", thinned) }
        html.element(
          "p",
          "Made by benchdb \(setting.toolVersion) on \(Timestamp.minute(setting.generated)) UTC from "
            + "\(English.count(rows.count, "series", "series")). This file needs no network and no other file."
        )
      }
      html.element(
        "div",
        ["id": "line", "hidden": "", "data-commits": commits, "data-url": setting.links.text], "")
    }
    return html.bytes + skeleton.closing
  }

  private var thinned: String {
    let all =
      thinnedCount == rows.count
      ? "every one here is"
      : "\(Digits.grouped(thinnedCount)) of \(Digits.grouped(rows.count)) here are"
    return "So that this file stays small, a series on one class of machines is drawn with about "
      + "\(Digits.grouped(thinning.sessions)) sessions where it has more, as \(all): of each stretch of neighbours "
      + "the lowest and the highest, and always those beside a change point, outliers, hollow ones and the latest."
  }

  /// A line a commit, with tabs: hash, date, subject.
  private var commits: String {
    setting.line.commits.map { entry in
      [
        entry.commit.hash, Timestamp.day(entry.commit.authored),
        Printable.excerpt(entry.commit.subject),
      ].joined(separator: "\t")
    }.joined(separator: "\n")
  }
}
