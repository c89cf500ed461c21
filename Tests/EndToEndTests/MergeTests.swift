import BenchTestSupport
import Foundation
import Testing

/// `benchdb merge` as a person types it.
@Suite struct MergeTests {
  @Test("what another machine measured compares here, and a damaged file changes nothing")
  func merges() throws {
    try withProject { project in
      try project.record("--db", "other.sqlite")
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()
      let bytes = try Data(contentsOf: project.root.appending(path: "other.sqlite"))
      try bytes.prefix(bytes.count / 2).write(to: project.root.appending(path: "cut.sqlite"))

      let cut = try project.benchdb("merge", "cut.sqlite")
      #expect(cut.status == 2, "\(cut)")
      #expect(cut.reason.contains("cut.sqlite is truncated"), "\(cut)")
      let missing = try project.benchdb("merge", "other.sqlite", "none.sqlite")
      #expect(missing.status == 2 && missing.reason.contains("none.sqlite"), "\(missing)")
      #expect(try project.rows("SELECT count(*) FROM run") == ["1"])

      let dry = try project.benchdb("merge", "--dry-run", "other.sqlite")
      let processes = try project.rows("SELECT count(*) FROM process", in: "other.sqlite")[0]
      #expect(
        dry.output.contains("other.sqlite: 1 new run and \(processes) new processes"), "\(dry)")
      #expect(try project.rows("SELECT count(*) FROM run") == ["1"])
      let merged = try project.benchdb("merge", "other.sqlite")
      #expect(merged.status == 0, "\(merged)")
      #expect(try project.benchdb("merge", "other.sqlite").output == "other.sqlite: nothing new")
      #expect(try project.benchdb("compare", "HEAD~1", "HEAD").status == 1)
      #expect(try Data(contentsOf: project.root.appending(path: "other.sqlite")) == bytes)
    }
  }
}
