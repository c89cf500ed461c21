import BenchComparer
import BenchModel
import BenchOutput
import BenchTestSupport
import Foundation
import Testing

/// The page that a large project would have: 200 series over 1,000 commits with ten processes each.
/// Long, so only with `BENCHDB_FULL_TESTS=1`; it prints how long a browser takes.
@Suite(
  "A large page",
  .enabled(if: Browser.isExpected, "no Chromium on PATH; `.ci/setup` installs Debian's"),
  .enabled(
    if: ProcessInfo.processInfo.environment["BENCHDB_FULL_TESTS"] == "1", "BENCHDB_FULL_TESTS=1"))
struct LargePageTests {
  @Test("it has at most 5 MB, opens without an error and answers")
  func budget() throws {
    let commits = (0..<1_000).map {
      LineCommit(
        commit: PageExample.commit(
          $0, "Change something about the way in which records are grouped"),
        position: $0, tags: $0 % 250 == 100 ? ["v1.\($0 / 250)"] : [])
    }
    let setting = TrendSetting(
      project: "large", line: CommitLine(name: "main", order: .repository, commits: commits),
      links: PageExample.setting.links, generated: Date(), toolVersion: "1")
    var page = TrendPage(setting, seriesCount: 200)
    var sections: [UInt8] = []
    for number in 0..<200 {
      let measured = PageExample.measured(
        "suite\(number % 7)/benchmark number \(number) records=100000", level: 1e6, commits: 1_000
      ) { $0 < 700 + number || number % 3 > 0 ? 1 : 1.1 }
      sections += page.section(HistoryAnalyser(family: 200).analyse(measured))
    }
    let document = page.opening + sections + page.closing
    print("\(document.count) bytes")
    #expect(document.count <= 5_000_000)
    try withTemporaryDirectory { directory in
      let file = directory.appending(path: "page.html")
      try Data(document).write(to: file)
      let opened = try Browser().open(file)
      let loaded: Double = try #require(
        try opened.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
      let shown: Double = try #require(
        try opened.evaluate(
          """
          (async () => {
            const start = performance.now();
            document.querySelector('.series:not([open]) summary').click();
            await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
            return performance.now() - start;
          })()
          """))
      print("loaded after \(loaded) ms, a series shown after \(shown) ms")
      #expect(opened.errors == [])
    }
  }
}
