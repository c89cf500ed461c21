package import BenchComparer
import BenchModel
import BenchOutput
import Foundation

/// The page of `trend --html`, series by series: each is drawn as it is read and judged, and
/// forgotten before the next. What stands above them is known last, so they wait on the disk.
package struct TrendDocument {
  private let setting: TrendSetting
  private var page: TrendPage?
  private let sections: SpoolFile

  /// Begins the page of the line that `reading` follows.
  package init(_ reading: ReadHistory, in workspace: Workspace) throws {
    let baselines = try reading.baselines.map {
      TrendSetting.Mark(commit: $0.revision.commit.hash, label: $0.name)
    }
    sections = try SpoolFile()
    setting = TrendSetting(
      project: workspace.projectName, line: reading.line, links: try workspace.commitLinks,
      marks: baselines, acceptances: try AcceptanceBook(workspace: workspace).standing(),
      machines: try reading.machines, rule: reading.rule, generated: Date(),
      toolVersion: Version.current)
  }

  /// `family`: how many there will be at most, which decides how much room each has.
  package mutating func add(_ series: SeriesHistory, of family: Int) throws {
    // Taken out while it is changed, so that its rows are not copied.
    var page = self.page.take() ?? TrendPage(setting, seriesCount: family)
    try sections.write(page.section(series))
    self.page = page
  }

  package func write(to file: OutputFile) throws {
    let page = self.page ?? TrendPage(setting, seriesCount: 0)
    try file.write(page.opening)
    try sections.copy(to: file)
    try file.write(page.closing)
  }
}
