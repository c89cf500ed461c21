package import BenchComparer
import BenchModel
import TextCoding

/// `benchdb check` as JUnit's XML: a row is a test case. A target missed is a failure; what cannot
/// be told or was not measured is skipped.
package enum TargetJUnit {
  package static func text(_ check: TargetCheck, setting: TargetSetting) -> String {
    let skipped = check.undecided + check.unmeasured
    let counts =
      "tests=\"\(check.rows.count)\" failures=\"\(check.missed)\" errors=\"0\" skipped=\"\(skipped)\""
    let name = "benchdb check \(setting.run.short)"
    let lines =
      [
        #"<?xml version="1.0" encoding="UTF-8"?>"#,
        "<testsuites name=\(XMLText.attribute(name)) \(counts) time=\"0\">",
        "  <testsuite name=\"targets\" \(counts) time=\"0\">",
      ] + check.rows.map(testCase) + ["  </testsuite>", "</testsuites>", ""]
    return lines.joined(separator: "\n")
  }

  private static func testCase(_ row: TargetRow) -> String {
    let location =
      row.source.map { " file=\(XMLText.attribute($0.file)) line=\"\($0.line)\"" } ?? ""
    let name = "\(row.target.name): \(TargetWords.subject(row))"
    return "    <testcase classname=\(XMLText.attribute(row.target.benchmark.suite)) "
      + "name=\(XMLText.attribute(name))\(location) time=\"0\">\(content(row))</testcase>"
  }

  private static func content(_ row: TargetRow) -> String {
    let numbers = "\(TargetWords.measured(row)), limit \(TargetWords.limit(row.target))"
    let message = TargetWords.reason(row).map { "\(numbers): \($0)" } ?? numbers
    switch row.verdict.kind.effect {
    case .passes: return "<system-out>\(XMLText.content(message))</system-out>"
    case .fails, .breaks:
      return "<failure type=\"missed\" message=\(XMLText.attribute(message))/>"
    case .open, .unjudged, .shown:
      return "<skipped message=\(XMLText.attribute(message))/>"
    }
  }
}
