import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// What `changes` finds, misses and invents in a history of 1,000 commits and 200 series whose
/// truth is known. Long, so only with `BENCHDB_FULL_TESTS=1`; it prints the table.
@Suite(.enabled(if: FullTests.isOn, "BENCHDB_FULL_TESTS=1")) struct PlantedHistoryTests {
  @Test("of 60 shifts, 20 outliers and 5 drifts nearly all are found and next to none is invented")
  func report() throws {
    try withTemporaryDirectory { directory in
      let database = directory.appending(path: "planted.sqlite").path
      let generated = try ChildProcess(
        [Executable.historyGenerator.path, database, "1000", "200", "3"], timeout: 3600
      ).capture()
      try #require(generated.exit.isSuccess, "\(generated.standardError)")
      let report = try PlantedReport(
        changes: Self.answer(["changes", "--all", "--format", "json", "--db", database]),
        commits: Self.rows(
          Self.answer([
            "sql", "--format", "csv", "--db", database, "SELECT hash, subject FROM git_commit",
          ])),
        truth: Self.rows(String(contentsOfFile: database + ".truth.csv", encoding: .utf8)))
      print(report)
      #expect(report.missed("shift") <= 3 && report.invented("shift") <= 3)
      #expect(report.missed("outlier") <= 1 && report.invented("outlier") <= 20)
      #expect(report.missed("drift") == 0 && report.invented("drift") <= 1)
    }
  }

  private static func answer(_ arguments: [String]) throws -> String {
    let child = try ChildProcess(
      [Executable.benchdb.path] + arguments, environment: Project.environment, timeout: 600
    ).capture(tailBytes: 16 << 20)
    try #require(child.exit.isSuccess, "\(child.standardError)")
    return child.text
  }

  /// Rows of CSV without quotation marks, by the names of their columns.
  private static func rows(_ text: String) -> [[String: String]] {
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { line in
      Dictionary(zip(lines[0], line), uniquingKeysWith: { first, _ in first })
    }
  }
}

/// The truth beside what was found. A shift is found within three commits, an outlier at its own, a
/// drift where the stretches overlap.
struct PlantedReport: CustomStringConvertible {
  private struct Entry {
    let kind: String
    let series: String
    let commits: ClosedRange<Int>
    let size: Double
  }

  private let planted: [Entry]
  private let found: [Entry]

  private struct Changes: Decodable {
    let events: [Event]

    struct Event: Decodable { let kind, benchmark, from, to: String }
  }

  init(changes: String, commits: [[String: String]], truth: [[String: String]]) throws {
    let numbers = Dictionary(
      commits.map {
        ($0["hash"] ?? "", Int($0["subject"]?.split(separator: " ").last ?? "") ?? -1)
      },
      uniquingKeysWith: { first, _ in first })
    planted = try truth.map { row in
      Entry(
        kind: try #require(row["kind"]), series: try #require(row["series"]),
        commits: try #require(Int(row["first"] ?? ""))...(try #require(Int(row["last"] ?? ""))),
        size: try #require(Double(row["size"] ?? "")))
    }
    let answer = try JSONDecoder().decode(Changes.self, from: Data(changes.utf8))
    found = try answer.events.map { event in
      let (from, to) = (try #require(numbers[event.from]), try #require(numbers[event.to]))
      return Entry(
        kind: event.kind, series: event.benchmark,
        commits: event.kind == "drift"
          ? from...to : event.kind == "shift" ? to - 3...to + 3 : to...to,
        size: 0)
    }
  }

  func missed(_ kind: String, _ sizes: Range<Double> = 0..<9) -> Int {
    planted(kind, sizes).count { !isAmong(found, $0) }
  }

  func invented(_ kind: String) -> Int {
    found.count { $0.kind == kind && !isAmong(planted, $0) }
  }

  private func planted(_ kind: String, _ sizes: Range<Double>) -> [Entry] {
    planted.filter { $0.kind == kind && sizes.contains(abs($0.size)) }
  }

  private func isAmong(_ entries: [Entry], _ one: Entry) -> Bool {
    entries.contains {
      $0.kind == one.kind && $0.series == one.series && $0.commits.overlaps(one.commits)
    }
  }

  var description: String {
    let classes: [(String, Range<Double>)] = [
      ("shift", 0..<0.08), ("shift", 0.08..<0.12), ("shift", 0.12..<9), ("outlier", 0..<9),
      ("drift", 0..<9),
    ]
    let lines = classes.map { kind, sizes in
      let all = planted(kind, sizes).count
      let span = sizes == 0..<9 ? "" : " \(sizes.lowerBound)..<\(sizes.upperBound)"
      return "\(kind)\(span): \(all) planted, \(all - missed(kind, sizes)) found"
    }
    let invented = ["shift", "outlier", "drift"].map { "\(self.invented($0)) \($0)s" }
    return lines.joined(separator: "\n") + "\ninvented: \(invented.joined(separator: ", "))"
  }
}
