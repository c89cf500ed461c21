import Foundation
import Testing

/// A change for the worse that was wanted.
@Suite struct AcceptTests {
  /// A project of which HEAD is 25 % slower, recorded on both sides.
  private func withSlower(_ body: (Project) throws -> Void) throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()
      try body(project)
    }
  }

  private static let end = "2099-12-31"

  @Test("an accepted change is not red, a further one is, and withdrawing makes it red again")
  func lifecycle() throws {
    try withSlower { project in
      #expect(try project.benchdb("compare").status == 1)
      let accept = try project.benchdb(
        "accept", "throughput/grouped", "--reason", "care | is needed", "--until", Self.end)
      #expect(accept.status == 0, "\(accept)")
      #expect(accept.output.contains("accepted: throughput/grouped · cpu"), "\(accept)")

      let accepted = try project.benchdb("compare")
      #expect(accepted.status == 0, "\(accepted)")
      #expect(accepted.output.contains("1 slower and accepted."))
      #expect(accepted.output.contains("accepted until \(Self.end): slower by"))
      #expect(accepted.output.contains("care | is needed"))
      #expect(accepted.output.contains("Ada <ada@example.org>"))
      let list = try project.benchdb("accept", "--list")
      #expect(list.output.contains("throughput/grouped · cpu"), "\(list)")
      #expect(
        try project.benchdb("accept", "--list", "--format", "json").output.contains(
          "\"acceptances\""))

      // Half as slow again: in full against its parent, and beyond what was accepted against the
      // one before.
      try project.setCost(of: "grouped", to: 60_000_000)
      try project.commit("Group with too much care")
      try project.record()
      #expect(try project.benchdb("compare", "HEAD~1").status == 1)
      let both = try project.benchdb("compare", "HEAD~2")
      #expect(both.status == 1, "\(both)")
      #expect(both.output.replacing("\n", with: " ").contains("exceeded"), "\(both)")
      // What lies before the range is not concerned.
      #expect(try project.benchdb("compare", "HEAD~2..HEAD~1").status == 0)

      #expect(try project.benchdb("accept", "--undo", "throughput/grouped cpu").status == 0)
      #expect(try project.benchdb("compare", "HEAD~2..HEAD~1").status == 1)
      #expect(try project.benchdb("accept", "--list").output.contains("Nothing is accepted"))
    }
  }

  @Test("what the file says holds on another machine, also after a squash")
  func file() throws {
    try withSlower { project in
      try FileManager.default.copyItem(
        at: project.database, to: project.root.appending(path: ".benchdb/other.sqlite"))
      let other = ["--db", ".benchdb/other.sqlite"]
      let range = try project.benchdb(
        "accept", "throughput/grouped · cpu", "HEAD~1..HEAD", "--reason", "say \"why\"")
      #expect(range.status == 0, "\(range)")
      #expect(try project.benchdb(["compare", "HEAD~1", "HEAD"] + other).status == 1)
      #expect(try project.benchdb("accept", "--export").status == 0)
      let file = try project.text(of: "benchdb.accepted.toml")
      #expect(file.contains("reason = \"say \\\"why\\\"\""), "\(file)")
      #expect(try project.benchdb(["compare", "HEAD~1", "HEAD"] + other).status == 0)

      // The same change under another hash, on a branch that has never seen the accepted commit.
      try project.commit("Accept it")
      try project.git("branch", "topic")
      try project.git("reset", "--quiet", "--hard", "HEAD~2")
      try project.git("merge", "--quiet", "--squash", "topic")
      try project.commit("Group with care, squashed")
      try project.record("--db", ".benchdb/other.sqlite")
      let squashed = try project.benchdb(["compare", "HEAD~1"] + other)
      #expect(squashed.status == 0, "\(squashed)")
      #expect(squashed.output.contains("accepted: slower by"), "\(squashed)")

      // Later changes find the entry on both sides, where it accepts nothing.
      try project.setCost(of: "grouped", to: 47_000_000)
      try project.commit("Group with more care")
      try project.record("--db", ".benchdb/other.sqlite")
      #expect(try project.benchdb(["compare", "HEAD~1"] + other).status == 1)
    }
  }

  @Test("what was accepted travels with an export, and the page of the history marks it")
  func travels() throws {
    try withSlower { project in
      let accept = try project.benchdb(
        "accept", "throughput/grouped", "HEAD~1..HEAD", "--reason", "care is needed")
      #expect(accept.status == 0, "\(accept)")
      #expect(try project.benchdb("export", "--output", "all.jsonl").status == 0)
      let other = ["--db", "other.sqlite"]
      let imported = try project.benchdb(["import", "all.jsonl"] + other)
      #expect(imported.output.contains("1 acceptance,"), "\(imported)")
      #expect(try project.benchdb(["compare", "HEAD~1", "HEAD"] + other).status == 0)
      #expect(
        try project.benchdb(["accept", "--list"] + other).output.contains("care is needed"))

      #expect(try project.benchdb(["trend", "--html", "trend.html"] + other).status == 0)
      let page = try project.text(of: "trend.html")
      #expect(page.contains(">accepted</i>") && page.contains(": care is needed</li>"))
    }
  }

  @Test("what can't be accepted, and a file that can't be read, are mistakes")
  func mistakes() throws {
    try withSlower { project in
      for (arguments, reason) in [
        (["accept"], "which series?"),
        (["accept", "throughput/grouped"], "no comparison of commits is remembered"),
        (["accept", "throughput/simple", "HEAD~1"], "'throughput/simple' is not slower"),
        (["accept", "throughput/grouped", "HEAD~1", "--until", "2020-01-01"], "no day to come"),
        (["accept", "--undo", "throughput/grouped"], "nothing is accepted of"),
        (["accept", "--undo", "--list", "x"], "can't be given together"),
      ] {
        let answer = try project.benchdb(arguments)
        #expect(answer.status == 2 && answer.errors.contains(reason), "\(arguments) \(answer)")
      }
      for (text, reason) in [
        ("[[accepted]]\nunitl = \"x\"\n", "entry 1: unknown key unitl. Did you mean 'until'?"),
        ("[[accepted]]\nid = \"7\"\n", "entry 1: id: expected a UUID"),
        ("accepted = 7\n", "[[accepted]]"), ("[accepted\n", "not valid TOML"),
        ("[[acepted]]\n", "unknown key acepted"),
      ] {
        try project.write(text, to: "benchdb.accepted.toml")
        let answer = try project.benchdb("compare", "HEAD~1", "HEAD")
        #expect(answer.status == 2 && answer.reason.contains(reason), "\(text) \(answer)")
      }
    }
  }
}
