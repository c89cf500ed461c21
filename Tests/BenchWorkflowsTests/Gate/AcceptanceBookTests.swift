import BenchModel
import BenchOutput
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("What is accepted")
struct AcceptanceBookTests {
  private func acceptance(
    from: String, to: String, size: Double = 0.6, reason: String = "Say \"why\"\n"
  ) -> Acceptance {
    Acceptance(
      series: SeriesKey(benchmark: WorkflowProject.grouped.key, metric: "allocations"), from: from,
      to: to, size: size, reason: reason, author: "Ada", accepted: Day(StoredExample.start),
      until: nil)
  }

  private func book(_ project: WorkflowProject) throws -> AcceptanceBook {
    AcceptanceBook(workspace: try project.workspace())
  }

  /// Two commits, of which the second allocates half as much again, and the failing comparison.
  private func withRegression(_ body: (WorkflowProject, Commit, Commit) throws -> Void) throws {
    try withWorkflowProject { project in
      let base = try project.commit("Base")
      let head = try project.commit("Head")
      try project.record(base)
      try project.record(head, allocations: 1500)
      try body(project, base, head)
    }
  }

  private func status(
    _ project: WorkflowProject, _ base: String? = nil, _ head: String? = nil
  ) throws -> BenchOutput.ExitStatus? {
    var request = CompareRequest(base: base, head: head, in: try project.workspace())
    request.confirm = "never"
    return try request.run()?.exit.status
  }

  @Test("what is written to the file is read as it was")
  func roundTrip() throws {
    try withWorkflowProject { project in
      let hashes = ["a", "b", "c"].map { String(repeating: $0, count: 40) }
      let acceptances = [
        acceptance(from: hashes[0], to: hashes[1], reason: "Tab\t, \\ and \u{1}"),
        StoredExample.acceptance(3),
        Acceptance(
          series: SeriesKey(benchmark: BenchmarkKey(id: "a/b"), metric: "cpu"), from: hashes[1],
          to: hashes[2], size: 1.2345, author: "Ada", accepted: Day(StoredExample.start),
          until: Day("2030-01-31")),
        acceptance(from: hashes[1], to: hashes[2], size: Acceptance.unlimited),
      ]
      try project.write(AcceptanceFile.text(acceptances), to: AcceptanceFile.name)
      let read = try book(project).standing()
      #expect(Set(read) == Set(acceptances))
      #expect(read.map(\.series.description) == read.map(\.series.description).sorted())
    }
  }

  @Test(
    "a gate is not opened by a mistake in the file",
    arguments: [
      ("accepted = ", "benchdb.accepted.toml:1:"),
      ("acepted = 1", "unknown key acepted; it holds entries headed [[accepted]]."),
      ("accepted = 1", "expected entries, each headed [[accepted]]."),
      ("accepted = [1]", "expected entries, each headed [[accepted]]."),
      ("[[accepted]]\nreson = \"x\"", "entry 1: unknown key reson. Did you mean 'reason'?"),
      ("[[accepted]]\nid = \"x\"", "entry 1: id: expected a UUID."),
      ("[[accepted]]\nby = \"x\"", "entry 1: id: expected a string that is not empty."),
    ])
  func mistakes(_ text: String, expected: String) throws {
    try withWorkflowProject { project in
      try project.write(text + "\n", to: AcceptanceFile.name)
      expectFailure(expected) { _ = try book(project).standing() }
    }
  }

  @Test(
    "every value of an entry is checked",
    arguments: [
      ("up-to", "up-to = 9.2", "up-to: expected a percentage with its unit"),
      ("up-to", "up-to = \"9.2\"", "a percentage with its unit, such as \"9.20%\""),
      ("accepted", "accepted = \"today\"", "a day in quotation marks, such as"),
      ("from", "from = \"abc\"", "from: expected a commit's whole hash."),
      ("parameters", "parameters = { records = 1 }", "parameters: expected a table of strings."),
      ("parameters", "parameters = 1", "parameters: expected a table of strings."),
    ])
  func values(_ key: String, line: String, expected: String) throws {
    try withWorkflowProject { project in
      let hash = String(repeating: "a", count: 40)
      let lines = AcceptanceFile.text([acceptance(from: hash, to: hash)])
        .split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.hasPrefix("\(key) = ") ? line : String($0) }
      try project.write(lines.joined(separator: "\n"), to: AcceptanceFile.name)
      expectFailure("entry 1: ") { _ = try book(project).standing() }
      expectFailure(expected) { _ = try book(project).standing() }
    }
  }

  @Test("a file that is no text is refused")
  func noText() throws {
    try withWorkflowProject { project in
      try Data([0xFF, 0xFE]).write(to: project.root.appending(path: AcceptanceFile.name))
      expectFailure("can't be read; it is text in UTF-8") { _ = try book(project).standing() }
    }
  }

  @Test("a change that was accepted does not fail, and a further one does")
  func accepting() throws {
    try withRegression { project, base, head in
      #expect(try status(project) == .regression)
      let answer = try AcceptRequest(
        "throughput/grouped", reason: "Groups are checked now", in: project.workspace()
      ).run()
      #expect(answer.lines.count == 1)
      #expect(
        answer.lines.first?.hasPrefix(
          "accepted: throughput/grouped records=1000 · allocations (") == true)
      #expect(try status(project) == .success)
      let acceptance = try #require(try book(project).standing().first)
      #expect(acceptance.from == base.hash && acceptance.to == head.hash)
      #expect(acceptance.reason == "Groups are checked now")
      try project.record(try project.commit("Worse"), allocations: 2000)
      #expect(try status(project) == .regression)
    }
  }

  @Test("a change from zero is accepted whatever it comes to, also by the file and an export")
  func fromZero() throws {
    try withWorkflowProject { project in
      try project.record(try project.commit("Base"), allocations: 0)
      try project.record(try project.commit("Head"), allocations: 12)
      #expect(try status(project) == .regression)
      let answer = try AcceptRequest("throughput/grouped", in: project.workspace()).run()
      let line = try #require(answer.lines.first)
      #expect(line.contains("(rose from 0 to 12 allocations), by any size in "), "\(line)")
      #expect(try status(project) == .success)
      _ = try book(project).export()
      #expect(try project.text(of: AcceptanceFile.name).contains("up-to = \"any\""))
      #expect(try book(project).standing().map(\.size) == [Acceptance.unlimited])
      #expect(try status(project) == .success)
      try ExportRequest(output: project.path("out.jsonl"), in: project.workspace()).write()
      try ImportRequest(
        [project.path("out.jsonl")], in: project.workspace(database: "other.sqlite")
      ).run()
      let copied = try project.withStore("other.sqlite") { try $0.acceptances() }
      #expect(copied.map(\.acceptance.size) == [Acceptance.unlimited])
    }
  }

  @Test("without a comparison to accept, or with a name that is not in it, that is said")
  func nothingToAccept() throws {
    try withRegression { project, _, _ in
      func accept(_ name: String, _ base: String? = nil, _ head: String? = nil) throws {
        _ = try AcceptRequest(name, base: base, head: head, in: project.workspace()).run()
      }
      expectFailure("no comparison of commits is remembered here. Run `benchdb compare` first") {
        try accept("throughput/grouped")
      }
      _ = try status(project)
      expectFailure("These are: 'throughput/grouped records=1000 · allocations'.") {
        try accept("throughput/groped")
      }
      expectFailure("no series is slower in") { try accept("throughput/grouped", "HEAD", "HEAD") }
      try accept("throughput/grouped", "HEAD~1", "HEAD")
      #expect(try status(project) == .success)
    }
  }

  @Test("the last day of an acceptance must be to come")
  func lastDay() throws {
    try withRegression { project, _, _ in
      _ = try status(project)
      let today = try #require(Day("2026-06-15"))
      func accept(until: String) throws -> PlainAnswer {
        try AcceptRequest(
          "throughput/grouped", until: until, today: today, in: project.workspace()
        ).run()
      }
      for text in ["2026-06-14", "tomorrow"] {
        expectFailure("--until: '\(text)' is no day to come") { _ = try accept(until: text) }
      }
      _ = try accept(until: "2026-06-15")
      #expect(try book(project).standing().first?.until == today)
    }
  }

  @Test("what is withdrawn fails again, though the file still has it")
  func withdrawing() throws {
    try withRegression { project, _, _ in
      _ = try status(project)
      _ = try AcceptRequest("throughput/grouped", in: project.workspace()).run()
      #expect(
        try book(project).export().lines == [
          "1 acceptance written to benchdb.accepted.toml; commit it with the change."
        ])
      expectFailure("nothing is accepted of 'x'; `benchdb accept --list` shows what is.") {
        _ = try book(project).withdraw("x")
      }
      let answer = try book(project).withdraw("throughput/grouped")
      #expect(answer.lines.first?.hasPrefix("withdrawn: throughput/grouped") == true)
      #expect(answer.notes.count == 1)
      #expect(project.exists(AcceptanceFile.name))
      #expect(try book(project).standing() == [])
      #expect(try status(project) == .regression)
    }
  }

  @Test("an acceptance is also withdrawn by the first digits of its id")
  func withdrawingByID() throws {
    try withWorkflowProject { project in
      let acceptance = StoredExample.acceptance(1)
      try project.withStore { try $0.add(acceptance) }
      let digits = String(acceptance.idText.prefix(8)).uppercased()
      expectFailure("nothing is accepted") {
        _ = try book(project).withdraw(String(digits.prefix(7)))
      }
      #expect(try book(project).withdraw(digits).lines.count == 1)
      #expect(try book(project).standing() == [])
    }
  }

  @Test("acceptances are listed as text and as data")
  func listing() throws {
    try withWorkflowProject { project in
      let acceptance = StoredExample.acceptance(1)
      try project.withStore { try $0.add(acceptance) }
      let list = try book(project).list()
      #expect(list.text(.text, width: 160).contains("throughput/grouped"))
      #expect(list.text(.json).contains(acceptance.idText))
    }
  }

  @Test("an entry that came with the change counts though its commits were rebased")
  func rebased() throws {
    try withRegression { project, base, head in
      let hashes = ["a", "b"].map { String(repeating: $0, count: 40) }
      let entry = acceptance(from: hashes[0], to: hashes[1])
      try project.write(AcceptanceFile.text([entry]), to: AcceptanceFile.name)
      #expect(try status(project, base.hash, head.hash) == .success)
      // Committed on both sides, it is about a change before BASE.
      let next = try project.commit("With the file")
      try project.record(next)
      let worse = try project.commit("Worse")
      try project.record(worse, allocations: 1500)
      #expect(try status(project, next.hash, worse.hash) == .regression)
    }
  }
}
