import BenchComparer
import BenchModel
import BenchOutput
import Foundation
import Testing

@Suite("The page of history")
struct TrendPageTests {
  @Test("of one commit nothing can be told, and the page says so")
  func oneCommit() {
    let single = PageExample.measured("a/b", level: 1e6) { $0 == 3 ? 1 : .nan }
    let page = PageExample.trend([HistoryAnalyser(family: 1).analyse(single)])
    #expect(page.contains("No series has enough commits yet to tell how it changes."))
    #expect(!page.contains("No series is slower"))
  }

  @Test("it opens with the verdict, then what changed, then every series and the coverage")
  func order() throws {
    let page = PageExample.wholeTrend
    let landmarks = [
      "<h1>3 of 8 series are worse than at v1.1, 1 of them accepted.</h1>", "Worse since v1.1",
      "Better since v1.1",
      "All series", "Coverage", "Series by series", "<footer",
    ]
    let positions = try landmarks.map { landmark in
      try #require(page.range(of: landmark)?.lowerBound, "\(landmark) is missing")
    }
    #expect(positions == positions.sorted())
    // Undone before now is told apart from what is still so.
    #expect(page.contains("Undone since."))
    #expect(page.contains("Still so after"))
  }

  @Test("every element is closed where it should be, whatever the names are")
  func wellFormed() throws {
    for page in [PageExample.wholeTrend, PageExample.comparison] { try expectBalanced(page) }
  }

  @Test("hostile names and subjects are text")
  func hostile() {
    let page = PageExample.wholeTrend
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("early, \"quoted\""))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.matches(of: /<\/title>/).count == 1)
    #expect(page.matches(of: /<\/script>/).count == 1)
    #expect(!page.unicodeScalars.contains("\u{202E}"))
  }

  @Test("the policy names the only script there is")
  func policy() throws {
    let page = PageExample.wholeTrend
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains(/script-src 'sha256-[A-Za-z0-9+\/]{43}='/))
  }

  @Test("machine classes never share a line: each has its own section, named")
  func machines() {
    let page = PageExample.wholeTrend
    #expect(page.contains("2 machine classes, which never share a line"))
    #expect(
      page.matches(of: /<h3>latency\/first batch · wall <span class="where small">/).count == 2)
    #expect(page.contains("<h2 id=\"series\" class=\"several\">"))
    #expect(page.contains("<option value=\"Apple M4, 10 cores, Darwin 25\">"))
  }

  @Test("series that nobody measures any more, and commits off the line, are named")
  func coverage() throws {
    let page = PageExample.wholeTrend
    let coverage = page[try #require(page.range(of: ">Coverage<")).lowerBound...]
    #expect(coverage.contains("memory/retired · peak resident</a> on AMD EPYC"))
    #expect(coverage.contains("1 measured commit does not lie on this line"))
    #expect(coverage.contains(PageExample.line.elsewhere[0].shortHash))
  }

  @Test("releases, baselines and the commits of each change are marked")
  func marks() {
    let page = PageExample.wholeTrend
    for label in ["v1.0", "v1.1", "baseline release"] { #expect(page.contains(">\(label)</i>")) }
    #expect(page.contains("https://example.org/commit/\(PageExample.line.commits[46].commit.hash)"))
    #expect(page.contains("hollow: measured with uncommitted changes, or interrupted"))
  }

  @Test("what was accepted is marked, told with its terms, and read after what nobody has accepted")
  func accepted() throws {
    let page = PageExample.wholeTrend
    let news = page[try #require(page.range(of: "Worse since")).upperBound...]
    let names = news.matches(of: /<h3><a[^>]*>([^<]*)<\/a>/).map { String($0.output.1) }
    #expect(names.prefix(3).last == "memory/grouped · allocations", "\(names)")
    #expect(
      page.contains(
        "Accepted by Ada until 2026-12-31: Groups &lt;b&gt;remember&lt;/b&gt; their order"))
    #expect(page.matches(of: /<span class="tag mark">accepted<\/span>/).count == 1)
    // Accepted up to 5 %, and 8 % came.
    #expect(page.contains("It is more than the 5.0 % that Grace accepted."))
    #expect(page.matches(of: /<span class="tag care">more than accepted<\/span>/).count == 1)
    // The chart marks it at the commit up to which the change lies, and only in that series.
    #expect(page.matches(of: />accepted<\/i>/).count == 2)
    #expect(
      page.contains("by Ada on 2025-12-06 until 2025-12-06 (over; not on this line of commits)"))
  }

  @Test("the page of a comparison leads to its commits, and says what they are")
  func comparedCommits() {
    let page = PageExample.comparison
    for number in [3, 4] {
      let hash = PageExample.commit(number, "").hash
      #expect(page.contains("href=\"https://example.org/commit/\(hash)\""))
    }
    #expect(page.contains("2025-10-14 · Mend a flaky test"))
    #expect(page.contains("Close &lt;/title&gt; and"))
  }

  @Test("an empty history, a single session and one of zeros make a page too")
  func edges() throws {
    let empty = TrendSetting(
      project: "p", line: CommitLine(order: .dates, commits: []), generated: Date(),
      toolVersion: "1")
    let page = PageExample.trend([], setting: empty)
    #expect(page.contains("Nothing has been measured on this line of commits yet."))
    try expectBalanced(page)
    for measured in [
      PageExample.measured("a/one", level: 5) { $0 == 3 ? 1 : .nan },
      PageExample.measured("a/zero", level: 0) { _ in 1 },
      PageExample.measured("a/huge", level: 1e300) { _ in 1 },
      PageExample.measured("a/below", level: -5) { Double($0) - 30 },
      PageExample.measured("a/single", level: 5, processes: 1) { _ in 1 },
    ] {
      let history = HistoryAnalyser(family: 1).analyse(measured)
      let page = PageExample.trend([history])
      try expectBalanced(page)
      #expect(!page.contains("nan") && !page.contains("inf\""), "\(measured.key)")
    }
  }

  @Test("long series are thinned, keeping extremes and change points, and the page says so")
  func thinned() throws {
    let commits = (0..<3_000).map { LineCommit(commit: PageExample.commit($0, "c"), position: $0) }
    let setting = TrendSetting(
      project: "p", line: CommitLine(order: .repository, commits: commits), generated: Date(),
      toolVersion: "1")
    let measured = PageExample.measured("a/long", level: 1e6, commits: 3_000) {
      $0 == 1_234 ? 3 : $0 < 2_000 ? 1 : 1.2
    }
    let history = HistoryAnalyser(family: 1).analyse(measured)
    var page = TrendPage(setting, seriesCount: 200)
    let section = String(decoding: page.section(history), as: UTF8.self)
    let size = section.utf8.count
    #expect(size < 22_000)
    let isStated = section.contains(/Drawn are [0-9]{3} of 2,667 sessions/)
    #expect(isStated)
    let footer = String(decoding: page.closing, as: UTF8.self)
    #expect(footer.contains("a series on one class of machines is drawn with about 190 sessions"))
    #expect(footer.contains("as every one here is"))
    let top = try #require(section.firstMatch(of: /data-hi="([0-9.]+)"/)?.output.1)
    #expect(try #require(Double(top)) > 2.9e6, "the scale reaches the single peak")
    // Alone on its page the same series is drawn whole.
    var whole = TrendPage(setting, seriesCount: 1)
    #expect(!String(decoding: whole.section(history), as: UTF8.self).contains("Drawn are"))
  }

  private func expectBalanced(
    _ page: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let void: Set<Substring> = ["meta", "link", "input", "!DOCTYPE"]
    // What stands in style and script is no markup.
    let markup = page.replacing(/(<style>|<script>)[^<]*(?:<(?!\/style>|\/script>)[^<]*)*/) {
      "\($0.output.1)"
    }
    var open: [Substring] = []
    for tag in markup.matches(of: /<(\/?)([A-Za-z0-9!]+)[^>]*>/) {
      if !tag.output.1.isEmpty {
        #expect(open.popLast() == tag.output.2, sourceLocation: sourceLocation)
      } else if !void.contains(tag.output.2) {
        open.append(tag.output.2)
      }
    }
    #expect(open == [], sourceLocation: sourceLocation)
  }
}
