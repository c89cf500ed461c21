import Foundation
import Testing

/// Answers as pages, asked for as a user would.
@Suite struct PageTests {
  @Test("compare --html writes a page that says what the terminal says, with both sides drawn")
  func comparison() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with </title> care")
      try project.record()

      let answer = try project.benchdb("compare", "HEAD~1", "--html", "compare.html")
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.errors.contains("The page is in compare.html."))
      #expect(answer.output.contains("1 of 2 series is slower"))
      let page = try project.text(of: "compare.html")
      #expect(page.contains("<h1>1 of 2 series is slower"))
      #expect(page.contains(">slower by"))
      #expect(page.contains(/aria-label="head [0-9a-f]{9}: [0-9]+ processes, median/))
      #expect(page.contains("Group with &lt;/title&gt; care"))
      #expect(!page.contains("href=\"http"))
      #expect(try leftovers(in: project) == [])

      let links = ["BENCHDB_COMMIT_URL": "https://git.example.org/demo/{commit}"]
      _ = try project.benchdb(
        "compare", "HEAD~1", "--html", "compare.html", environment: links)
      let linked = try project.text(of: "compare.html")
      for name in ["HEAD", "HEAD~1"] {
        #expect(linked.contains("https://git.example.org/demo/\(try project.hash(name))"))
      }
    }
  }

  @Test("trend --html writes the page of the history beside what the terminal shows")
  func trend() throws {
    try withProject { project in
      try project.record()
      try project.git("tag", "v1.0")
      try project.commit("Close </title> early")
      try project.record()
      let answer = try project.benchdb("trend", "--html", "trend.html")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.errors.contains("The page is in trend.html."))
      #expect(answer.output.contains("0 of 2 series have shifted"))
      let page = try project.text(of: "trend.html")
      #expect(page.contains("<title>demo · benchmark history</title>"))
      #expect(page.contains("Since v1.0"))
      #expect(page.contains("Close &lt;/title&gt; early"))
      #expect(page.matches(of: /<details class="series"/).count == 2)
      #expect(page.contains(try project.hash("HEAD")))
      #expect(!page.contains("href=\"http"))

      // A project that says where its commits can be read gets links to them, and what is no such
      // place is refused.
      let links = ["BENCHDB_COMMIT_URL": "https://git.example.org/demo/{commit}"]
      #expect(try project.benchdb("trend", "--html", "trend.html", environment: links).status == 0)
      let linked = try project.text(of: "trend.html")
      #expect(linked.contains("href=\"https://git.example.org/demo/\(try project.hash("HEAD"))\""))
      let refused = try project.benchdb(
        "trend", "--html", "trend.html",
        environment: ["BENCHDB_COMMIT_URL": "javascript:alert('{commit}')"])
      #expect(refused.status == 2)
      #expect(refused.reason.contains("BENCHDB_COMMIT_URL"))
    }
  }

  @Test("a page is replaced by the next one; any other file only by force")
  func replaces() throws {
    try withProject { project in
      try project.record()
      try project.record()
      try project.write("my notes", to: "notes.html")
      let refused = try project.benchdb("compare", "HEAD", "--html", "notes.html")
      #expect(refused.status == 2)
      #expect(refused.reason.contains("is there already and is not a page of benchdb"))
      #expect(refused.reason.contains("--force"))
      #expect(try project.text(of: "notes.html") == "my notes")

      for arguments in [["--force"], []] {
        let answer = try project.benchdb(["compare", "HEAD", "--html", "notes.html"] + arguments)
        #expect(answer.status == 0, "\(answer)")
        #expect(try project.text(of: "notes.html").hasPrefix("<!DOCTYPE html>"))
      }
      try project.write("", to: "empty.html")
      #expect(try project.benchdb("compare", "HEAD", "--html", "empty.html").status == 0)
    }
  }

  @Test(
    "a path where no page can be, and --force without a page, are refused before anything else")
  func refuses() throws {
    try withProject { project in
      let folder = try project.benchdb("compare", "--html", ".")
      #expect(folder.status == 2 && folder.reason.contains("is a folder"))
      let alone = try project.benchdb("compare", "--force")
      #expect(alone.status == 2 && alone.errors.contains("--force belongs to --html."))
      try project.record()
      let missing = try project.benchdb("compare", "HEAD", "--html", "no/such/folder/page.html")
      #expect(missing.status == 2 && missing.reason.contains("check its folder"))
    }
  }

  private func leftovers(in project: Project) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: project.root.path)
      .filter { $0.hasPrefix(".compare.html") }
  }
}
