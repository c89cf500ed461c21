import BenchComparer
import BenchModel
import BenchOutput
import BenchTestSupport
import Foundation
import Testing

/// Changes from and to zero, and between numbers of any magnitude, in every format.
@Suite struct ZeroChangeFormatsTests {
  private static let seed: UInt64 = 20_261_130
  private static let machine = MachineClass(
    architecture: "x86_64", cpuModel: "Model T", cores: 2, memoryBucketGiB: 8, system: "Linux 6")

  private static func side(_ name: String, _ metric: Metric, _ values: [Double]) -> SeriesData {
    let processes = values.enumerated().map {
      ProcessStatistic(value: $0.element, samples: 20, binaryHash: "", order: $0.offset)
    }
    return SeriesData(
      key: SeriesKey(benchmark: BenchmarkKey(id: name), metric: metric.name), metric: metric,
      version: 1, machine: machine, source: SourceLocation(file: "S.swift", line: 1),
      sessions: [
        SeriesSession(
          id: UUID(), started: Date(timeIntervalSince1970: 0), level: .sample,
          state: MachineState(), toolchain: "", seconds: nil, processes: processes)
      ], failures: [])
  }

  private static func metric(_ random: inout SeededRandom) -> Metric {
    let units = ["count", "B", "ops/s", "1/s", "ratio", "%", "Gbps", "score", "ns", "J"]
    let unit = Unit(rawValue: units.randomElement(using: &random) ?? "")
    let judgement: Judgement =
      unit == .nanoseconds || Bool.random(using: &random) ? .exact(tolerance: 0) : .statistical
    return Metric(
      name: "allocations", unit: unit, direction: Bool.random(using: &random) ? .lower : .higher,
      isGate: Int.random(in: 0..<4, using: &random) > 0, judgement: judgement)
  }

  /// `z/` are zero on one side, at least in the median; `n/` are of any two magnitudes.
  private static let comparison: Comparison = {
    var random = SeededRandom(seed: seed)
    var (base, head): ([SeriesData], [SeriesData]) = ([], [])
    func magnitude() -> Double { pow(10, Double.random(in: -300...300, using: &random)) }
    func values(_ middle: Double) -> [Double] {
      (0..<10).map { _ in middle * (1 + 0.01 * random.nextNormal()) }
    }
    for number in 0..<300 {
      let metric = metric(&random)
      let isZero = number.isMultiple(of: 2)
      let zeros = (0..<10).map { $0 < Int.random(in: 6...10, using: &random) ? 0.0 : magnitude() }
      let sides = [isZero ? zeros : values(magnitude()), values(magnitude())]
        .shuffled(using: &random)
      let name = "\(isZero ? "z" : "n")/\(number)"
      base.append(side(name, metric, sides[0]))
      head.append(side(name, metric, sides[1]))
    }
    return Comparer().compare(base: base, head: head, identicalCode: [])
  }()

  private static let exit = ComparisonExit(of: comparison, requirements: ComparisonRequirements())

  /// The pieces of a document that are about one series each, as far as they are about `z/`.
  private func zeroRows(_ document: String) -> [String] {
    let elements = document.matches(
      of: /<(li|tr|testcase)\b.*?<\/(li|tr|testcase)>/.dotMatchesNewlines())
    let rows =
      elements.isEmpty
      ? document.split { $0.isNewline }.map(String.init) : elements.map { String($0.output.0) }
    return rows.filter { $0.contains(/\bz\/[0-9]+/) }
  }

  private static let documents: [(name: String, text: String)] = {
    let setting = Example.setting
    let page = ComparisonPage(
      comparison, setting: setting, project: "demo", processes: [:],
      generated: Date(timeIntervalSince1970: 0), toolVersion: "1.0")
    let markdown = ComparisonMarkdown(comparison, setting: setting, exit: exit, showsAll: true)
    return [
      ("text", ComparisonText(comparison, setting: setting, showsAll: true, width: 400).text),
      ("markdown", markdown.text()), ("github", ComparisonGitHub.annotations(comparison)),
      ("junit", ComparisonJUnit.text(comparison, setting: setting)),
      ("csv", ComparisonCSV.text(comparison)),
      ("json", ComparisonJSON.text(comparison, setting: setting, exit: exit)),
      ("html", String(decoding: page.bytes, as: UTF8.self)),
    ]
  }()

  @Test("no format has a number that is none, or the edge of a clamp")
  func finite() {
    for (name, text) in Self.documents {
      #expect(!hasWildNumber(bare(text)), "\(name)")
    }
  }

  /// Infinity, not a number, and what values were once clamped at.
  private func hasWildNumber(_ text: String) -> Bool {
    text.contains(/[^0-9.]1(\.0+)?e\+?100\b|\binf\b|\bnan\b|∞|n\/a/.ignoresCase())
  }

  /// A page without its style sheet and script.
  private func bare(_ text: String) -> String {
    text.replacing(
      /<style.*?<\/style>|<script.*?<\/script>/.dotMatchesNewlines(), with: "")
  }

  @Test("a change from or to zero has no percentage and no factor in any format")
  func noRatio() {
    let zeros = Self.comparison.rows.filter { $0.answer.change?.zero != nil }
    #expect(zeros.count > 100 && Set(zeros.map(\.kind)).count > 3)
    for row in zeros {
      let text = AnswerText.text(row).replacing(" %", with: "", maxReplacements: 1)
      // One may be the unit.
      #expect(!text.contains("factor") && (row.metric.unit.rawValue == "%" || !text.contains("%")))
      #expect(text.contains("from 0 to ") || text.contains(" to 0 from "), "\(text)")
    }
    let units = Set(zeros.filter { $0.metric.unit.rawValue != "%" }.map(\.key.benchmark.id))
    for (name, text) in Self.documents where name != "json" {
      for row in zeroRows(text) {
        guard let id = row.firstMatch(of: /\bz\/[0-9]+/), units.contains(String(id.output)) else {
          continue
        }
        #expect(!row.contains(/[0-9][ \u{A0}]?%(?!25)|factor/), "\(name): \(row)")
      }
    }
  }

  @Test("JSON has both ends of a change from or to zero in place of the ratios")
  func json() throws {
    struct Document: Decodable {
      struct Number: Decodable { let value: Double? }
      struct Zero: Decodable { let from, to: Double }
      struct Change: Decodable {
        let estimate, lower, upper, smallestDetectable: Number
        let zero: Zero?
      }
      struct Row: Decodable {
        let benchmark: String
        let change: Change?
      }
      let rows: [Row]
    }
    let json = ComparisonJSON.text(Self.comparison, setting: Example.setting, exit: Self.exit)
    let rows = try JSONDecoder().decode(Document.self, from: Data(json.utf8)).rows
    let zeros = rows.filter { $0.change?.zero != nil }
    #expect(zeros.count > 100 && zeros.allSatisfy { $0.benchmark.hasPrefix("z/") })
    for change in zeros.compactMap(\.change) {
      let ratios = [change.estimate, change.lower, change.upper, change.smallestDetectable]
      #expect(ratios.allSatisfy { $0.value == nil })
      #expect((change.zero?.from == 0) != (change.zero?.to == 0))
    }
    for row in rows where row.benchmark.hasPrefix("n/") { #expect(row.change?.zero == nil) }
  }

  @Test("CSV leaves the columns of the ratios empty")
  func csv() {
    let columns = ComparisonCSV.text(Self.comparison).split(separator: "\r\n").map { line in
      // Commas within quotation marks are none; no field has both.
      line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "quoted" }.joined()
        .split(separator: ",", omittingEmptySubsequences: false)
    }
    let change = columns[0].firstIndex(of: "change") ?? 0
    let zeros = Set(
      Self.comparison.rows.filter { $0.answer.change?.zero != nil }.map(\.key.benchmark.id))
    for line in columns.dropFirst() where zeros.contains(String(line[0].split(separator: " ")[0])) {
      #expect(line[change...change + 2].joined() == "", "\(line)")
    }
  }

  @Test("a history that rises from zero, or falls to it, is told in its values too")
  func history() throws {
    let series = [
      PageExample.measured("z/up", level: 12, metric: .allocations.gated(true), noise: 0) {
        $0 < 30 ? 0 : 1
      },
      PageExample.measured(
        "z/stop", level: 100,
        metric: Metric(name: "rate", unit: .perSecond, direction: .higher, isGate: true)
      ) { $0 < 40 ? 1 : 0 },
      PageExample.measured("z/back", level: 12, metric: .allocations.gated(true), noise: 0) {
        (20..<40).contains($0) ? 1 : 0
      },
    ]
    let histories = series.map { HistoryAnalyser(family: series.count).analyse($0) }
    let stopped = PageExample.measured("z/time", level: 100) { $0 < 40 ? 1 : 0 }
    #expect(
      HistoryAnalyser(family: 1).analyse(stopped).changePoints.isEmpty,
      "a duration of zero is no result")
    let events = histories.flatMap { HistoryEvent.all(of: $0, on: PageExample.line) }
    #expect(events.count >= 4)
    for event in events {
      let text = EventText.change(event)
      #expect(!text.contains("%") && text.contains(#/from 0 to | to 0 from /#), "\(text)")
    }
    let rows = histories.compactMap { TrendRow($0, on: PageExample.line) }
    let rule = HistoryRule()
    for document in [
      HistoryTable(changes: events).csv, HistoryTable(trend: rows).csv,
      HistoryTable(changes: events).markdown, HistoryTable(trend: rows).markdown,
      HistoryJSON.changes(events, series: 3, line: PageExample.line, rule: rule),
      HistoryJSON.trend(rows, line: PageExample.line, rule: rule),
      TrendText(rows, line: PageExample.line, width: 200).text,
    ] {
      #expect(!document.contains(/[0-9] %/) && !hasWildNumber(document), "\(document)")
    }
    #expect(!hasWildNumber(bare(PageExample.trend(histories))))
  }
}
