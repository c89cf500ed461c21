import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// `bisect`: the commit that made a series slower, by building and measuring as few as possible.
@Suite struct BisectTests {
  @Test("it finds the planted commit among unbuildable and identical ones, and stores its evidence")
  func found() throws {
    try withProject { project in
      try project.makeHistory()
      let answer = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(answer.status == 0, "\(answer)")
      let culprit = try project.shortHash("slow")
      #expect(answer.output.contains("throughput/grouped · cpu became slower in this commit:"))
      #expect(answer.output.contains("\(culprit)  Group with care"), "\(answer)")
      #expect(answer.output.contains("Ada, "))
      #expect(
        answer.output.contains(
          /the step      slower by [0-9.]+ % \([0-9.]+–[0-9.]+\), \w{9} against \w{9}, paired/),
        "\(answer)")
      #expect(answer.output.contains(/GOOD to BAD   slower by/))
      #expect(answer.output.contains("next: git show \(culprit)"))
      #expect(answer.reason == "benchdb: exit 0: \(culprit) made it slower")
      // Only the benchmark in question was measured, in rounds, and the checkout stayed as it was.
      #expect(
        try project.rows("SELECT DISTINCT benchmark FROM history") == ["throughput/grouped"])
      #expect(
        try project.rows("SELECT count(*) FROM process WHERE arm IS NULL") == ["0"])
      #expect(try project.git("status", "--porcelain").isEmpty)
      #expect(try project.git("symbolic-ref", "--short", "HEAD") == "main")

      // All of it is known now: the same command answers without measuring.
      let processes = try project.rows("SELECT count(*) FROM process")
      let again = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(again.status == 0, "\(again)")
      #expect(again.output.contains("\(culprit)  Group with care"))
      #expect(try project.rows("SELECT count(*) FROM process") == processes)
      // And nothing that compare would take for a measured commit.
      let compared = try project.benchdb("compare", "HEAD~1", "HEAD")
      #expect(compared.status == 4, "\(compared)")
    }
  }

  @Test("each commit can be the one, with an unbuildable and an identical one among the others")
  func everyPosition() throws {
    for position in [1, 4, 6] {
      try withProject { project in
        try project.git("tag", "good")
        for number in 1...6 {
          switch number {
          case position: try project.setCost(of: "grouped", to: 40_000_000)
          case 2: try project.write("exit 3\n", to: "build.sh")
          case 3: try project.git("checkout", "--quiet", "HEAD~1", "--", "build.sh")
          case 5: break  // An empty commit has the same tree, and so the same executable.
          default: try project.touch(number)
          }
          try project.commit("Change \(number)")
        }
        let answer = try project.bisect("good..HEAD", "throughput/grouped")
        #expect(answer.status == 0, "\(answer)")
        let culprit = try project.shortHash("HEAD~\(6 - position)")
        #expect(answer.output.contains("\(culprit)  Change \(position)"), "\(answer)")
      }
    }
  }

  @Test("where what is left does not build, it names the smallest interval, and exits with 5")
  func between() throws {
    try withProject { project in
      try project.git("tag", "good")
      let build = try project.text(of: "build.sh")
      try project.write("echo 'no such module' >&2; exit 3\n", to: "build.sh")
      try project.commit("Break the build")
      try project.setCost(of: "grouped", to: 40_000_000)
      try project.commit("Group with care")
      try project.write(build, to: "build.sh")
      try project.commit("Mend the build")
      try project.touch(1)
      try project.commit("Go on")
      let answer = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(answer.status == 5, "\(answer)")
      #expect(answer.output.contains("became slower in one of these 3 commits:"), "\(answer)")
      #expect(
        answer.output.contains(/skipped .* `sh build.sh` ended with status 3: no such module/))
      #expect(answer.reason == "benchdb: one of 3 commits made it slower")

      // What does not build is noted and not built again, unless asked for.
      let again = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(again.output.contains("did not build on "), "\(again)")
      #expect(!again.errors.contains("Building built-worker of \(try project.shortHash("HEAD~3"))"))
      let retried = try project.bisect("good..HEAD", "throughput/grouped", "--retry-failed")
      #expect(retried.output.contains("`sh build.sh` ended with status 3"), "\(retried)")
    }
  }

  @Test("without an executable to build it is refused as a mistake, and nothing is stored")
  func unconfigured() throws {
    try withProject { project in
      let configuration = try project.text(of: "benchdb.toml")
      try project.write("project = 'demo'\n", to: "benchdb.toml")
      try project.commit("Name no executable")
      try project.git("tag", "good")
      try project.setCost(of: "grouped", to: 40_000_000)
      try project.commit("Group with care")
      let answer = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains("benchdb.toml names nothing to measure"), "\(answer)")
      #expect(try project.rows("SELECT count(*) FROM run") == ["0"])

      // The checkout's configuration stands in for that of commits which have none.
      try project.write(configuration, to: "benchdb.toml")
      let found = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(found.status == 0, "\(found)")
      #expect(found.output.contains("\(try project.shortHash("HEAD"))  Group with care"))
    }
  }

  private static let bisection = [
    "bisect", "--profile", "smoke", "good..HEAD", "throughput/grouped",
  ]

  @Test("interrupted or killed after any worker, the same command goes on and answers the same")
  func resumed() throws {
    try withProject { project in
      try project.makeHistory()
      let culprit = try project.shortHash("slow")
      let stopped = try project.stopped(Self.bisection, by: "INT", atWorker: 20)
      #expect(stopped.status == 130, "\(stopped)")
      #expect(stopped.reason.contains("what was measured is stored, and the same command goes on"))
      let killed = try project.stopped(Self.bisection, by: "KILL", atWorker: 40)
      #expect(killed.status == 137, "\(killed)")
      let answer = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("\(culprit)  Group with care"))
      // No round of the same two commits was measured twice, but those that were torn.
      let twice = try project.rows(
        """
        SELECT count(*) - count(DISTINCT session.run_id || ' ' || plan_order)
        FROM process JOIN session ON session.id = process.session_id
        """)
      #expect((0...4).contains(Int(twice[0]) ?? -1), "\(twice)")
      // One that was stopped during its first process holds nothing to go on with.
      let ended = try project.rows(
        """
        SELECT DISTINCT run.purpose, run.status FROM run
        JOIN session ON session.run_id = run.id JOIN process ON process.session_id = session.id
        """)
      #expect(ended == ["bisect,completed"], "\(ended)")
    }
  }

  @Test("it says when nothing became slower, when the code is the same, and when time is over")
  func nothingToFind() throws {
    try withProject { project in
      try project.git("tag", "good")
      try project.commit("Say nothing")
      let identical = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(identical.status == 0, "\(identical)")
      #expect(identical.output.contains("GOOD and BAD run identical code."))

      try project.touch(1)
      try project.commit("Change nothing")
      let same = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(same.status == 0, "\(same)")
      #expect(same.output.contains("no change larger than"), "\(same)")
      #expect(same.reason == "benchdb: exit 0: BAD is not slower than GOOD")

      try project.setCost(of: "grouped", to: 40_000_000)
      try project.commit("Group with care")
      let ended = try project.bisect("good..HEAD", "throughput/grouped", "--time-limit", "1ns")
      #expect(ended.status == 5, "\(ended)")
      #expect(
        ended.reason.contains("the time is over with 3 commits left; the same command goes on"))
    }
  }

  @Test("an exact metric is decided by the fewest processes, and need not gate")
  func exact() throws {
    try withProject { project in
      let worker = try project.text(of: "worker.sh").replacing(
        #"{"name":"allocations","unit":"count"}"#,
        with: #"{"name":"allocations","unit":"count","exact":0}"#)
      try project.write(worker, to: "worker.sh")
      try project.commit("Count exactly")
      try project.git("tag", "good")
      for number in 1...7 {
        if number == 5 {
          try project.write(
            worker.replacing(#""value":12"#, with: #""value":15"#), to: "worker.sh")
        }
        try project.touch(number)
        try project.commit("Change \(number)")
      }
      let answer = try project.bisect("good..HEAD", "throughput/simple · allocations")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("throughput/simple · allocations became more in this commit:"))
      #expect(answer.output.contains("\(try project.shortHash("HEAD~2"))  Change 5"), "\(answer)")
      #expect(try project.rows("SELECT max(round) FROM process") == ["1"])
    }
  }

  @Test("scripts that are not built run in a copy of their commit's files")
  func scripts() throws {
    try withProject { project in
      try project.measureScript()
      try project.git("tag", "good")
      for number in 1...4 {
        let cost = number < 3 ? 30_000_000 : 37_500_000
        try project.write("cost_grouped=\(cost)  # \(number)\n", to: "costs.sh")
        try project.commit("Change \(number)")
      }
      let answer = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("\(try project.shortHash("HEAD~1"))  Change 3"), "\(answer)")
    }
  }

  @Test("JSON has the commit, the evidence and every probe")
  func json() throws {
    try withProject { project in
      try project.makeHistory()
      let answer = try project.bisect("good..HEAD", "throughput/grouped", "--format", "json")
      #expect(answer.status == 0, "\(answer)")
      let document = try JSONDecoder().decode(
        BisectionDocument.self, from: Data(answer.output.utf8))
      #expect(document.kind == "bisection" && document.outcome == "found")
      #expect(document.commits.map(\.hash) == [try project.hash("slow")])
      #expect(document.commitsInRange == 9)
      #expect(document.check.rounds > 0 && document.check.change.estimate.value > 0.2)
      let answers = Set(document.probes.map(\.answer))
      #expect(answers.isSubset(of: ["slower", "not_slower", "skipped", "identical_code"]))
      #expect(document.probes.allSatisfy { ($0.rounds > 0) == ($0.change != nil) })
    }
  }

  @Test("a range or series that is none is answered with what was meant")
  func mistakes() throws {
    try withProject { project in
      try project.git("tag", "good")
      try project.touch(1)
      try project.commit("Go on")
      let range = try project.bisect("good", "throughput/grouped")
      #expect(range.status == 2)
      #expect(range.reason.contains("'good' is no range; write GOOD..BAD"))
      let backwards = try project.bisect("HEAD..good", "throughput/grouped")
      #expect(backwards.status == 2)
      #expect(backwards.reason.contains("BAD is an older commit than GOOD"))
      let series = try project.bisect("good..HEAD", "throughput/gruoped")
      #expect(series.status == 2)
      #expect(series.reason.contains("Did you mean 'throughput/grouped'?"), "\(series)")
      let several = try project.bisect("good..HEAD", "throughput")
      #expect(several.status == 2)
      #expect(several.reason.contains("fits 2 benchmarks"), "\(several)")
      try project.write("exit 3\n", to: "build.sh")
      try project.commit("Break the build")
      let broken = try project.bisect("good..HEAD", "throughput/grouped")
      #expect(broken.status == 3, "\(broken)")
      #expect(broken.errors.contains("(BAD) can't be measured: `sh build.sh` ended with status 3"))
    }
  }
}

private struct BisectionDocument: Decodable {
  let kind, outcome: String
  let commits: [Commit]
  let commitsInRange: Int
  let check: Evidence
  let probes: [Probe]

  struct Commit: Decodable { let hash: String }
  struct Number: Decodable { let value: Double }
  struct Change: Decodable { let estimate: Number }
  struct Evidence: Decodable {
    let rounds: Int
    let change: Change
  }
  struct Probe: Decodable {
    let answer: String
    let rounds: Int
    let change: Change?
  }
}

extension Project {
  /// Nine commits after the tag `good`; the one tagged `slow` is a quarter slower, two before it do
  /// not build, and two are empty.
  fileprivate func makeHistory() throws {
    try git("tag", "good")
    let build = try text(of: "build.sh")
    for number in 1...9 {
      switch number {
      case 3, 4: try write("exit 3  # \(number)\n", to: "build.sh")
      case 5: try write(build, to: "build.sh")
      case 6: try setCost(of: "grouped", to: 37_500_000)
      case 2, 7: break
      default: try touch(number)
      }
      try commit(number == 6 ? "Group with care" : "Change \(number)")
      if number == 6 { try git("tag", "slow") }
    }
  }

  /// Gives the worker other bytes, which cost the same.
  fileprivate func touch(_ number: Int) throws {
    try write(try text(of: "worker.sh") + "# \(number)\n", to: "worker.sh")
  }

  fileprivate func bisect(_ arguments: String...) throws -> Answer {
    try benchdb(["bisect", "--profile", "smoke"] + arguments)
  }
}
