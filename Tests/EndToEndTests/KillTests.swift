import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// `kill -9` at random moments loses at most the process being measured; Ctrl-C loses nothing.
@Suite struct KillTests {
  @Test("a killed coordinator leaves a sound database with every finished process; the run resumes")
  func coordinator() throws {
    var random = SeededRandom(seed: Self.seed)
    var kills = 0
    try withProject { project in
      for round in 0..<Self.rounds {
        let moment = Moment(using: &random)
        let message = Comment("seed \(Self.seed), round \(round), \(moment)")
        try project.forgetResults()
        let killed = try project.record(Self.processes, signalled: "KILL", at: moment)
        let finished = try project.workers("finished")
        let stored = try project.rows(Self.summary)
        // On a busy machine the recorder may be done before the killer wakes up.
        if stored == [Self.complete] { continue }
        kills += 1
        #expect(killed.status == 137, "\(message): \(killed)")
        // The one that said 'done' may not have been taken note of yet.
        #expect(
          [finished, finished - 1].map { "ok,running,\($0),\($0),0" }.contains(stored.first),
          "\(message), finished \(finished): \(stored)")

        // Nobody has marked the run yet, so the next writer does.
        let resumed = try project.benchdb("record", "--resume")
        #expect(resumed.status == 0, "\(message): \(resumed)")
        #expect(resumed.errors.contains("had lost its recorder and is now marked as interrupted"))
        #expect(try project.rows(Self.summary) == [Self.complete], message)
      }
    }
    #expect(kills > Self.rounds / 2)
  }

  @Test("a killed worker fails its benchmark alone; everything else is stored")
  func worker() throws {
    var random = SeededRandom(seed: Self.seed)
    try withProject { project in
      for round in 0..<Self.rounds {
        let position =
          ["before", "torn", "within", "after"].randomElement(using: &random) ?? "before"
        let death = "\(position)-\(Int.random(in: 1...14, using: &random))"
        let message = Comment("seed \(Self.seed), round \(round), \(death)")
        try project.forgetResults()
        let answer = try project.benchdb(
          ["record"] + Self.processes,
          environment: ["DEMO_LOG": project.log.path, "DEMO_DEATH": death])
        #expect(answer.status == 3, "\(message): \(answer)")
        #expect(answer.reason.contains("1 benchmark failed; everything else is stored"), message)
        #expect(answer.output.contains("was killed by signal 9"), message)
        #expect(try project.rows(Self.summary) == ["ok,failed,13,14,0"], message)
      }
    }
  }

  @Test("Ctrl-C stores what is finished, marks the run interrupted and ends with 130")
  func interrupt() throws {
    try withProject { project in
      var random = SeededRandom(seed: Self.seed)
      let stopped = try project.record(
        ["--profile", "smoke", "--processes", "20"], signalled: "INT",
        at: Moment(workers: 4, using: &random))
      #expect(stopped.status == 130, "\(stopped)")
      #expect(stopped.errors.contains("`benchdb record --resume` completes it"))
      #expect(try project.rows("SELECT status FROM run") == ["interrupted"])
      let stored = try project.rows("SELECT count(*) FROM process WHERE outcome = 'completed'")
      #expect((3..<44).contains(Int(stored[0]) ?? 0), "\(stored)")
      #expect(try project.rows("SELECT count(*) FROM failure") == ["0"])

      let resumed = try project.benchdb("record", "--resume")
      #expect(resumed.status == 0, "\(resumed)")
      #expect(try project.rows(StoredQuery.orders) == ["44,44,0,43"])
      let again = try project.benchdb("record", "--resume")
      #expect(again.status == 2)
      #expect(again.reason.contains("there is no interrupted run to go on with"))
    }
  }

  private static let seed: UInt64 = 20_261_123
  private static let rounds = FullTests.isOn ? 50 : 10
  /// Five timing and two counting processes of both benchmarks: a plan of 14.
  private static let processes = ["--profile", "smoke", "--processes", "5"]
  /// Whether the database is sound; the run's status; how many processes completed, at how many
  /// positions of the plan there is one; and how many measurements lack the rest of what was stored
  /// with them.
  private static let summary = """
    SELECT (SELECT integrity_check FROM pragma_integrity_check) AS integrity, run.status,
      (SELECT count(*) FROM process WHERE outcome = 'completed') AS completed,
      (SELECT count(DISTINCT plan_order) FROM process) AS positions,
      (SELECT count(*) FROM measurement LEFT JOIN sample_array ON measurement_id = measurement.id
       LEFT JOIN process ON process.id = process_id
       WHERE measurement_id IS NULL OR process.id IS NULL OR outcome <> 'completed') AS halves
    FROM run
    """
  /// All of the plan, each exactly once.
  private static let complete = "ok,completed,14,14,0"
}

/// Some milliseconds after some worker has started.
private struct Moment: CustomStringConvertible {
  let workers: Int
  let milliseconds: Int

  /// Without `workers`, after any number of starts that leaves some of a plan of 14.
  init(workers: Int? = nil, using random: inout SeededRandom) {
    self.workers = workers ?? Int.random(in: 1...7, using: &random)
    // A worker takes about 10 ms, storing it about 5.
    milliseconds = Int.random(in: 0...15, using: &random)
  }

  var description: String { "\(milliseconds) ms after the start of worker \(workers)" }
}

extension Project {
  /// Where workers note that they started and finished.
  fileprivate var log: URL { root.appending(path: ".benchdb/workers.log") }

  /// Forgets what was recorded, but not what was built.
  fileprivate func forgetResults() throws {
    for name in ["workers.log", "results.sqlite", "results.sqlite-wal", "results.sqlite-shm"] {
      let file = root.appending(path: ".benchdb").appending(path: name)
      if FileManager.default.fileExists(atPath: file.path) {
        try FileManager.default.removeItem(at: file)
      }
    }
  }

  fileprivate func workers(_ word: String) throws -> Int {
    try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
      .count { $0.hasPrefix(word) }
  }

  /// Starts `record`, sends it a signal at `moment`, and waits for its end.
  fileprivate func record(
    _ arguments: [String], signalled signal: String, at moment: Moment
  ) throws -> Answer {
    let script = """
      signal=$1 log=$2 workers=$3 seconds=$4
      shift 4
      "$@" & recorder=$!
      until [ "$(grep -c started "$log" 2>/dev/null)" -ge "$workers" ] 2>/dev/null
      do kill -0 $recorder || exit 99; sleep 0.002
      done
      sleep "$seconds"
      kill -s "$signal" $recorder
      wait $recorder
      """
    let seconds = "0.\(String(moment.milliseconds + 1000).dropFirst())"
    return try Answer(
      ChildProcess(
        ["sh", "-c", script, "sh", signal, log.path, String(moment.workers), seconds]
          + [Executable.benchdb.path, "record"] + arguments,
        environment: Self.environment.merging(["DEMO_LOG": log.path]) { $1 },
        workingDirectory: root.path, timeout: 60
      ).capture(tailBytes: 64 << 10))
  }
}
