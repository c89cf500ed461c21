import BenchTestSupport
import Foundation
import Testing

/// Results that travel.
@Suite struct InterchangeTests {
  @Test("what was exported compares elsewhere as it did at home")
  func travels() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Do more")
      try project.record()
      let home = try project.benchdb("compare", "HEAD~1")
      #expect(home.status == 1, "\(home)")

      #expect(try project.benchdb("export", "--output", "all.jsonl").status == 0)
      for _ in 0..<2 {
        let imported = try project.benchdb("import", "--db", "other.sqlite", "all.jsonl")
        #expect(imported.status == 0, "\(imported)")
      }
      let away = try project.benchdb(
        "compare", "--db", "other.sqlite", "HEAD~1", "HEAD", "--confirm", "never", "--fail-on",
        "suspected")
      #expect(away.status == 1, "\(away)")
      #expect(away.output.contains("throughput/grouped · cpu"), "\(away)")
      let again = try project.benchdb("export", "--db", "other.sqlite", "--output", "again.jsonl")
      #expect(again.status == 0, "\(again)")
      #expect(try project.text(of: "again.jsonl") == project.text(of: "all.jsonl"))
    }
  }

  @Test("a bad line is named by its number and nothing of its file is stored")
  func badLine() throws {
    try withProject { project in
      try project.record()
      #expect(try project.benchdb("export", "--output", "all.jsonl").status == 0)
      let text = try project.text(of: "all.jsonl")
      try project.write(text + "{\"commit\":7}\n", to: "bad.jsonl")
      let line = text.split(separator: "\n").count + 1
      let refused = try project.benchdb("import", "--db", "other.sqlite", "bad.jsonl")
      #expect(refused.status == 2, "\(refused)")
      #expect(refused.errors.contains("bad.jsonl:\(line)"), "\(refused)")
      #expect(try project.benchdb("list", "--db", "other.sqlite").output.contains("No runs yet"))
      let skipped = try project.benchdb(
        "import", "--skip-bad", "--db", "other.sqlite", "bad.jsonl")
      #expect(skipped.status == 0, "\(skipped)")
      #expect(!(try project.benchdb("list", "--db", "other.sqlite").output.contains("No runs")))
    }
  }
}
