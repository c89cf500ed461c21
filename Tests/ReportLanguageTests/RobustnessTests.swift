import Foundation
import ReportLanguage
import Testing

/// `BENCHDB_FULL_TESTS=1 swift test -c release --filter RobustnessTests` tries 200,000 mutants.
@Suite("Robustness")
struct RobustnessTests {
  private static let isFull = ProcessInfo.processInfo.environment["BENCHDB_FULL_TESTS"] == "1"

  @Test("no mutant of a report traps or hangs, read, explained, checked or run")
  func mutants() throws {
    let seed: UInt64 = 20_261_123
    var mutator = Mutator(seed: seed, of: try ExampleReports.all())
    var mutants = MutantCheck()
    for count in 0..<(Self.isFull ? 200_000 : 1_500) {
      guard try mutants.survives(mutator.next(), "seed \(seed), mutant \(count)") else { return }
    }
    // Otherwise what comes after reading would not have been tried.
    #expect(mutants.written > 20 && mutants.faults > 0, "\(mutants)")
  }

  @Test("what fuzzing found stays found", arguments: FoundByFuzzing.all)
  func found(bytes: [UInt8]) throws {
    var mutants = MutantCheck()
    #expect(try mutants.survives(bytes, "\(bytes)"))
  }

  @Test(
    "nesting of every kind ends at its limit",
    arguments: [
      ("filter ", "(", "done"), ("filter ", "not ", "done"), ("filter ", "- ", "1"),
      ("filter ", "if done then ", "1"), ("filter ", "case when ", "done"),
      ("filter ", "round(", "1"), ("filter ", "1 + ", "1"), ("filter ", "done and ", "done"),
      ("filter ", "1 in (", "1"), ("format f ", "(", "\"0\""), ("", "band detail {", ""),
      ("filter ", "'a' || ", "'a'"),
      ("format f ", "(null 'a' otherwise ", "\"0\""),
    ])
  func nesting(before: String, piece: String, after: String) {
    for count in [190, 300, 100_000] {
      let text =
        "report r { source orders \(before)"
        + String(repeating: piece, count: count) + after
      let (_, diagnostics) = Report.recovered(from: ReportText(text))
      let isTooDeep = diagnostics.contains { $0.identifier == .nestedTooDeeply }
      #expect(isTooDeep == (count > 190), "\(piece) \(count)")
      if isTooDeep { #expect(diagnostics.count == 1) }
    }
  }

  @Test("very many variables that lead to each other are checked without recursion")
  func longChains() throws {
    var report = Report("r", source: "orders")
    report.bands = [Band(.detail)]
    report.variables = (0..<5_000).map { position in
      Variable(
        Name("v\(position)"), .function(.sum, of: Expression(.variable(Name("v\((position + 1))"))))
      )
    }
    report.variables.append(Variable("v5000", .function(.count, of: nil)))
    let checked = try ReportChecker(schema: orders).check(report)
    #expect(checked.variablesInOrder.first?.name == "v5000")
    #expect(checked.variablesInOrder.last?.name == "v0")
  }

  /// A report whose formats each lead twice to the next.
  private func leading(over count: Int) -> Report {
    var report = Report("r", source: "orders")
    report.formats = (0..<count).map { position in
      let next = ElementFormat.named(Name("f\(position + 1)"))
      return NamedFormat(
        Name("f\(position)"),
        .conditional([.init(when: .field("value") .> 1, next)], otherwise: next))
    }
    report.formats.append(NamedFormat(Name("f\(count)"), .pattern("0")))
    report.bands = [Band(.detail, elements: [Element(.field("amount")).format(.named("f0"))])]
    return report
  }

  @Test("formats that lead to each other by two ways each are made ready once each")
  func manyWays() throws {
    let checked = try ReportChecker(schema: orders).check(leading(over: 90))
    let prepared = try PreparedReport(checked, now: 0)
    var text = ""
    try prepared.write(.text, of: ExampleRecords.source(orders, .tame, count: 3)) { text += $0 }
    #expect(text.contains("10"), "\(text)")
  }

  @Test("formats that lead over too many others are refused")
  func longFormats() throws {
    for count in [250, 20_000] {
      let error = #expect(throws: Diagnostics.self) {
        try ReportChecker(schema: orders).check(leading(over: count))
      }
      let found = Set(error?.all.map(\.identifier) ?? [])
      #expect(found == [.nestedTooDeeply], "\(count): \(found)")
      #expect(error?.all.first?.message.contains("more than 200 levels") ?? false)
    }
  }
}

/// Inputs that once did harm, kept so that they never do again.
enum FoundByFuzzing {
  static let all: [[UInt8]] = [
    [], [0], [0xEF, 0xBB, 0xBF], Array("report".utf8), Array("\\".utf8), Array("'\\".utf8),
    Array("report r { source orders filter $`".utf8), Array("`".utf8), Array("``".utf8),
    Array("report r { source orders filter 2026-1".utf8), Array("1.".utf8), Array("1e".utf8),
    Array("report r { source orders filter 2026-01-01T1".utf8),
    // A sparkline from the least to the greatest double, whose range is beyond a double.
    Array(
      "report r { source orders band detail { } band summary { chart sparkline first(discount) by id } }"
        .utf8),
    // Days whose beginnings are beyond 64 bits as instants, and an instant whose day's is.
    Array(
      "report r { source orders band detail { expression date < at expression year(date) } }".utf8),
    Array(
      """
      report r { source orders band detail {
        field date format "yyyy" field at format "yyyy-MM-dd HH:mm" expression hour(at)
        expression week(at) expression date_diff('month', at, 2026-01-01T00:00:00Z)
      } }
      """.utf8),
    // A text that doubles with every record.
    Array(
      "report r { source orders variable v: custom @v || @v initial 'x' band detail { expression @v } }"
        .utf8),
  ]
}
