import BenchRunner
import BenchTestSupport
import Foundation
import GRDBSQLite
import Testing

/// `compare --paired`: both sides built, measured in turn and judged, whatever was recorded before.
@Suite struct PairedTests {
  @Test("a commit that is 25 % slower is found without anything recorded, and nothing else is")
  func slower() throws {
    try withProject { project in
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      let answer = try project.paired("HEAD~1")
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.output.contains("1 of 2 series is slower."))
      #expect(
        answer.output.contains(
          /throughput\/grouped · cpu .* slower by [0-9.]+ % \([0-9.]+–[0-9.]+\)  paired, \d+\+\d+/
        ), "\(answer)")
      #expect(!answer.output.contains("throughput/simple"))
      #expect(answer.reason == "benchdb: exit 1: 1 series is slower")

      // Everything is stored: one session of one run for HEAD, with both commits, every round
      // whole.
      #expect(
        try project.rows("SELECT purpose, status, count(*) FROM run") == ["confirm,completed,1"])
      #expect(try project.rows("SELECT count(*) FROM session") == ["1"])
      #expect(
        try project.rows(
          "SELECT DISTINCT arm, \"commit\" FROM process JOIN history ON history.process = process.uuid ORDER BY 1"
        )
          == [
            "base,\(try project.hash("HEAD~1"))", "control,\(try project.hash("HEAD~1"))",
            "head,\(try project.hash("HEAD"))",
          ])
      #expect(try project.rows(Self.lopsidedRounds) == ["0"])
    }
  }

  /// The processes of a round run at once, so that a round is one number; six have too few signs
  /// for the first look.
  @Test("unchanged cost in another executable is no change, and ends at the second look")
  func unchanged() throws {
    try withProject { project in
      try project.changeNothingButBytes()
      let answer = try project.paired("HEAD~1")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("2 unchanged (no change larger than"))
      #expect(answer.errors.contains("After 10 rounds: all is said."))
      #expect(try project.rows("SELECT max(round) FROM process") == ["9"])
    }
  }

  @Test("executables with the same bytes are identical code, and nothing is measured or stored")
  func identical() throws {
    try withProject { project in
      // A compiled one: a script may read other files of its tree, so only an equal tree makes it
      // identical.
      try project.write(
        """
        [[executable]]
        build = ["cp", "\(Executable.fixtureWorker.path)", "built-fixture"]
        path = "built-fixture"

        """, to: "benchdb.toml")
      try project.write("built-*\n.benchdb/\n", to: ".gitignore")
      try project.commit("Measure something compiled")
      try project.write(
        project.text(of: "benchdb.toml") + "reads = [\"data\"]\n", to: "benchdb.toml")
      try project.write("1\n", to: "data")
      try project.commit("Read data")
      try project.write("Read me.\n", to: "README.md")
      try project.commit("Document")
      let answer = try project.paired("HEAD~1", "--suite", "good")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("Identical code: the executables"), "\(answer)")
      #expect(answer.reason.contains("exit 0: no regression"), "\(answer)")
      #expect(!answer.errors.contains("Measuring"), "\(answer)")
      #expect(try project.rows("SELECT count(*) FROM run") == ["0"])

      try project.write("2\n", to: "data")
      try project.commit("Change the data")
      let changed = try project.paired("HEAD~1", "--suite", "good", "--time-limit", "1ns")
      #expect(!changed.output.contains("Identical code"), "\(changed)")
      #expect(changed.errors.contains("Measuring"), "\(changed)")
    }
  }

  @Test("interrupted after any round it goes on from there, and the answer stands on whole rounds")
  func resumed() throws {
    try withProject { project in
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      let stopped = try project.interruptedPaired("HEAD~1", afterWorkers: 17)
      #expect(stopped.status == 130, "\(stopped)")
      #expect(stopped.reason.contains("what was measured is stored, and the same command goes on"))
      #expect(try project.rows("SELECT purpose, status FROM run") == ["confirm,interrupted"])
      // It is nothing that `record` could go on with.
      #expect(try project.benchdb("record", "--resume").status == 2)

      let answer = try project.paired("HEAD~1")
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.errors.contains(/Going on with run [0-9a-f]{8}, which was interrupted after/))
      #expect(answer.output.contains("1 of 2 series is slower."))
      #expect(try project.rows("SELECT status, count(*) FROM run") == ["completed,1"])
      #expect(try project.rows("SELECT count(*) FROM session") == ["2"])
      #expect(try project.rows(Self.lopsidedRounds) == ["0"])
      // A torn round is run again whole; what is finished is not.
      let twice = try project.rows(
        "SELECT count(*) - count(DISTINCT plan_order) FROM process")
      #expect((0...2).contains(Int(twice[0]) ?? -1), "\(twice)")

      // What is finished is finished: the next comparison is another.
      #expect(try project.paired("HEAD~1").status == 1)
      #expect(try project.rows("SELECT count(*) FROM run") == ["2"])
    }
  }

  @Test("out of time it says what is open, and the same command goes on")
  func timeLimit() throws {
    try withProject { project in
      try project.changeNothingButBytes()
      let ended = try project.paired("HEAD~1", "--time-limit", "1ns")
      #expect(ended.status == 4, "\(ended)")
      #expect(ended.errors.contains("The time is over after 0 rounds; the same command goes on"))
      #expect(ended.output.contains("Nothing judged: 2 not measured."), "\(ended)")
      let answer = try project.paired("HEAD~1", "--rounds", "9")
      #expect(answer.status == 0, "\(answer)")
    }
  }

  @Test("an A/A control that differs from its base makes every verdict 'cannot tell', never red")
  func contaminated() throws {
    try withProject { project in
      // Noise of ±15 %, so that nothing is decided before the last look.
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing("(rand() - 0.5) * 0.006", with: "(rand() - 0.5) * 0.3"),
        to: "worker.sh")
      try project.commit("Be noisy")
      try project.changeNothingButBytes()
      try project.paired("HEAD~1")
      #expect(
        try project.rows("SELECT status, max(round) >= 9 FROM run, process") == ["completed,1"])

      // As if the machine had favoured whoever is not BASE; the comparison is gone on with, and has
      // all its rounds already.
      try project.change(
        """
        UPDATE measurement SET shift = shift + 0.7
          WHERE process_id IN (SELECT id FROM process WHERE arm = 'control');
        UPDATE run SET status = 'interrupted';
        """)
      let answer = try project.paired("HEAD~1")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("Cannot tell: all 2 judged series are undecided."))
      #expect(
        answer.output.replacing("\n", with: " ").contains(
          "a second copy of the base differed from the base"), "\(answer)")
    }
  }

  @Test("benchmarks of one side only are new or gone, one that fails is failed, others are judged")
  func oneSided() throws {
    try withProject { project in
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing("in grouped simple;", with: "in grouped fresh;")
          .replacing(
            "note \"started",
            with: "case $request in *throughput/grouped*) exit 9 ;; esac\nnote \"started"),
        to: "worker.sh")
      try project.commit("Replace a benchmark, break another")
      let answer = try project.paired("HEAD~1")
      #expect(answer.status == 3, "\(answer)")
      #expect(answer.output.contains("1 failed, 1 gone, 1 new"), "\(answer)")
      #expect(answer.output.contains("failed: ended with status 9"))
      #expect(answer.reason == "benchdb: exit 3: 1 benchmark failed to run")
    }
  }

  @Test("uncommitted changes, runs and other databases are refused with advice")
  func refusals() throws {
    try withProject { project in
      try project.record()
      try project.commit("Change nothing")
      let run = try project.benchdb("compare", "--paired", "run:0", "HEAD")
      #expect(run.status == 2, "\(run)")
      try project.setCost(of: "simple", to: 9_000_000)
      let dirty = try project.paired("HEAD~1")
      #expect(dirty.status == 2, "\(dirty)")
      #expect(dirty.reason.contains("there are uncommitted changes"))
      #expect(dirty.reason.contains("Commit or stash them"))
      // Naming both sides leaves them out.
      let named = try project.paired("HEAD~1", "HEAD")
      #expect(named.output.contains("Identical code"), "\(named)")

      let stray = try project.benchdb("compare", "HEAD~1", "--rounds", "10")
      #expect(stray.status == 2)
      #expect(stray.reason.contains("--rounds is an option of --paired"))
      let few = try project.benchdb("compare", "--paired", "HEAD~1", "--rounds", "5")
      #expect(few.status == 2)
      #expect(few.reason.contains("expected a whole number from 6 to 30"))
      let unit = try project.benchdb("compare", "--paired", "HEAD~1", "--time-limit", "5")
      #expect(unit.status == 2)
      #expect(unit.reason.contains("a time with its unit, such as 5min"))
    }
  }

  @Test("a stored comparison that leaves something open names the command that decides it")
  func advice() throws {
    try withProject { project in
      try project.recordSlower()
      let stored = try project.benchdb("compare", "HEAD~1", "--confirm", "never")
      #expect(stored.status == 0, "\(stored)")
      let advice = try #require(
        stored.output.firstMatch(of: /next: benchdb (compare --paired [0-9a-f]+ [0-9a-f]+)/))
      let answer = try project.benchdb(
        advice.output.1.split(separator: " ").map(String.init) + ["--profile", "smoke"])
      #expect(answer.status == 1, "\(answer)")
    }
  }

  @Test("JSON says that it was paired, and the same as the text")
  func json() throws {
    try withProject { project in
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      let answer = try project.paired("HEAD~1", "--format", "json")
      #expect(answer.status == 1, "\(answer)")
      #expect(
        answer.output.contains(#""mode":"paired""#) || answer.output.contains(#""mode" : "paired""#)
      )
      let document = try JSONDecoder().decode(
        ComparisonDocument.self, from: Data(answer.output.utf8))
      #expect(document.rows.first?.series == "throughput/grouped · cpu")
      #expect(document.rows.first?.answer == "slower")
    }
  }

  /// Timing rounds that not exactly one session measured whole, the A/A control among it where it
  /// takes part.
  private static let lopsidedRounds = """
    SELECT count(*) FROM (
      SELECT benchmark_id, round FROM (
        SELECT benchmark_id, round, session_id, count(DISTINCT arm) AS arms,
          CASE WHEN round < 10 THEN round % 3 <> 2 ELSE round % 3 = 0 END AS has_control
        FROM process WHERE pass = 'timing' GROUP BY 1, 2, 3)
      GROUP BY 1, 2 HAVING sum(arms = 2 + has_control) <> 1)
    """
}

/// `--confirm`: what a stored comparison suspects is measured again, side by side.
@Suite struct ConfirmTests {
  @Test(
    "a suspect is measured again, nothing else is, and the paired verdict stands")
  func suspect() throws {
    try withProject { project in
      try project.recordSlower()
      #expect(try project.benchdb("compare", "HEAD~1", "--confirm", "never").status == 0)
      let answer = try project.benchdb(
        "compare", "HEAD~1", "--confirm", "always", "--profile", "smoke",
        environment: ["COLUMNS": "160"])
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.errors.contains("1 benchmark may have changed; measuring again"))
      #expect(
        answer.output.contains(/throughput\/grouped · cpu .* slower by .* confirmed, paired/),
        "\(answer)")
      #expect(answer.output.contains("1 unchanged") || answer.output.contains("simple"))
      #expect(
        try project.rows(
          "SELECT DISTINCT benchmark FROM history JOIN process ON process.uuid = history.process "
            + "WHERE arm IS NOT NULL") == ["throughput/grouped"])
    }
  }

  @Test("auto confirms in scripts as in continuous integration, with what was recorded")
  func auto() throws {
    try withProject { project in
      try project.recordSlower()
      let builds = try FileManager.default.contentsOfDirectory(
        atPath: project.root.appending(path: ".benchdb/builds").path)
      for (environment, runs) in [([:], "3"), (["CI": "true"], "4")] {
        let answer = try project.benchdb(
          "compare", "HEAD~1", "--profile", "smoke", environment: environment)
        #expect(answer.status == 1, "\(answer)")
        #expect(answer.errors.contains("measuring again, side by side"))
        #expect(!answer.errors.contains("Building"), "\(answer)")
        #expect(try project.rows("SELECT count(*) FROM run") == [runs])
      }
      let after = try FileManager.default.contentsOfDirectory(
        atPath: project.root.appending(path: ".benchdb/builds").path)
      #expect(Set(after) == Set(builds), "nothing was built")
    }
  }

  @Test("a confirmation that was interrupted is gone on with by the same command")
  func interrupted() throws {
    try withProject { project in
      try project.recordSlower()
      let arguments = ["compare", "HEAD~1", "--profile", "smoke"]
      let stopped = try project.stopped(arguments, by: "INT", atWorker: 9)
      #expect(stopped.status == 130, "\(stopped)")
      #expect(stopped.errors.contains("the same command goes on from there"), "\(stopped)")
      let answer = try project.benchdb(arguments)
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.errors.contains("Going on with run"), "\(answer)")
      #expect(try project.rows("SELECT count(*) FROM run") == ["3"])
    }
  }

  @Test("continuous integration confirms by default, unless it is told not to")
  func automatic() throws {
    try withProject { project in
      try project.recordSlower()
      let arguments = ["compare", "HEAD~1", "--profile", "smoke"]
      let inCI = ["CI": "true"]
      let never = try project.benchdb(arguments + ["--confirm", "never"], environment: inCI)
      #expect(never.status == 2, "--profile has nothing to measure: \(never)")
      let stored = try project.benchdb(
        "compare", "HEAD~1", environment: ["CI": "true", "BENCHDB_CONFIRM": "never"])
      #expect(stored.status == 0, "\(stored)")
      let confirmed = try project.benchdb(arguments, environment: inCI)
      #expect(confirmed.status == 1, "\(confirmed)")
      #expect(confirmed.errors.contains("1 benchmark may have changed; measuring again"))
    }
  }

  @Test("where a side does not build any more, auto leaves the stored comparison, always fails")
  func notBuilding() throws {
    try withProject { project in
      let build = try project.text(of: "build.sh")
      try project.write("[ -z \"$BROKEN\" ] || exit 7\n" + build, to: "build.sh")
      try project.commit("Build where it is not broken")
      try project.recordSlower()
      try FileManager.default.removeItem(at: project.root.appending(path: ".benchdb/builds"))
      let arguments = ["compare", "HEAD~1", "--profile", "smoke", "--confirm"]
      let broken = ["CI": "true", "BROKEN": "1"]
      let auto = try project.benchdb(arguments + ["auto"], environment: broken)
      #expect(auto.status == 0, "\(auto)")
      #expect(auto.errors.contains("Nothing was measured again, side by side."))
      let always = try project.benchdb(arguments + ["always"], environment: broken)
      #expect(always.status == 3, "\(always)")
    }
  }

  @Test("what looks unchanged is not measured again, and what is no commit can't be")
  func nothingToConfirm() throws {
    try withProject { project in
      try project.record()
      try project.changeNothingButBytes()
      try project.record()
      // Even noise may raise a suspicion now and then; a paired session clears it.
      let quiet = try project.benchdb(
        "compare", "HEAD~1", "--confirm", "always", "--profile", "smoke")
      #expect(quiet.status == 0, "\(quiet)")
      let run = try #require(try project.rows("SELECT uuid FROM run ORDER BY id").first)
      let refused = try project.benchdb("compare", "run:\(run.prefix(8))", "--confirm", "always")
      #expect(refused.status == 2, "\(refused)")
      #expect(refused.reason.contains("both must be commits of this repository"))
    }
  }
}

/// `calibrate`: how often the gate cries wolf.
@Suite struct CalibrateTests {
  @Test("calibrations are counted, and not shown where they do not apply")
  func counted() throws {
    try withProject { project in
      let twice = try project.benchdb("calibrate", "--profile", "smoke", "--times", "2")
      #expect(twice.status == 0, "\(twice)")
      #expect(
        twice.output.contains("with itself 2 times: 0 false alarms in 4 judged series"), "\(twice)")
      #expect(
        twice.output.contains(
          /Measured false-alarm rate here: 0 of 4 series, under [0-9.]+ % \(95 % confidence\)/))
      let again = try project.benchdb("calibrate", "--profile", "smoke")
      #expect(again.output.contains("with itself once: 0 false alarms in 2 judged series"))
      #expect(again.output.contains("0 of 6 series"))
      #expect(
        try project.rows("SELECT purpose, status, count(*) FROM run GROUP BY 1, 2")
          == ["calibrate,completed,3"])

      try project.changeNothingButBytes()
      let compared = try project.paired("HEAD~1")
      // It was measured with one layout, of which two builds have one each.
      #expect(!compared.output.contains("false-alarm"), "\(compared)")
    }
  }

  @Test("a calibration that runs out of time does not count until it is gone on with")
  func unfinished() throws {
    try withProject { project in
      let ended = try project.benchdb(
        "calibrate", "--profile", "smoke", "--time-limit", "1ns", "--times", "3")
      #expect(ended.status == 0, "\(ended)")
      #expect(ended.output.contains("0 of 0 series"), "\(ended)")
      let zero = try project.benchdb("calibrate", "--times", "0")
      #expect(zero.status == 2)
    }
  }
}

extension Project {
  /// Where workers note that they started and finished.
  fileprivate var log: URL { root.appending(path: ".benchdb/workers.log") }

  @discardableResult
  fileprivate func paired(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Answer {
    try benchdb(
      ["compare", "--paired", "--profile", "smoke"] + arguments, environment: environment)
  }

  /// Records two commits, the second 3 % slower: too little for a stored comparison to convict.
  fileprivate func recordSlower() throws {
    try record()
    try setCost(of: "grouped", to: 30_900_000)
    try commit("Group with some care")
    try record()
  }

  /// Commits an executable with other bytes that costs the same.
  fileprivate func changeNothingButBytes() throws {
    try write(try text(of: "worker.sh") + "# The same.\n", to: "worker.sh")
    try commit("Comment")
  }

  /// Changes what is stored, as no command of benchdb does.
  func change(_ sql: String) throws {
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    #expect(sqlite3_open(database.path, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
  }

  /// Runs `compare --paired` and sends it Ctrl-C once so many workers have started.
  fileprivate func interruptedPaired(_ base: String, afterWorkers count: Int) throws -> Answer {
    let script = """
      log=$1 workers=$2
      shift 2
      "$@" & recorder=$!
      until [ "$(grep -c started "$log" 2>/dev/null)" -ge "$workers" ] 2>/dev/null
      do kill -0 $recorder || exit 99; sleep 0.002
      done
      kill -s INT $recorder
      wait $recorder
      """
    return try Answer(
      ChildProcess(
        ["sh", "-c", script, "sh", log.path, String(count), Executable.benchdb.path]
          + ["compare", "--paired", "--profile", "smoke", base],
        environment: Self.environment.merging(["DEMO_LOG": log.path]) { $1 },
        workingDirectory: root.path, timeout: 60
      ).capture(tailBytes: 64 << 10))
  }
}
