import BenchRunner
import Foundation
import Testing

/// Two recorders on one database.
@Suite struct ConcurrencyTests {
  @Test("two records at once are both stored completely, and not mixed")
  func twoRecorders() throws {
    try withProject { project in
      let script = """
        "$@" --processes 6 & first=$!
        "$@" --processes 7; second=$?
        wait $first && exit $second
        """
      let both = try ChildProcess(
        ["sh", "-c", script, "sh", Executable.benchdb.path, "record", "--profile", "smoke"],
        environment: Project.environment, workingDirectory: project.root.path, timeout: 120
      ).capture()
      #expect(both.exit.isSuccess, "\(both.standardError)")
      #expect(try project.rows(StoredQuery.integrity) == ["ok"])
      #expect(
        try project.rows(
          """
          SELECT count(*), count(DISTINCT plan_order), max(plan_order), count(DISTINCT session.id),
            run.status
          FROM run JOIN session ON run_id = run.id JOIN process ON session_id = session.id
          GROUP BY run.id ORDER BY 1
          """) == ["16,16,15,1,completed", "18,18,17,1,completed"])
      #expect(try project.rows("SELECT count(*) FROM sample WHERE metric = 'cpu'") == ["156"])
      #expect(try project.benchdb("compare", "HEAD").status == 0)
    }
  }

  @Test("a reader is not kept waiting by a recorder, nor a recorder by readers")
  func readers() throws {
    try withProject { project in
      try project.record()
      let script = """
        "$1" record --profile smoke --processes 10 & recorder=$!
        reads=0
        while kill -0 $recorder 2>/dev/null
        do "$1" list >/dev/null || exit 9; reads=$((reads + 1))
        done
        wait $recorder && [ $reads -gt 0 ]
        """
      let both = try ChildProcess(
        ["sh", "-c", script, "sh", Executable.benchdb.path], environment: Project.environment,
        workingDirectory: project.root.path, timeout: 120
      ).capture()
      #expect(both.exit.isSuccess, "\(both.standardError)")
      #expect(try project.rows("SELECT count(*) FROM process") == ["34"])
    }
  }
}
