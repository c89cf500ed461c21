import Foundation
import ReportLanguage
import Testing

/// `BENCHDB_FULL_TESTS=1 swift test -c release --filter RobustnessTests` tries 200,000 mutants.
@Suite("Robustness")
struct RobustnessTests {
  private static let isFull = ProcessInfo.processInfo.environment["BENCHDB_FULL_TESTS"] == "1"

  @Test("no mutant of a report traps or hangs, and what is read is written and read again")
  func mutants() throws {
    let seed: UInt64 = 20_261_123
    var mutator = Mutator(seed: seed, of: try ExampleReports.all())
    var readable = 0
    for count in 0..<(Self.isFull ? 200_000 : 2_000) {
      let bytes = mutator.next()
      guard try survives(bytes, "seed \(seed), mutant \(count)") else { return }
      if Report.recovered(from: ReportText(bytes: bytes)).diagnostics.isEmpty { readable += 1 }
    }
    // Otherwise the checker would not have been tried.
    #expect(readable > 20)
  }

  @Test("what fuzzing found stays found", arguments: FoundByFuzzing.all)
  func found(bytes: [UInt8]) throws {
    #expect(try survives(bytes, "\(bytes)"))
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

  @Test("very many variables and formats that lead to each other are checked without recursion")
  func longChains() throws {
    var report = Report("r", source: "orders")
    report.bands = [Band(.detail)]
    report.variables = (0..<5_000).map { place in
      Variable(
        Name("v\(place)"), .function(.sum, of: Expression(.variable(Name("v\((place + 1))"))))
      )
    }
    report.variables.append(Variable("v5000", .function(.count, of: nil)))
    report.formats = (0..<5_000).map { place in
      NamedFormat(Name("f\(place)"), .named(Name("f\(place + 1)")))
    }
    report.formats.append(NamedFormat("f5000", .pattern("0")))
    var element = Element(.field("amount"))
    element.format = .named("f0")
    report.bands[0].elements = [element]
    let checked = try ReportChecker(schema: orders).check(report)
    #expect(checked.variablesInOrder.first?.name == "v5000")
    #expect(checked.variablesInOrder.last?.name == "v0")
  }

  /// Reads, explains and checks; what is read well is written and read again.
  private func survives(_ bytes: [UInt8], _ what: String) throws -> Bool {
    let text = ReportText(bytes: bytes)
    let (report, diagnostics) = Report.recovered(from: text)
    #expect(diagnostics.count <= 101, "\(what)")
    for diagnostic in diagnostics.prefix(3) {
      #expect(!text.describe(diagnostic).isEmpty)
      #expect(diagnostic.span.start <= diagnostic.span.end && diagnostic.span.end <= bytes.count)
    }
    guard diagnostics.isEmpty else { return true }
    do {
      _ = try ReportChecker(schema: orders).check(report)
    } catch {
      #expect(!error.all.isEmpty && !error.description(in: text).isEmpty, "\(what)")
    }
    let again = Report.recovered(from: ReportText(report.text))
    #expect(again.diagnostics.isEmpty && again.report == report, "\(what):\n\(report.text)")
    return again.report == report
  }
}
