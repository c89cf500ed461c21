import Foundation
import Testing

/// Everything that can name a side of a comparison, and what happens where it was never measured.
@Suite struct SidesTests {
  @Test("an unmeasured base falls back on its nearest measured ancestor, with the distance")
  func nearestAncestor() throws {
    try withProject { project in
      try project.record()
      let measured = try project.shortHash("HEAD")
      for number in 1...3 { try project.commit("Change nothing, \(number)") }
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()
      let answer = try project.benchdb("compare", "HEAD~1")
      #expect(answer.status == 1, "\(answer)")
      let unmeasured = try project.shortHash("HEAD~1")
      // The heading is wrapped at 120 columns.
      #expect(
        answer.output.replacing("\n", with: " ").contains(
          "with \(measured) (nearest measured ancestor of \(unmeasured) (HEAD~1), 3 commits before"
        ), "\(answer)")
    }
  }

  @Test("where neither base nor an ancestor was measured, the commands that help are given")
  func neverMeasured() throws {
    try withProject { project in
      try project.commit("Change nothing")
      try project.record()
      let answer = try project.benchdb("compare", "HEAD~1")
      #expect(answer.status == 4)
      let base = try project.shortHash("HEAD~1")
      #expect(answer.reason.contains("neither \(base) (HEAD~1) nor an ancestor"))
      #expect(answer.reason.contains("`benchdb record --commit \(base)` measures it"))

      // The advice is good.
      try project.record("--commit", base)
      #expect(try project.benchdb("compare", "HEAD~1").status == 0)
    }
  }

  @Test("an unmeasured head is not replaced by anything")
  func unmeasuredHead() throws {
    try withProject { project in
      try project.record()
      try project.commit("Change nothing")
      let answer = try project.benchdb("compare", "HEAD~1")
      #expect(answer.status == 4)
      #expect(answer.reason.contains("\(try project.shortHash("HEAD")) was never measured."))
      #expect(answer.reason.contains("`benchdb record` measures it"))
    }
  }

  @Test("an empty side of a range is a mistake, and one commit on both sides is said")
  func oneCommit() throws {
    try withProject { project in
      try project.record()
      for range in ["..HEAD", "HEAD..", ".."] {
        for arguments in [
          ["compare", range], ["compare", "--paired", range], ["backfill", range],
        ] {
          let answer = try project.benchdb(arguments)
          #expect(answer.status == 2, "\(arguments): \(answer)")
          #expect(answer.reason.contains("one side is empty; name both"), "\(answer)")
        }
      }
      let answer = try project.benchdb("compare", "HEAD..HEAD")
      #expect(answer.status == 0, "\(answer)")
      #expect(
        answer.output.contains(
          "both sides are the same commit, \(try project.shortHash("HEAD"))"), "\(answer)")
    }
  }

  @Test("A..B names both sides, in that order")
  func range() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "simple", to: 12_000_000)
      try project.commit("Simplify")
      try project.record()
      #expect(try project.benchdb("compare", "HEAD~1..HEAD").status == 1)
      #expect(try project.benchdb("compare", "HEAD..HEAD~1").output.contains("1 is faster"))
      let dots = try project.benchdb("compare", "HEAD~1...HEAD")
      #expect(dots.status == 2)
      #expect(dots.reason.contains("use two dots"))
    }
  }

  @Test("the first commit has nothing to be compared with")
  func firstCommit() throws {
    try withProject { project in
      try project.record()
      let answer = try project.benchdb("compare")
      #expect(answer.status == 4)
      #expect(answer.reason.contains("is the first commit"))
    }
  }

  @Test("a baseline is set, listed, shown, compared with, moved and removed")
  func baselines() throws {
    try withProject { project in
      let unmeasured = try project.benchdb("baseline", "set", "release")
      #expect(unmeasured.status == 2)
      #expect(unmeasured.reason.contains("never measured"))

      try project.record()
      let old = try project.shortHash("HEAD")
      #expect(
        try project.benchdb("baseline", "set", "release").output == "baseline 'release' is \(old)")
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()

      let compared = try project.benchdb("compare", "release")
      #expect(compared.status == 1)
      #expect(compared.output.contains("with \(old) (release, baseline, 3 processes)"))
      let list = try project.benchdb("baseline", "list")
      #expect(list.output.contains(try Regex("release +\(old) .* Measure two benchmarks")))
      let shown = try project.benchdb("baseline", "show", "release")
      #expect(shown.output.contains(try project.hash("HEAD~1")))

      let moved = try project.benchdb("baseline", "set", "release", "HEAD")
      #expect(
        moved.output
          == "baseline 'release' is \(try project.shortHash("HEAD")), which was \(old)")
      #expect(try project.benchdb("baseline", "remove", "release").status == 0)
      let gone = try project.benchdb("baseline", "show", "release")
      #expect(gone.status == 2)
      #expect(gone.reason.contains("there is no baseline 'release'"))
      // The results stay.
      #expect(try project.benchdb("compare", "HEAD~1").status == 1)
    }
  }

  @Test("a run is named by its first digits, and by nothing that names none or two")
  func runs() throws {
    try withProject { project in
      try project.record()
      let run = try #require(try project.rows("SELECT uuid FROM run").first)
      #expect(try project.benchdb("compare", "run:\(run.prefix(6))").status == 0)
      let none = try project.benchdb("compare", "run:0000000000")
      #expect(none.status == 2)
      #expect(none.reason.contains("there is no run '0000000000'; 'benchdb list' shows"))

      // The empty prefix names both.
      try project.record()
      let two = try project.benchdb("compare", "run:")
      #expect(two.status == 2, "\(two)")
    }
  }

  @Test("another results database is a side: its latest run")
  func otherDatabase() throws {
    try withProject { project in
      try project.record("--db", "elsewhere.sqlite")
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.record()
      let answer = try project.benchdb("compare", "elsewhere.sqlite", "--fail-on", "suspected")
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.output.contains("(elsewhere.sqlite, its latest run "))
    }
  }
}
