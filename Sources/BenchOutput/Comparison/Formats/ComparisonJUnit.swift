package import BenchComparer
import BenchModel
import TextCoding

/// A comparison as JUnit's XML, which every service for continuous integration shows as tests: a
/// gate series is a test case, a suite of benchmarks a test suite.
///
/// A series that is slower is a failure, a benchmark that failed an error, one that was not judged
/// is skipped; what was accepted passes and says so. Cases come worst first.
package enum ComparisonJUnit {
  package static func text(_ comparison: Comparison, setting: ComparisonSetting) -> String {
    let gates = comparison.rows.filter(\.metric.isGate)
    let counts = Counts(gates)
    let name = "benchdb compare \(setting.base.title) \(setting.head.title)"
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      "<testsuites name=\(XMLText.attribute(name)) \(counts.attributes) time=\"0\">",
    ]
    for (suite, rows) in suites(gates) {
      lines.append(
        "  <testsuite name=\(XMLText.attribute(suite)) \(Counts(rows).attributes) time=\"0\">")
      lines += rows.map { testCase($0, suite: suite, mode: comparison.mode) }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>", ""]).joined(separator: "\n")
  }

  /// Suites in the order of their worst series.
  private static func suites(
    _ rows: [ComparisonRow]
  ) -> [(name: String, rows: [ComparisonRow])] {
    var order: [String] = []
    let grouped = Dictionary(grouping: rows, by: \.key.benchmark.suite)
    var seen: Set<String> = []
    for row in rows where seen.insert(row.key.benchmark.suite).inserted {
      order.append(row.key.benchmark.suite)
    }
    return order.map { ($0, grouped[$0] ?? []) }
  }

  private static func testCase(
    _ row: ComparisonRow, suite: String, mode: Comparison.Mode
  ) -> String {
    let location =
      row.source.map { " file=\(XMLText.attribute($0.file)) line=\"\($0.line)\"" } ?? ""
    let opening =
      "    <testcase classname=\(XMLText.attribute(suite)) "
      + "name=\(XMLText.attribute(row.key.description))\(location) time=\"0\">"
    return opening + content(row, mode: mode) + "</testcase>"
  }

  private static func content(_ row: ComparisonRow, mode: Comparison.Mode) -> String {
    let answer = AnswerText.text(row)
    let note = row.acceptance.map { "\n" + AcceptanceText.note(row, $0) } ?? ""
    switch Outcome(row) {
    case .failure:
      let evidence = row.evidence(in: mode)
      let details = values(row) + (evidence.isEmpty ? "" : ", \(evidence)") + note
      return "<failure type=\"slower\" message=\(XMLText.attribute(answer))>"
        + XMLText.content(details) + "</failure>"
    case .error:
      return "<error type=\"failed\" message=\(XMLText.attribute(answer))/>"
    case .skipped:
      return "<skipped message=\(XMLText.attribute(answer))/>"
    case .passed:
      return "<system-out>\(XMLText.content(answer + note))</system-out>"
    }
  }

  /// `31.2 ms → 33.6 ms`
  private static func values(_ row: ComparisonRow) -> String {
    [row.base, row.head].map { side in
      side.map { Quantity($0.value, row.metric.unit).description } ?? "–"
    }.joined(separator: " → ")
  }

  private enum Outcome {
    case failure, error, skipped, passed

    init(_ row: ComparisonRow) {
      switch row.effect {
      case .fails: self = .failure
      case .breaks: self = .error
      case .unjudged: self = .skipped
      case .open, .passes, .shown: self = .passed
      }
    }
  }

  private struct Counts {
    let attributes: String

    init(_ rows: [ComparisonRow]) {
      let outcomes = rows.map(Outcome.init)
      func count(_ outcome: Outcome) -> Int { outcomes.count { $0 == outcome } }
      attributes =
        "tests=\"\(rows.count)\" failures=\"\(count(.failure))\" errors=\"\(count(.error))\" "
        + "skipped=\"\(count(.skipped))\""
    }
  }
}
