package import BenchComparer
package import BenchModel
package import Foundation
import TextCoding

/// What the processes of both sides of a series measured, in the metric's unit.
package struct ComparedProcesses: Sendable, Hashable {
  package let base: [Double]
  package let head: [Double]

  package init(base: [Double], head: [Double]) {
    self.base = base
    self.head = head
  }
}

/// The commits of both sides, and where they can be read.
package struct ComparedCommits: Sendable, Hashable {
  package let base: Commit
  package let head: Commit
  package let links: CommitLinks

  package init(base: Commit, head: Commit, links: CommitLinks = CommitLinks()) {
    self.base = base
    self.head = head
    self.links = links
  }
}

/// A comparison as one page that needs no other file: the verdict, what changed with its
/// distributions, every row, and the coverage.
package struct ComparisonPage: Sendable {
  let comparison: Comparison
  let setting: ComparisonSetting
  let project: String
  /// What the processes measured, as far as it is known; changed rows are drawn with it.
  let processes: [SeriesKey: ComparedProcesses]
  /// The commits of the sides, if they are known; the heading links to them.
  let commits: ComparedCommits?
  let generated: Date
  let toolVersion: String

  package init(
    _ comparison: Comparison, setting: ComparisonSetting, project: String,
    processes: [SeriesKey: ComparedProcesses], commits: ComparedCommits? = nil, generated: Date,
    toolVersion: String
  ) {
    self.comparison = comparison
    self.setting = setting
    self.project = project
    self.processes = processes
    self.commits = commits
    self.generated = generated
    self.toolVersion = toolVersion
  }

  package var bytes: [UInt8] {
    let skeleton = PageSkeleton(
      title: "\(project) · \(setting.head.title) against \(setting.base.title)")
    let html = HTML { html in
      writeHeading(to: &html)
      html.element("main") { html in
        ChangedRowsList(comparison: comparison, setting: setting, processes: processes)
          .write(to: &html)
        ComparisonRowsTable(comparison: comparison, setting: setting).write(to: &html)
        writeCoverage(to: &html)
      }
      writeFooter(to: &html)
    }
    return skeleton.opening + html.bytes + skeleton.closing
  }

  private func writeHeading(to html: inout HTML) {
    html.element("header") { html in
      html.element("p", ["class": "eye"]) { html in
        html.text("\(project) · ")
        write(setting.head, commits?.head, to: &html)
        html.text(" against ")
        write(setting.base, commits?.base, to: &html)
        if !setting.machine.isEmpty { html.text(" on \(setting.machine)") }
      }
      html.element("h1", VerdictSentence.text(comparison))
      html.element(
        "p", ["class": "lede"],
        CoverageText.text(comparison, setting).capitalisedFirst)
      if let commits {
        html.element("dl", ["class": "sides small"]) { html in
          for (name, commit) in [("Head", commits.head), ("Base", commits.base)] {
            html.element("dt", name)
            html.element(
              "dd", "\(Timestamp.day(commit.authored)) · \(Printable.excerpt(commit.subject))")
          }
        }
      }
    }
  }

  private func write(_ side: SideDescription, _ commit: Commit?, to html: inout HTML) {
    guard let commit else { return html.text(side.text) }
    html.commit(commit, commits?.links ?? CommitLinks())
    html.text((side.isDirty ? "* " : " ") + side.detail)
  }

  private func writeCoverage(to html: inout HTML) {
    html.element("section") { html in
      html.element("h2", "Coverage")
      html.element("p", CoverageText.coverage(comparison.counts).capitalisedFirst)
      if !comparison.warnings.isEmpty {
        html.element("ul") { html in
          for warning in comparison.warnings {
            html.element("li", WarningText.text(warning).capitalisedFirst + ".")
          }
        }
      }
      if !setting.next.isEmpty {
        html.element("p") { html in
          html.text("Next: ")
          for (index, command) in setting.next.enumerated() {
            if index > 0 { html.text(" · ") }
            html.element("code", command)
          }
        }
      }
    }
  }

  private func writeFooter(to html: inout HTML) {
    html.element("footer", ["class": "small"]) { html in
      html.element(
        "p",
        "A gate series is slower or faster where the interval of its change, widened for the whole comparison, "
          + "clears \(Percentage.text(comparison.rule.floor)); unchanged code turns the comparison red in at most "
          + "\(Percentage.text(comparison.rule.alpha)) of cases. In the drawings each dot is a process, the box holds the "
          + "middle half of them, and the line is their median.")
      html.element(
        "p",
        "Made by benchdb \(toolVersion) on \(Timestamp.minute(generated)) UTC. This file needs no network and no other file."
      )
    }
  }
}
