import Foundation
import Testing

/// Flags, environment, `benchdb.toml`: what is understood, what is refused, and who wins.
@Suite struct SettingsTests {
  @Test("what is misspelt is refused with what was probably meant")
  func misspelt() throws {
    let cases: [(arguments: [String], expected: String)] = [
      (["rekord"], "there is no command 'rekord'. Did you mean 'record'?"),
      (["record", "--profile", "smok"], "Did you mean 'smoke'?"),
      (["record", "--suite", "througput"], "no suite 'througput'. Did you mean throughput?"),
      (["compare", "mian"], "There is no commit 'mian'. Did you mean main?"),
      (["compare", "releese"], "There is a baseline 'release'."),
      (["show", "throughput/groped"], "Did you mean 'throughput/grouped'?"),
      (["compare", "--flor", "3%"], "Did you mean '--floor'?"),
      (
        ["baseline", "sett", "x"],
        "there is no command 'sett' of `benchdb baseline`. Did you mean 'set'?"
      ),
    ]
    try withProject { project in
      try project.record()
      try #require(try project.benchdb("baseline", "set", "release").status == 0)
      for (arguments, expected) in cases {
        let answer = try project.benchdb(arguments)
        #expect(answer.status == 2, "\(arguments): \(answer)")
        #expect(answer.errors.contains(expected), "\(arguments): \(answer)")
        #expect(answer.output.isEmpty, "\(arguments): \(answer)")
        #expect(answer.reason.hasPrefix("benchdb: "), "\(arguments): \(answer)")
      }
    }
  }

  @Test("suites and a filter may come from the environment, and a misspelt variable is pointed out")
  func selection() throws {
    try withProject { project in
      let record = try project.benchdb(
        "record", "--profile", "smoke",
        environment: ["BENCHDB_FILTER": "grouped", "BENCHDB_FLOR": "3%"])
      #expect(record.status == 0, "\(record)")
      #expect(record.output.contains("throughput/grouped"), "\(record)")
      #expect(!record.output.contains("throughput/simple"), "\(record)")
      #expect(
        record.errors.contains(
          "BENCHDB_FLOR is not a setting of benchdb. Did you mean BENCHDB_FLOOR?"),
        "\(record)")
      let other = try project.benchdb(
        "record", "--profile", "smoke", environment: ["BENCHDB_SUITE": "latency, memory"])
      #expect(other.status == 2, "\(other)")
      #expect(other.reason.contains("There is no suite 'latency'"), "\(other)")
    }
  }

  @Test("a value that is none is refused with an example")
  func wrongValues() throws {
    let cases: [(arguments: [String], expected: [String])] = [
      (["compare", "--floor", "5"], ["--floor: '5' is not a value for it", "such as 1%"]),
      (["compare", "--floor", "200µs"], ["--floor: '200µs'", "such as 1%"]),
      (["compare", "--alpha", "1.5"], ["--alpha: '1.5' is not a value for it", "such as 5%"]),
      (["compare", "--require-coverage", "0.8"], ["--require-coverage: '0.8'", "such as 80%"]),
      (["compare", "--floor", "200%"], ["--floor: '200%'", "up to 100%"]),
      (["compare", "--color", "blue"], ["--color: 'blue'", "auto, always or never"]),
      (["compare", "--format", "yaml"], ["yaml", "text", "json"]),
      (["record", "--processes", "0"], ["--processes: '0'", "from 1 to 1000"]),
      (["record", "--seed", "one"], ["--seed: 'one'", "a whole number"]),
      (["record", "--filter", "("], ["The filter '(' is not a regular expression"]),
      (["list", "--last", "0"], ["--last: expected a whole number above 0"]),
      (["list", "--last", "-3"], ["--last: expected a whole number above 0"]),
      (["compare", "--floor", "-1%"], ["--floor: '-1%' is not a value for it"]),
      (["accept", "--list", "foo"], ["--list is about all that is accepted; leave out 'foo'."]),
    ]
    try withProject { project in
      for (arguments, expected) in cases {
        let answer = try project.benchdb(arguments)
        #expect(answer.status == 2, "\(arguments): \(answer)")
        for text in expected {
          #expect(answer.errors.contains(text), "\(arguments): \(answer)")
        }
        #expect(answer.output.isEmpty, "\(arguments): \(answer)")
      }
    }
  }

  @Test("an unknown or ill-typed key of benchdb.toml is refused, and named")
  func wrongFiles() throws {
    let cases: [(text: String, expected: String)] = [
      ("[compare]\nflor = \"2%\"\n", "unknown key [compare] flor. Did you mean 'floor'?"),
      ("[compar]\nfloor = \"2%\"\n", "Did you mean 'compare'?"),
      ("projct = \"x\"\n", "benchdb.toml: unknown key projct. Did you mean 'project'?"),
      ("[compare]\nfloor = 2\n", "benchdb.toml, [compare] floor: '2' is not a value for it"),
      ("[compare]\nfloor = [\"2%\"]\n", "[compare] floor: expected a single value"),
      ("project = \n", "benchdb.toml:1:"),
      ("db = 3\n", "benchdb.toml: db: expected a string that is not empty"),
      ("commit-url = \"javascript:{commit}\"\n", "benchdb.toml, commit-url: 'javascript:"),
      ("[[executable]]\npaht = \"x\"\n", "Did you mean 'path'?"),
      ("[[executable]]\npath = \"x\"\ntimeout = 20\n", "with its unit, such as \"120s\""),
    ]
    try withProject { project in
      for (text, expected) in cases {
        try project.write(text, to: "benchdb.toml")
        let answer = try project.benchdb("compare")
        #expect(answer.status == 2, "\(text): \(answer)")
        #expect(answer.reason.contains(expected), "\(text): \(answer)")
      }
    }
  }

  @Test("a filter of benchdb.toml that is none is not blamed on the flag")
  func wrongFilter() throws {
    try withProject { project in
      try project.record()
      try project.write(Project.configuration + "[trend]\nfilter = \"(\"\n", to: "benchdb.toml")
      let answer = try project.benchdb("trend")
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains("benchdb.toml, [trend] filter: '(' is not a value for it"))
      for (arguments, expected) in [
        (["--filter", "["], "--filter: '[' is not a value for it; expected a regular expression"),
        (["--last", "-3"], "--last: '-3' is not a value for it"),
      ] {
        let refused = try project.benchdb(["trend"] + arguments)
        #expect(refused.status == 2 && refused.reason.contains(expected), "\(refused)")
      }
    }
  }

  @Test("a file that is none of ours is refused without advice that would not mend it")
  func wrongInputs() throws {
    try withProject { project in
      for (arguments, expected) in [
        (["merge", "nope.sqlite"], "there is no file nope.sqlite; nothing was merged"),
        (["merge", "worker.sh"], "worker.sh is not a results database"),
        (["import", "/dev/null"], "this is not benchdb JSON Lines"),
      ] {
        let answer = try project.benchdb(arguments)
        #expect(answer.status == 2 && answer.errors.contains(expected), "\(answer)")
        #expect(!answer.errors.contains("--db") && !answer.errors.contains("--skip-bad"))
      }
    }
  }

  @Test("a flag wins over the environment, that over benchdb.toml, that over the default")
  func precedence() throws {
    try withProject { project in
      func floor(_ arguments: String..., environment: [String: String] = [:]) throws -> Double {
        let answer = try project.benchdb(
          ["compare", "HEAD", "--format", "json"] + arguments, environment: environment)
        return try JSONDecoder().decode(RuleDocument.self, from: Data(answer.output.utf8))
          .rule.floor.value
      }
      try project.record()
      #expect(try floor() == 0.01)
      try project.write(Project.configuration + "[compare]\nfloor = \"3%\"\n", to: "benchdb.toml")
      #expect(try floor() == 0.03)
      #expect(try floor(environment: ["BENCHDB_FLOOR": "4%"]) == 0.04)
      #expect(try floor("--floor", "5%", environment: ["BENCHDB_FLOOR": "4%"]) == 0.05)
    }
  }

  @Test("BENCHDB_DB and 'db' name the database, and --db beats both")
  func database() throws {
    try withProject { project in
      func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: project.root.appending(path: name).path)
      }
      try project.write("db = \"file.sqlite\"\n" + Project.configuration, to: "benchdb.toml")
      try project.record("--db", "flag.sqlite", environment: ["BENCHDB_DB": "variable.sqlite"])
      #expect(exists("flag.sqlite") && !exists("variable.sqlite") && !exists("file.sqlite"))
      try project.record(environment: ["BENCHDB_DB": "variable.sqlite"])
      #expect(exists("variable.sqlite") && !exists("file.sqlite"))
      try project.record()
      #expect(exists("file.sqlite") && !exists(".benchdb/results.sqlite"))
      for arguments in [
        ["--db", "none.sqlite", "list"], ["baseline", "--db", "none.sqlite", "list"],
      ] {
        let answer = try project.benchdb(arguments)
        #expect(answer.reason.contains("none.sqlite"), "\(arguments): \(answer)")
      }
    }
  }

  @Test("what a gate asks beyond 'no regression' decides its status")
  func requirements() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      // One benchmark alone, and of that too few processes to decide anything small.
      try project.record("--filter", "simple")
      let covered = try project.benchdb("compare", "--require-coverage", "90%")
      #expect(covered.status == 4, "\(covered)")
      #expect(covered.output.contains("– 1 undecided, 1 gone."))
      #expect(
        covered.reason
          == "benchdb: exit 4: judged 1 of 2, less than the 90.0 % that --require-coverage asks")
      #expect(try project.benchdb("compare", "--require-coverage", "50%").status == 0)

      try project.record("--filter", "grouped")
      #expect(try project.benchdb("compare").status == 1)
      let advisory = try project.benchdb("compare", "--exit-zero")
      #expect(advisory.status == 0)
      #expect(
        advisory.reason == "benchdb: exit 0: 1 series is slower (1 without --exit-zero)")
    }
  }

  @Test("--require-conclusive asks for a decision on every series")
  func conclusive() throws {
    try withProject { project in
      try project.record()
      // More than the floor, less than what two sessions of unknown noise can tell.
      try project.setCost(of: "grouped", to: 31_000_000)
      try project.commit("Group with care")
      try project.record()
      let never = ["compare", "--confirm", "never"]
      #expect(try project.benchdb(never).status == 0)
      let answer = try project.benchdb(never + ["--require-conclusive"])
      #expect(answer.status == 5, "\(answer)")
      #expect(answer.reason.contains(/exit 5: [12] series (is|are) undecided/))
    }
  }

  private struct RuleDocument: Decodable {
    let rule: Rule
    struct Rule: Decodable { let floor: ComparisonDocument.Number }
  }
}
