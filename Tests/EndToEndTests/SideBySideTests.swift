import BenchTestSupport
import Foundation
import GRDBSQLite
import Testing

/// What `compare --paired` does beyond measuring two builds in turn: a second chance, several
/// sessions, scripts, HEAD's benchmarks.
@Suite struct SideBySideTests {
  @Test("a process that fails once is run again, and its benchmark is judged")
  func retry() throws {
    try withProject { project in
      let mark = project.root.appending(path: ".benchdb/failed").path
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing(
          "note \"started", with: "[ -e '\(mark)' ] || { : >'\(mark)'; exit 9; }\nnote \"started"),
        to: "worker.sh")
      try project.commit("Fail once")
      let answer = try project.sideBySide("HEAD~1")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.errors.contains("failed on HEAD in round 1: ended with status 9. It is run"))
      #expect(answer.output.contains("decided 2 of 2."), "\(answer)")
      #expect(try project.rows("SELECT status FROM run") == ["completed"])
      #expect(try project.rows("SELECT count(*) FROM failure") == ["1"])
    }
  }

  @Test("a benchmark that is broken on both sides ends with status 3, whichever ran first")
  func brokenOnBoth() throws {
    try withProject { project in
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing(
          "note \"started", with: "case $request in *grouped*) exit 9;; esac\nnote \"started"),
        to: "worker.sh")
      try project.commit("Break a benchmark")
      try project.write(project.text(of: "worker.sh") + "# The same.\n", to: "worker.sh")
      try project.commit("Comment")
      for _ in 0..<3 {
        let answer = try project.sideBySide("HEAD~1")
        #expect(answer.status == 3, "\(answer)")
        #expect(answer.reason.contains("1 benchmark failed to run"), "\(answer)")
      }
    }
  }

  @Test("a change must show in every session, and a comparison of several is gone on with")
  func sessions() throws {
    try withProject { project in
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      let answer = try project.sideBySide("HEAD~1", "--sessions", "2")
      #expect(answer.status == 1, "\(answer)")
      #expect(
        answer.errors.contains("Session 1 of 2.") && answer.errors.contains("Session 2 of 2."))
      #expect(answer.output.contains("a change counts only where 2 sessions show it"), "\(answer)")
      #expect(try project.rows("SELECT status, count(*) FROM run") == ["completed,2"])
      // What is stored of it says the same.
      #expect(try project.benchdb("compare", "HEAD~1").status == 1)

      // As if the second had been killed at its end: the first is not made again.
      try project.alter(
        "UPDATE run SET status = 'interrupted' WHERE id = (SELECT max(id) FROM run)")
      let again = try project.sideBySide("HEAD~1", "--sessions", "2")
      #expect(again.status == 1, "\(again)")
      #expect(!again.errors.contains("Session 1 of 2."), "\(again)")
      #expect(try project.rows("SELECT status, count(*) FROM run") == ["completed,2"])

      // A third session belongs to another comparison, which has no second one yet.
      let ended = try project.sideBySide("HEAD~1", "--sessions", "2", "--time-limit", "1ns")
      #expect(ended.errors.contains("Session 1 of 2."), "\(ended)")
      #expect(ended.status != 1, "\(ended)")
      let stray = try project.benchdb("compare", "HEAD~1", "--sessions", "2")
      #expect(stray.reason.contains("--sessions is an option of --paired"), "\(stray)")
    }
  }

  @Test("scripts that are not built are measured in turn, each beside its own files")
  func scripts() throws {
    try withProject { project in
      try project.measureScript()
      try project.write("cost_grouped=37500000\n", to: "costs.sh")
      try project.commit("Group with care")
      let answer = try project.sideBySide("HEAD~1")
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.output.contains("1 of 2 series is slower."), "\(answer)")
      #expect(!answer.output.contains("one code layout"), "an interpreter has none: \(answer)")
    }
  }

  @Test("what is built reads the files of its own commit, too, from the folder in which it runs")
  func workingDirectory() throws {
    try withProject { project in
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing("cost_grouped=30000000", with: ". ./costs.sh"), to: "worker.sh")
      try project.write("cost_grouped=30000000\n", to: "costs.sh")
      try project.commit("Read costs")
      try project.write("cost_grouped=37500000\n", to: "costs.sh")
      try project.commit("Group with care")
      let answer = try project.sideBySide("HEAD~1")
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.output.contains("1 of 2 series is slower."), "\(answer)")
      let bisected = try project.benchdb(
        "bisect", "--profile", "smoke", "HEAD~1..HEAD", "throughput/grouped")
      #expect(bisected.status == 0, "\(bisected)")
      #expect(bisected.output.contains("Group with care"), "\(bisected)")
    }
  }

  @Test("the benchmarks of HEAD run on both sides, and their folder is all that is taken from it")
  func benchmarksOfHead() throws {
    try withProject { project in
      try project.measureFolder()
      try project.write("names='grouped fresh'\n", to: "bench/names.sh")
      try project.write("# No benchmark.\n", to: "bench/more.sh")
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Replace a benchmark and group with care")

      let both = try project.sideBySide("HEAD~1")
      #expect(both.status == 1, "\(both)")
      #expect(both.output.contains("1 of 2 series is slower."), "\(both)")
      #expect(both.output.contains("decided 2 of 2."), "\(both)")
      #expect(both.output.contains("both sides ran the benchmarks of HEAD"), "\(both)")
      let json = try project.sideBySide(
        "HEAD~1", "--bench-from", "own", "--format", "json")
      #expect(json.output.contains(/"benchmarks" ?: ?"own"/), "\(json)")

      let own = try project.sideBySide("HEAD~1", environment: ["BENCHDB_BENCH_FROM": "own"])
      #expect(own.output.contains("1 gone, 1 new"), "\(own)")
      #expect(own.output.contains("each side ran its own benchmarks."), "\(own)")
      // The user's checkout is as it was.
      #expect(try project.git("status", "--porcelain") == "")
    }
  }

  @Test("benchmarks of HEAD that do not build against BASE are each side's own, and that is said")
  func benchmarksNotBuilding() throws {
    try withProject { project in
      try project.measureFolder()
      try project.write("names='grouped simple'\n[ -e newer ] || exit 7\n", to: "bench/names.sh")
      try project.write("What the benchmarks need.\n", to: "newer")
      try project.commit("Need something new")
      let answer = try project.sideBySide("HEAD~1")
      #expect(answer.status == 0, "\(answer)")
      #expect(
        answer.errors.contains(/The benchmarks of [0-9a-f]+ do not build against/), "\(answer)")
      #expect(
        answer.output.replacing("\n", with: " ").contains(
          "those of HEAD do not build against the base"), "\(answer)")
      #expect(answer.output.contains("decided 2 of 2."), "\(answer)")
    }
  }

  #if os(Linux)
    @Test(
      "what swift build makes is measured in several layouts, and a change seen there has no note",
      .enabled(if: FullTests.isOn))
    func layouts() throws {
      try withProject { project in
        try project.measureSwift(cost: 1_000)
        try project.measureSwift(cost: 1_250)
        // Each layout counts as one observation, and fewer can't convict.
        let varied = try project.sideBySide("HEAD~1", "--layouts", "10")
        #expect(varied.status == 1, "\(varied)")
        #expect(!varied.output.contains("code layout"), "\(varied)")
        // Ten layouts of each side, and not the executable that says whether the code is
        // identical.
        #expect(
          try project.rows(
            "SELECT count(DISTINCT binary_hash) FROM build JOIN process ON build_id = build.id GROUP BY commit_id"
          ) == ["10", "10"])
        let one = try project.sideBySide("HEAD~1", "--layouts", "1")
        #expect(one.output.contains("one code layout"), "\(one)")
        // A commit that changes no code ends before anything is linked in another order.
        try project.write("Read me.\n", to: "README.md")
        try project.commit("Document")
        let same = try project.sideBySide("HEAD~1")
        #expect(same.output.contains("Identical code"), "\(same)")
        #expect(!same.errors.contains("orders of its functions"), "\(same)")
        let calibrated = try project.benchdb("calibrate", "--profile", "smoke")
        #expect(calibrated.status == 0, "\(calibrated)")
      }
    }
  #endif

  @Test(
    "folders of benchmarks, and what they read, lie in the repository",
    arguments: [("benchmarks", "folders"), ("reads", "files and folders")])
  func folders(key: String, kinds: String) throws {
    try withProject { project in
      for folder in ["../other", "/etc", ".", "a//b", ".git"] {
        try project.write(
          Project.configuration + "\(key) = [\"\(folder)\"]\n", to: "benchdb.toml")
        let answer = try project.benchdb("list")
        #expect(answer.status == 2, "\(folder): \(answer)")
        #expect(answer.reason.contains("expected \(kinds) below the root"), "\(answer)")
      }
    }
  }
}

/// Paired sessions that were measured elsewhere.
@Suite struct StoredRoundsTests {
  @Test("an exported paired session is judged elsewhere round by round, red as at home")
  func red() throws {
    try withProject { project in
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      let home = try project.sideBySide("HEAD~1")
      #expect(home.status == 1, "\(home)")
      let away = try project.elsewhere("compare", "HEAD~1")
      #expect(away.status == 1, "\(away)")
      #expect(away.errors.contains("measured both sides in turn; it is judged round by round"))
      #expect(
        away.output.contains(
          /grouped · cpu .* slower by [0-9.]+ % \([0-9.]+–[0-9.]+\)  paired/),
        "\(away)")
      // The same rows from the same rounds.
      #expect(
        away.output.firstMatch(of: /slower by .*/)?.0
          == home.output.firstMatch(of: /slower by .*/)?.0)
      let run = try #require(try project.rows("SELECT uuid FROM run").first).prefix(8)
      #expect(try project.benchdb("compare", "run:\(run)", "--db", "other.sqlite").status == 1)
      #expect(
        try project.benchdb("compare", "HEAD", "HEAD~1", "--db", "other.sqlite").status != 1)

      // What is recorded afterwards is newer, and compared as what is stored is.
      try project.record()
      let later = try project.benchdb("compare", "HEAD~1")
      #expect(!later.errors.contains("round by round"), "\(later)")
      // BASE has nothing but rounds in varied layouts until it is recorded.
      #expect(later.errors.contains("by `compare --paired` only, in varied layouts"), "\(later)")
      #expect(try project.benchdb("record", "--profile", "smoke", "--commit", "HEAD~1").status == 0)
      let recorded = try project.benchdb("compare", "HEAD~1", "--confirm", "never")
      #expect(!recorded.errors.contains("in varied layouts"), "\(recorded)")
      #expect(recorded.output.contains("2 processes"), "\(recorded)")
    }
  }

  @Test("and green as at home; a session of some benchmarks only is judged where it is named")
  func green() throws {
    try withProject { project in
      try project.write(try project.text(of: "worker.sh") + "# The same.\n", to: "worker.sh")
      try project.commit("Comment")
      #expect(try project.sideBySide("HEAD~1").status == 0)
      let away = try project.elsewhere("compare", "HEAD~1")
      #expect(away.status == 0, "\(away)")
      #expect(away.output.contains("2 unchanged (no change larger than"), "\(away)")

      #expect(try project.sideBySide("HEAD~1", "--filter", "simple").status == 0)
      let some = try project.benchdb("compare", "HEAD~1")
      #expect(!some.errors.contains("round by round"), "\(some)")
      let run = try #require(
        try project.rows("SELECT uuid FROM run ORDER BY id DESC LIMIT 1").first)
      let named = try project.benchdb("compare", "run:\(run.prefix(8))")
      #expect(named.status == 0, "\(named)")
      #expect(named.output.contains("decided 1 of 1."), "\(named)")
    }
  }

  @Test(
    "a session of another harness that holds two commits is judged in its stored order",
    arguments: [(change: 1.25, status: Int32(1)), (change: 1.0, status: 0)])
  func foreign(change: Double, status: Int32) throws {
    try withProject { project in
      try project.commit("Elsewhere")
      let hashes = [try project.hash("HEAD~1"), try project.hash("HEAD")]
      var random = SeededRandom(seed: 7)
      var lines = [#"{"benchdb":1,"project":"demo"}"#]
      for order in 0..<60 {
        let head = order % 4 == 1 || order % 4 == 2
        let value = 1_000 * (head ? change : 1) * (1 + 0.003 * random.nextNormal())
        lines.append(
          #"{"commit":"\#(hashes[head ? 1 : 0])","session":"s","process":"p\#(order)","order":\#(order),"#
            + #""benchmark":"a/b","metric":"wall","unit":"ns","values":[\#(value),\#(value)]}"#)
      }
      try project.write(lines.joined(separator: "\n") + "\n", to: "foreign.jsonl")
      #expect(try project.benchdb("import", "foreign.jsonl").status == 0)
      let answer = try project.benchdb("compare", "HEAD~1", "HEAD")
      #expect(answer.status == status, "\(answer)")
      #expect(answer.errors.contains("judged round by round"), "\(answer)")
      #expect(answer.output.contains("decided 1 of 1."), "\(answer)")
    }
  }
}

/// Sessions of another harness whose commits git does not know here.
@Suite struct ForeignCommitTests {
  private let hashes = ["a", "b", "c"].map { String(repeating: $0, count: 40) }

  /// A session in which the commits took turns, each half as slow again as the one before.
  private func session(of commits: [String]) -> String {
    let lines = (0..<30).map { order in
      // Each goes first in turn.
      let turn = order / commits.count
      let position = (order + turn) % commits.count
      let value = 100 * (1 + Double(position) / 2) + Double(order % 7) / 10
      return
        #"{"commit":"\#(commits[position])","session":"s\#(commits.count)","process":"p\#(order)","order":\#(order),"#
        + #""benchmark":"a/b","metric":"wall","unit":"ns","values":[\#(value)]}"#
    }
    return ([#"{"benchdb":1,"project":"demo"}"#] + lines).joined(separator: "\n") + "\n"
  }

  @Test("two commits of one session are judged in turn, named by their run or by their hashes")
  func two() throws {
    try withProject { project in
      try project.write(session(of: Array(hashes.prefix(2))), to: "two.jsonl")
      #expect(try project.benchdb("import", "two.jsonl").status == 0)
      let list = try project.benchdb("list")
      #expect(list.output.contains("aaaaaaaaa, bbbbbbbbb"), "\(list)")
      let run = "run:" + (try #require(try project.rows("SELECT uuid FROM run").first)).prefix(8)
      for names in [[run], [run, run], [hashes[0], hashes[1]], ["aaaaaaa..bbbbbbb"]] {
        let answer = try project.benchdb(["compare"] + names)
        #expect(answer.status == 1, "\(names): \(answer)")
        #expect(answer.errors.contains("judged round by round"), "\(answer)")
        #expect(answer.output.contains("comparing bbbbbbbbb"), "\(answer)")
      }
      let turned = try project.benchdb("compare", hashes[1], hashes[0])
      #expect(turned.status == 0, "\(turned)")
      let mixed = try project.benchdb("compare", run, hashes[0])
      #expect(mixed.status == 2, "\(mixed)")
      #expect(mixed.reason.contains("measured 2 commits, aaaaaaaaa, bbbbbbbbb"), "\(mixed)")
      #expect(try project.benchdb("compare", "aaaaaa", hashes[0]).status == 2)
    }
  }

  @Test("three commits of one session are no side of anything; two of them are named")
  func three() throws {
    try withProject { project in
      try project.write(session(of: hashes), to: "three.jsonl")
      #expect(try project.benchdb("import", "three.jsonl").status == 0)
      let run = "run:" + (try #require(try project.rows("SELECT uuid FROM run").first)).prefix(8)
      let answer = try project.benchdb("compare", run, run)
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains("`benchdb compare aaaaaaaaa bbbbbbbbb`"), "\(answer)")
      let named = try project.benchdb("compare", "aaaaaaaaa", "ccccccccc", "--format", "json")
      #expect(named.output.contains("ccccccccc"), "\(named)")
    }
  }
}

extension Project {
  @discardableResult
  fileprivate func sideBySide(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Answer {
    try benchdb(
      ["compare", "--paired", "--profile", "smoke"] + arguments, environment: environment)
  }

  /// Takes everything to a database of its own and asks there.
  fileprivate func elsewhere(_ arguments: String...) throws -> Answer {
    #expect(try benchdb("export", "--output", "all.jsonl").status == 0)
    #expect(try benchdb("import", "--db", "other.sqlite", "all.jsonl").status == 0)
    try FileManager.default.removeItem(at: root.appending(path: "all.jsonl"))
    try write(try text(of: ".gitignore") + "other.sqlite*\n", to: ".git/info/exclude")
    return try benchdb(arguments + ["--db", "other.sqlite"])
  }

  #if os(Linux)
    /// Commits a Swift package whose benchmark takes so long.
    fileprivate func measureSwift(cost: Int) throws {
      try write(
        """
        [[executable]]
        build = ["swift", "build", "-c", "release"]
        path = ".build/release/app"

        """, to: "benchdb.toml")
      try write(".build/\n.benchdb/\n", to: ".gitignore")
      try write(
        """
        // swift-tools-version: 6.0
        import PackageDescription
        let package = Package(name: "app", targets: [.executableTarget(name: "app", path: "app")])

        """, to: "Package.swift")
      let folder = root.appending(path: "app", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try write(
        ##"""
        import Glibc
        @inline(never) func say(_ text: String) { (text + "\n").withCString { _ = write(3, $0, strlen($0)) } }
        @inline(never) func list() {
          say(#"{"message":"benchmark","key":{"id":"a/b"},"metrics":[{"name":"cpu","unit":"ns","gate":true}]}"#)
          say(#"{"message":"end"}"#)
        }
        @inline(never) func measure() {
          let noise = Double.random(in: 0.997...1.003)
          for order in 0..<6 {
            say(#"{"message":"sample","metric":"cpu","value":\#(\##(cost) * noise),"iterations":1,"order":\#(order)}"#)
          }
          say(#"{"message":"done"}"#)
        }
        if (readLine() ?? "").contains("list") { list() } else { measure() }

        """##, to: "app/main.swift")
      try commit("Take \(cost) ns")
    }
  #endif

  /// Commits a project whose benchmarks are named in a folder of their own.
  fileprivate func measureFolder() throws {
    try write(Self.configuration + "benchmarks = [\"bench/\"]\n", to: "benchdb.toml")
    let folder = root.appending(path: "bench", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write("names='grouped simple'\n", to: "bench/names.sh")
    try write(
      try text(of: "worker.sh").replacing("in grouped simple;", with: "in $names;"), to: "worker.sh"
    )
    try write(
      """
      sh bench/names.sh || exit 1
      { echo '#!/bin/sh'; grep names= bench/names.sh; cat worker.sh; } >new.$$ &&
        chmod +x new.$$ && mv new.$$ built-worker

      """, to: "build.sh")
    try commit("Name the benchmarks in a folder")
  }

  /// Changes what is stored, as no command of benchdb does.
  fileprivate func alter(_ sql: String) throws {
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    #expect(sqlite3_open(database.path, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
  }
}
