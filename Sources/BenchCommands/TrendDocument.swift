import BenchComparer
import BenchModel
import BenchReport
import Foundation

/// The page of `trend --html`, series by series: each is drawn as it is read and judged, and forgotten before the next.
struct TrendDocument {
  private var page: TrendPage
  private var sections: [UInt8] = []

  /// For the line that `reading` follows, and about as many series as it has.
  init(_ reading: HistoryReading, in workspace: Workspace) throws {
    let baselines = try reading.baselines.map {
      TrendSetting.Mark(commit: $0.revision.commit.hash, label: $0.name)
    }
    let setting = TrendSetting(
      project: workspace.projectName, line: reading.line, links: try workspace.commitLinks,
      marks: baselines, rule: reading.rule, generated: Date(), toolVersion: Version.current)
    page = TrendPage(setting, seriesCount: reading.seriesCount)
  }

  mutating func add(_ series: SeriesHistory) { sections += page.section(series) }

  func write(to file: OutputFile) throws {
    try file.write(page.opening)
    try file.write(sections)
    try file.write(page.closing)
  }
}
