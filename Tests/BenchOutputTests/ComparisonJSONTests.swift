import BenchComparer
import BenchModel
import BenchOutput
import Foundation
import Testing

@Suite struct ComparisonJSONTests {
  @Test("The document says all that the text says, and comes back as it went")
  func roundTrip() throws {
    let comparison = Example.everything
    let exit = ComparisonExit(of: comparison, requirements: .init())
    let text = ComparisonJSON.text(comparison, setting: Example.setting, exit: exit)
    let document = try JSONDecoder().decode(Mirror.self, from: Data(text.utf8))
    #expect(document.schemaVersion == 1)
    #expect(document.kind == "comparison")
    #expect(document.exit.status == 1)
    #expect(document.exit.reason == exit.reason)
    #expect(document.verdict == VerdictSentence.text(comparison))
    #expect(document.head.name == "HEAD")
    #expect(document.rule.floor == Number(value: 0.01, unit: "ratio"))
    #expect(document.counts.judged == comparison.counts.judged)
    #expect(
      document.counts.notJudged
        == Dictionary(uniqueKeysWithValues: comparison.counts.notJudged.map { ($0.rawValue, $1) }))
    #expect(document.warnings.count == comparison.warnings.count)
    #expect(document.rows.map(\.series) == comparison.rows.map(\.key.description))
    #expect(
      document.rows.map(\.text) == comparison.rows.map { AnswerText.text($0.answer, of: $0.metric) }
    )
    for (row, original) in zip(document.rows, comparison.rows) {
      #expect(
        row.base == original.base.map { Number(value: $0.value, unit: row.unit) }.map(Side.init))
      let isJudged = if case .judged = original.answer { true } else { false }
      #expect((row.reason == nil) == isJudged)
    }
    #expect(document.rows[0].change?.lower == Number(value: 0.061, unit: "ratio"))
    #expect(document.rows[1].moreProcesses == 24)
  }

  @Test("The same comparison gives the same bytes, keys sorted")
  func stable() throws {
    let exit = ComparisonExit(of: Example.simple, requirements: .init())
    let text = ComparisonJSON.text(Example.simple, setting: Example.setting, exit: exit)
    #expect(text == ComparisonJSON.text(Example.simple, setting: Example.setting, exit: exit))
    try expectGolden(text, "comparison-simple.json")
  }

  @Test("A number that is not finite is null, never text and never an error")
  func notFinite() throws {
    let endless = Change(
      estimate: .infinity, lower: .nan, upper: .infinity, smallestDetectable: .infinity)
    let rows = [Example.row("a/b", .judged(.slower(endless)), base: 0, head: .nan)]
    let comparison = Example.comparison(rows: rows, counts: Example.counts(slower: 1))
    let text = ComparisonJSON.text(
      comparison, setting: Example.setting,
      exit: ComparisonExit(of: comparison, requirements: .init()))
    let row = try JSONDecoder().decode(Mirror.self, from: Data(text.utf8)).rows[0]
    #expect(row.change?.estimate == Number(value: nil, unit: "ratio"))
    #expect(row.text == "slower by an unknown amount")
  }
}

private struct Number: Decodable, Equatable {
  let value: Double?
  let unit: String
}

private struct Side: Decodable, Equatable {
  let value: Number
}

private struct Mirror: Decodable {
  let schemaVersion: Int
  let kind, verdict, mode, machine: String
  let exit: Exit
  let base, head: Named
  let rule: Rule
  let counts: Counts
  let rows: [Row]
  let warnings: [Warning]

  struct Exit: Decodable {
    let status: Int32
    let reason: String
  }
  struct Named: Decodable {
    let commit, name: String
    let isDirty: Bool
    let processes: Int
  }
  struct Rule: Decodable { let floor, alpha: Number }
  struct Counts: Decodable {
    let total, judged, shown: Int
    let notJudged: [String: Int]
  }
  struct Warning: Decodable { let kind, text: String }
  struct Interval: Decodable { let estimate, lower, upper, smallestDetectable: Number }
  struct Row: Decodable {
    let series, unit, answer, text: String
    let isGate: Bool
    let base, head: Side?
    let change: Interval?
    let moreProcesses: Int?
    let reason: String?
  }
}
