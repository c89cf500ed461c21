import BenchFormats
import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Migrations
import Testing

@Suite("Merging")
struct MergingTests {
  /// Three databases that share some of their content, merged in every order and grouping.
  @Test("in any order and grouping the outcome is the same", arguments: 1...8)
  func anyOrder(_ seed: UInt64) throws {
    try withTemporaryDirectory { folder in
      var random = SeededRandom(seed: seed)
      let history = SharedHistory(seed: seed)
      let parts = try (0..<3).map { try history.store(in: folder, "\($0)", &random) }
      let (a, b, c) = (parts[0], parts[1], parts[2])
      func merged(_ name: String, _ order: [String]) throws -> String {
        let path = folder.appending(path: name).path
        let store = try ResultsStore.open(path, access: .readWrite)
        for other in order { _ = try store.merge(other) }
        try store.close()
        return path
      }
      let reference = try content(merged("abc", [a, b, c]))
      for (number, order) in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]].enumerated() {
        #expect(
          try content(merged("order\(number)", order)) == reference, "seed \(seed), \(number)")
      }
      // (a + b) + c equals a + (b + c), and merging everything twice equals merging it once.
      let right = try merged("a+(b+c)", [a, try merged("b+c", [b, c])])
      #expect(try content(right) == reference, "seed \(seed)")
      #expect(try content(merged("twice", [a, b, a, c, c, b, right])) == reference, "seed \(seed)")
      // Merging an empty database, or into one, changes nothing.
      let empty = try merged("empty", [])
      #expect(try content(merged("with empty", [empty, a, empty])) == content(a), "seed \(seed)")
    }
  }

  @Test("a merge says what it brought, and a dry run brings nothing")
  func counts() throws {
    try withStore { store in
      try withDatabase(processes: 3) { other in
        let dry = try store.merge(other, isDryRun: true)
        #expect(dry.runs == 1 && dry.processes == 3)
        #expect(try store.runs().isEmpty)
        #expect(try store.merge(other) == dry)
        let again = try store.merge(other)
        #expect(again.runs == 0 && again.processes == 0)
        #expect(try store.runs().map(\.processes) == [3])
      }
    }
  }

  @Test("what a file's lines without a process added to it is not lost, whichever way it is merged")
  func grownImports() throws {
    try withTemporaryDirectory { folder in
      func imported(_ name: String, _ values: [String]) throws -> String {
        let path = folder.appending(path: name).path
        let store = try ResultsStore.open(path, access: .readWrite)
        try store.importLines(values.map(Self.line))
        try store.close()
        return path
      }
      let small = try imported("small", ["[5]"])
      let large = try imported("large", ["[5]", "[6,7]"])
      let before = try content(large)
      for (into, from) in [(small, large), (large, small)] {
        let store = try ResultsStore.open(into, access: .readWrite)
        _ = try store.merge(from)
        try store.close()
        #expect(try content(into) == before)
      }
    }
  }

  @Test("a withdrawn acceptance stays withdrawn")
  func withdrawn() throws {
    try withTemporaryDirectory { folder in
      let paths = ["a", "b"].map { folder.appending(path: $0).path }
      let acceptance = Acceptance(
        series: SeriesKey(benchmark: StoredExample.benchmark.key, metric: "wall"), from: "aa",
        to: "bb",
        size: 0.1, reason: "why", author: "Ada", accepted: Day(StoredExample.start),
        until: Day("2026-12-31"))
      for path in paths {
        let store = try ResultsStore.open(path, access: .readWrite)
        try store.add(acceptance)
        #expect(try store.acceptances().map(\.acceptance) == [acceptance])
        try store.close()
      }
      let first = try ResultsStore.open(paths[0], access: .readWrite)
      try first.withdraw([acceptance], at: StoredExample.start)
      _ = try first.merge(paths[1])
      #expect(try first.acceptances().map(\.withdrawn) == [StoredExample.start])
      try first.close()
      let second = try ResultsStore.open(paths[1], access: .readWrite)
      let counts = try second.merge(paths[0])
      #expect(counts.acceptances == 0)
      #expect(try second.acceptances().map(\.withdrawn) == [StoredExample.start])
      try second.close()
    }
  }

  // MARK: The other file

  @Test("the other database is not touched, not even its log")
  func untouched() throws {
    try withStore { store in
      try withDatabase(processes: 2) { other in
        let open = try ResultsStore.open(other, access: .readWrite)
        try open.save(
          StoredExample.process(in: beginSession(open, run: StoredExample.run(7)), order: 9))
        // The database is still open, so its log is not empty.
        let before = try files(beside: other)
        #expect(before.keys.contains { $0.hasSuffix("-wal") })
        let counts = try store.merge(other)
        #expect(counts.runs == 2 && counts.processes == 3)
        #expect(try files(beside: other) == before)
        try open.close()
      }
      #expect(try files(beside: store.path).keys.allSatisfy { !$0.contains("merging") })
    }
  }

  @Test("a file cut off at any page is refused, or merged whole where nothing is missing")
  func truncated() throws {
    try withDatabase(processes: 4) { other in
      let whole = try Data(contentsOf: URL(filePath: other))
      for length in stride(from: 0, to: whole.count, by: 4096) {
        try withStore { store in
          let before = try content(store.path)
          try whole.prefix(length).write(to: URL(filePath: other))
          let cut = try files(beside: other)
          #expect(throws: StoreError.self, "\(length) of \(whole.count)") {
            try store.merge(other)
          }
          #expect(try content(store.path) == before)
          #expect(try files(beside: other) == cut)
        }
      }
    }
  }

  @Test("a file of which half is zeros, as an unfinished copy leaves it, is refused whole")
  func halfWritten() throws {
    try withDatabase(processes: 4) { other in
      let whole = try Data(contentsOf: URL(filePath: other))
      try withStore { store in
        for length in stride(from: 4096, to: whole.count, by: 8192) {
          let torn = whole.prefix(length) + Data(count: whole.count - length)
          try torn.write(to: URL(filePath: other))
          #expect {
            try store.merge(other)
          } throws: { error in
            guard case .corrupt(other, _)? = error as? StoreError else { return false }
            return true
          }
        }
        #expect(try store.runs().isEmpty)
      }
    }
  }

  @Test("what is no database of ours, or of a later benchdb, has its own error")
  func foreign() throws {
    try withStore { store in
      try withFile(Data("not a database, and long enough to be looked at".utf8)) { path in
        #expect(throws: StoreError.notSQLite(path: path)) { try store.merge(path) }
      }
      try withTemporaryDirectory { folder in
        let path = folder.appending(path: "none.sqlite").path
        #expect(throws: StoreError.missing(path: path)) { try store.merge(path) }
        #expect(throws: StoreError.notAFile(path: folder.path)) { try store.merge(folder.path) }
        let other = folder.appending(path: "other.sqlite").path
        try Raw(other).run("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        #expect(throws: StoreError.foreignDatabase(path: other, applicationIdentifier: 0)) {
          try store.merge(other)
        }
        let later = folder.appending(path: "later.sqlite").path
        try ResultsStore.open(later, access: .readWrite).close()
        try Raw(later).run("PRAGMA user_version = 99")
        #expect(
          throws: StoreError.newerSchema(path: later, found: 99, supported: Migration.all.count)
        ) { try store.merge(later) }
      }
      #expect(try store.runs().isEmpty)
    }
  }

  @Test("an older schema is brought up to date in a copy")
  func older() throws {
    try withTemporaryDirectory { folder in
      let old = folder.appending(path: "old.sqlite").path
      try Raw(old).populate(version: 1)
      try Raw(old).run(MigratingTests.measuredProcess)
      let before = try files(beside: old)
      try withStore { store in
        let counts = try store.merge(old)
        #expect(counts.processes == 1)
      }
      #expect(try files(beside: old) == before)
    }
  }

  @Test("every table of the schema is merged, or known not to be")
  func everyTable() throws {
    try withStore { store in
      let tables = try answer(
        store, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      #expect(
        tables == ResultsStore.mergedTables.sorted().map { [.text($0)] },
        "a new table needs its line in MergedTable")
    }
  }

  // MARK: Reading

  private func files(beside path: String) throws -> [String: Data] {
    let folder = URL(filePath: path).deletingLastPathComponent()
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasSuffix("-shm") }
      .reduce(into: [:]) { $0[$1] = try? Data(contentsOf: folder.appending(path: $1)) }
  }

  private static func line(_ values: String) -> String {
    """
    {"commit":"\(StoredExample.commit(1).hash)","machine":"ci","session":"s-1",\
    "started":"2026-11-23T09:05:12.345Z","benchmark":"a/b","metric":"wall","unit":"ms",\
    "values":\(values)}
    """
  }

  /// All contents but the row ids, sorted.
  private func content(_ path: String) throws -> String {
    let store = try ResultsStore.open(path, access: .readOnly)
    defer { try? store.close() }
    let lines = try LogicalContent.queries.map { query in
      try answer(store, query).map { row in row.map { "\($0)" }.joined(separator: "|") }
        .sorted().joined(separator: "\n")
    }
    return lines.joined(separator: "\n--\n")
  }
}

/// The contents of a database without row ids.
private enum LogicalContent {
  static let queries = [
    "SELECT hash, tree, author, authored_ms, committed_ms, subject FROM git_commit",
    """
    SELECT git_commit.hash, position, git_parent.hash FROM git_parent
    JOIN git_commit ON git_commit.id = commit_id
    """,
    "SELECT architecture, cpu_model, cores, memory_gib, runner_image FROM machine_class",
    "SELECT name, parameters, version, label, source_file, source_line FROM benchmark",
    """
    SELECT name, parameters, version, metric, unit, direction, is_gate, tolerance FROM series
    JOIN benchmark ON benchmark.id = benchmark_id
    """,
    """
    SELECT run.uuid, git_commit.hash, difference_hash, purpose, status, profile, seed, tool_version,
      planned_processes, selection, recorder, started_ms, finished_ms
    FROM run JOIN git_commit ON git_commit.id = commit_id
    """,
    """
    SELECT session.uuid, run.uuid, cpu_model, state, session.started_ms FROM session
    JOIN run ON run.id = run_id JOIN machine_class ON machine_class.id = machine_class_id
    """,
    """
    SELECT process.uuid, session.uuid, binary_hash, git_commit.hash, toolchain.name, label, pass,
      plan_order, process.started_ms, seconds, outcome, outcome_text, process.state, facts, round, arm
    FROM process JOIN session ON session.id = session_id JOIN build ON build.id = build_id
    JOIN git_commit ON git_commit.id = build.commit_id JOIN toolchain ON toolchain.id = toolchain_id
    JOIN benchmark ON benchmark.id = benchmark_id
    """,
    """
    SELECT process.uuid, metric, level, warm_up_count, sample_count, iterations_total, minimum,
      lower_quartile, median, maximum, mean, deviation, measurement.is_gate, measurement.tolerance,
      value_array, iterations
    FROM measurement JOIN process ON process.id = process_id JOIN series ON series.id = series_id
    LEFT JOIN sample_array ON measurement_id = measurement.id
    """,
    """
    SELECT name, hash, difference_hash, created_ms, note FROM baseline
    JOIN git_commit ON git_commit.id = commit_id
    """,
    "SELECT * FROM acceptance",
  ]
}

/// A history of which several databases hold parts, each in another state.
private struct SharedHistory {
  private let runs: [Run]
  private let sessions: [Session]
  private let processes: [[ProcessRecord]]
  private let acceptances: [Acceptance]

  init(seed: UInt64) {
    // The seed is the same for every part, whatever is drawn for one of them.
    var random = SeededRandom(seed: seed &* 977)
    runs = (1...4).map { StoredExample.run($0, started: StoredExample.start + Double($0) * 1000) }
    sessions = runs.map { StoredExample.session(of: $0) }
    processes = sessions.enumerated().map { number, session in
      (0..<3).map { order in
        let values = (0..<Int.random(in: 2...5, using: &random)).map { _ in
          Double.random(in: 1...1e6, using: &random)
        }
        return StoredExample.process(
          in: session, build: StoredExample.build(number), order: order,
          measurements: [StoredExample.measurement(StoredExample.wall, values)])
      }
    }
    acceptances = (0..<3).map { number in
      Acceptance(
        series: SeriesKey(benchmark: StoredExample.benchmark.key, metric: "wall"), from: "aa",
        to: "b\(number)", size: 0.1, author: "Ada", accepted: Day(StoredExample.start))
    }
  }

  /// A database with a part of the history; runs are finished in one and not in another, and names
  /// mean different commits.
  func store(in folder: URL, _ name: String, _ random: inout SeededRandom) throws -> String {
    let path = folder.appending(path: "part\(name).sqlite").path
    let store = try ResultsStore.open(path, access: .readWrite)
    for (number, run) in runs.enumerated() where Int.random(in: 0..<4, using: &random) > 0 {
      try store.begin(run)
      try store.begin(sessions[number])
      for process in processes[number] where Bool.random(using: &random) { try store.save(process) }
      switch Int.random(in: 0..<3, using: &random) {
      case 0: break
      case 1: try store.finish(run: run.id, status: .interrupted, at: run.started + 60)
      default: try store.finish(run: run.id, status: .completed, at: run.started + 90)
      }
    }
    for name in ["release", "fast"] where Bool.random(using: &random) {
      let number = Int.random(in: 1...4, using: &random)
      try store.set(
        Baseline(
          name: name, revision: StoredExample.revision(number),
          created: StoredExample.start + Double(Int.random(in: 0...2, using: &random)),
          note: "\(number)")
      )
    }
    for original in acceptances where Bool.random(using: &random) {
      // This happens when an entry is edited in the file before it is withdrawn.
      let acceptance = Acceptance(
        id: original.id, series: original.series, from: original.from, to: original.to,
        size: original.size, reason: Bool.random(using: &random) ? "edited" : "",
        author: original.author, accepted: original.accepted)
      try store.add(acceptance)
      if Bool.random(using: &random) {
        let seconds = Double(Int.random(in: 0...9, using: &random))
        try store.withdraw([acceptance], at: StoredExample.start + seconds)
      }
    }
    try store.close()
    return path
  }
}

extension ResultsStore {
  /// Imports lines of benchdb JSON Lines.
  fileprivate func importLines(_ lines: [String]) throws {
    var rest = Array((["{\"benchdb\":1}"] + lines + [""]).joined(separator: "\n").utf8)[...]
    let defaults = InterchangeDefaults(machine: StoredExample.machine)
    var reader = InterchangeReader(file: "results.jsonl", defaults: defaults) { buffer in
      let taken = rest.prefix(buffer.count)
      buffer.copyBytes(from: taken)
      rest = rest.dropFirst(taken.count)
      return taken.count
    }
    _ = try importing { importer in
      Result {
        while let record = try reader.next() { try importer.add(record) }
        try importer.add(reader.remainder)
      }
    }.get()
  }
}
