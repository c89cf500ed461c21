package import BenchComparer
package import BenchModel
package import Foundation

/// What a page of history does not know of the series, and its reader wants to.
package struct TrendSetting: Sendable {
  /// The name of the project, for the heading.
  package let project: String
  package let line: CommitLine
  package let links: CommitLinks
  /// What people want to find again on the line besides its tags, such as baselines, by the
  /// commit's hash.
  package let marks: [Mark]
  /// What people have accepted of the series, as of the day on which the page is made.
  package let accepted: AcceptedHistory
  /// The names of the classes of machines that measured them.
  package let machines: MachineTitles
  /// The rule by which the series were judged.
  package let rule: HistoryRule
  package let generated: Date
  package let toolVersion: String

  package init(
    project: String, line: CommitLine, links: CommitLinks = CommitLinks(), marks: [Mark] = [],
    acceptances: [Acceptance] = [], machines: [MachineClass] = [],
    rule: HistoryRule = HistoryRule(), generated: Date, toolVersion: String
  ) {
    self.project = project
    self.line = line
    self.links = links
    self.marks = marks
    accepted = AcceptedHistory(acceptances, on: line, today: Day(generated))
    self.machines = MachineTitles(machines)
    self.rule = rule
    self.generated = generated
    self.toolVersion = toolVersion
  }

  package struct Mark: Sendable, Hashable {
    package let commit: String
    package let label: String

    package init(commit: String, label: String) {
      self.commit = commit
      self.label = label
    }
  }

  /// Index of the commit that the page compares with: the latest release before the last commit,
  /// else the oldest commit.
  var since: Int {
    let before = line.commits.dropLast()
    let release = before.lastIndex { $0.tags.contains(where: Self.isVersion) }
    return release ?? before.lastIndex { !$0.tags.isEmpty } ?? 0
  }

  /// `v1.2`, or the first digits of the oldest commit.
  var sinceName: String {
    guard line.commits.indices.contains(since) else { return "" }
    let tags = line.commits[since].tags
    return tags.last(where: Self.isVersion) ?? tags.last ?? line.commits[since].commit.shortHash
  }

  var chartMarks: [ChartMark] {
    let indices = Dictionary(
      line.commits.enumerated().map { ($0.element.commit.hash, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let tags = line.commits.enumerated().flatMap { index, commit in
      commit.tags.map { ChartMark(position: index, label: $0) }
    }
    let others = marks.compactMap { mark in
      indices[mark.commit].map { ChartMark(position: $0, label: mark.label) }
    }
    return (tags + others).sorted { ($0.position, $0.label) < ($1.position, $1.label) }
  }

  /// `marks`, and the commits up to which a change of this series was accepted.
  func chartMarks(_ marks: [ChartMark], of series: SeriesKey) -> [ChartMark] {
    let positions = Set(accepted.acceptances(of: series).compactMap(accepted.position))
    guard !positions.isEmpty else { return marks }
    return (marks + positions.map { ChartMark(position: $0, label: "accepted") })
      .sorted { ($0.position, $0.label) < ($1.position, $1.label) }
  }

  /// `v1.2`, `1.2.0-rc1`, `release-3.1`, `v7`
  private static func isVersion(_ tag: String) -> Bool {
    tag.firstMatch(of: /\d+\.\d+|^[vV]\d+/) != nil
  }
}
