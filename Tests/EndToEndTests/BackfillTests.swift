import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// `backfill`: the commits of a range that were never recorded.
@Suite struct BackfillTests {
  @Test(
    "it records what is missing, newest first, notes what does not build, and then has nothing to do"
  )
  func missing() throws {
    try withProject { project in
      try project.makeHistory()
      try project.record("--commit", "HEAD~1")
      let answer = try project.backfill("start..HEAD")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.errors.contains("5 commits: 1 recorded before, 4 to record, newest first."))
      #expect(answer.output.contains("recorded 3 commits, skipped 1 that can't be measured"))
      #expect(answer.output.contains(/Change 3 +`sh build.sh` ended with status 3/))
      #expect(
        try project.rows(
          """
          SELECT subject FROM run JOIN git_commit ON git_commit.id = run.commit_id
          WHERE purpose = 'backfill' ORDER BY run.id
          """) == ["Change 5", "Change 3", "Change 2", "Change 1"])
      #expect(
        try project.rows("SELECT status, count(*) FROM run GROUP BY 1")
          == ["completed,4", "failed,1"])

      let again = try project.backfill("start..HEAD")
      #expect(again.status == 0, "\(again)")
      #expect(again.output.contains("skipped 1 that can't be measured"), "\(again)")
      #expect(again.errors.contains("did not build on "))
      #expect(!again.errors.contains("Building"))
      let retried = try project.backfill("start..HEAD", "--retry-failed")
      #expect(retried.output.contains("ended with status 3"), "\(retried)")
    }
  }

  @Test("what compare takes for HEAD and for another database's latest run stays the same")
  func gates() throws {
    try withProject { project in
      try project.makeHistory()
      try project.record()
      let head = try project.shortHash("HEAD")
      #expect(try project.backfill("start..HEAD~1").status == 0)
      let compared = try project.benchdb("compare", "HEAD~1")
      #expect(compared.output.hasPrefix("comparing \(head) "), "\(compared)")
      try FileManager.default.copyItem(
        at: project.database, to: project.root.appending(path: "../other.sqlite"))
      let other = try project.benchdb("compare", "../other.sqlite", "HEAD")
      #expect(other.output.hasPrefix("comparing \(head) "), "\(other)")
      #expect(other.output.contains("with \(head) (../other.sqlite, its latest run"), "\(other)")
      // Nor is there anything that `record` could take for its own.
      #expect(try project.benchdb("record", "--resume").status == 2)
    }
  }

  @Test("--steps takes evenly spaced commits, and more steps fill the gaps")
  func steps() throws {
    try withProject { project in
      try project.makeHistory()
      let two = try project.backfill("start..HEAD", "--steps", "2")
      #expect(two.status == 0, "\(two)")
      #expect(try project.recordedSubjects() == ["Change 1", "Change 5"])
      let again = try project.backfill("start..HEAD", "--steps", "2")
      #expect(again.errors.contains("2 commits: 2 recorded before, 0 to record"), "\(again)")
      #expect(try project.backfill("start..HEAD", "--steps", "5").status == 0)
      #expect(
        try project.recordedSubjects() == ["Change 1", "Change 2", "Change 4", "Change 5"])
      #expect(try project.backfill("start..HEAD", "--steps", "0").status == 2)
    }
  }

  @Test("interrupted, the same command completes the commit it was at, and goes on")
  func resumed() throws {
    try withProject { project in
      try project.makeHistory()
      let stopped = try project.stopped(
        ["backfill", "--profile", "smoke", "start..HEAD"], by: "INT", atWorker: 6)
      #expect(stopped.status == 130, "\(stopped)")
      #expect(stopped.reason.contains("the same command goes on from there"))
      #expect(
        try project.rows("SELECT status, count(*) FROM run GROUP BY 1 ORDER BY 1").last
          == "interrupted,1")
      let answer = try project.backfill("start..HEAD")
      #expect(answer.status == 0, "\(answer)")
      #expect(
        try project.recordedSubjects() == ["Change 1", "Change 2", "Change 4", "Change 5"])
      // Each commit has one run, and each process of its plan was measured once.
      #expect(
        try project.rows("SELECT count(*) - count(DISTINCT commit_id) FROM run") == ["0"])
      #expect(
        try project.rows(
          """
          SELECT count(*) FROM (SELECT run_id, plan_order FROM process
            JOIN session ON session.id = process.session_id GROUP BY 1, 2 HAVING count(*) > 1)
          """) == ["0"])
    }
  }

  @Test("a time limit ends it between commits; a range that is none is refused")
  func limits() throws {
    try withProject { project in
      try project.makeHistory()
      let ended = try project.backfill("start..HEAD", "--time-limit", "1ns")
      #expect(ended.status == 0, "\(ended)")
      #expect(ended.output.contains("recorded 0 commits, the time is over with 5 left"))
      #expect(try project.backfill("HEAD").reason.contains("is no range; write A..B"))
      #expect(try project.backfill("HEAD..start").reason.contains("is empty"))
      let broken = try project.backfill("HEAD~3..HEAD~2")
      #expect(broken.status == 3, "\(broken)")
      #expect(broken.reason.contains("no commit of the range could be measured"))
    }
  }
}

extension Project {
  /// Five commits after the tag `start`, of which the third does not build.
  fileprivate func makeHistory() throws {
    try git("tag", "start")
    let build = try text(of: "build.sh")
    for number in 1...5 {
      if number == 3 { try write("exit 3\n", to: "build.sh") }
      if number == 4 { try write(build, to: "build.sh") }
      try setCost(of: "simple", to: 8_000_000 + number)
      try commit("Change \(number)")
    }
  }

  fileprivate func backfill(_ arguments: String...) throws -> Answer {
    try benchdb(["backfill", "--profile", "smoke"] + arguments)
  }

  fileprivate func recordedSubjects() throws -> [String] {
    try rows(
      """
      SELECT DISTINCT subject FROM run JOIN git_commit ON git_commit.id = run.commit_id
      WHERE status = 'completed' ORDER BY 1
      """)
  }
}
