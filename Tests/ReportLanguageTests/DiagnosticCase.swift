import ReportLanguage
import Testing

/// A text with its expected diagnostics, one for each mark, and words of the first help.
struct DiagnosticCase: Sendable, CustomTestStringConvertible {
  let marked: String
  let expected: [DiagnosticIdentifier]
  let help: String?

  var testDescription: String { "\(expected.map(\.rawValue)): \(marked)" }

  init(_ marked: String, _ expected: DiagnosticIdentifier..., help: String? = nil) {
    self.marked = marked
    self.expected = expected
    self.help = help
  }

  /// Makes a case from statements of a report that has a source and a detail band.
  static func within(
    _ statements: String, _ expected: DiagnosticIdentifier..., help: String? = nil
  ) -> DiagnosticCase {
    DiagnosticCase("report r {\nsource orders\n\(statements)\nband detail { }\n}", expected, help)
  }

  /// Makes a case from elements of a report's detail band.
  static func inDetail(
    _ elements: String, _ expected: DiagnosticIdentifier..., help: String? = nil
  ) -> DiagnosticCase {
    DiagnosticCase("report r {\nsource orders\nband detail {\n\(elements)\n}\n}", expected, help)
  }

  private init(_ marked: String, _ expected: [DiagnosticIdentifier], _ help: String?) {
    self.marked = marked
    self.expected = expected
    self.help = help
  }

  static let all = lexical + syntactic + meaning

  static let lexical: [DiagnosticCase] = [
    within("filter 1️⃣~ > 1", .unexpectedCharacter),
    within("filter 1️⃣§§§§", .unexpectedCharacter),
    within("filter 1️⃣\u{A0}", .unexpectedCharacter),
    within("description 1️⃣\"never ends", .unterminatedText, help: "end of the line"),
    within("filter 1️⃣`amount > 1", .unterminatedText),
    within(#"description "a1️⃣\q b1️⃣\u{110000}""#, .badEscape, .badEscape),
    within("filter amount > 1️⃣12abc", .badNumber),
    within("filter amount > 1️⃣99999999999999999999", .badNumber, help: "exponent"),
    within("filter amount > 1️⃣1e999", .badNumber),
    within("filter amount > 1️⃣0.1234567890123456789", .badNumber),
    within("filter date > 1️⃣2026-02-30", .badDate, help: "YYYY-MM-DD"),
    within("filter date > 1️⃣2026-1-5", .badDate),
    within("filter at > 1️⃣2026-01-05T25:00:00Z", .badDate),
    within("filter amount > 1️⃣$", .missingName),
    within("filter amount > 1️⃣@1", .missingName),
    within("filter done 1️⃣== true", .unknownOperator, help: "did you mean '='?"),
    within("filter quantity 1️⃣<> 2", .unknownOperator, help: "did you mean '!='?"),
    within("filter done 1️⃣AND done", .unknownOperator, help: "did you mean 'and'?"),
    within("filter 1️⃣! done", .unknownOperator, help: "did you mean 'not'?"),
    within("limit 3 1️⃣// three", .unknownOperator, help: "'#'"),
  ]

  static let syntactic: [DiagnosticCase] = [
    DiagnosticCase("1️⃣", .expectedReport, .expectedName, .expectedSymbol),
    DiagnosticCase(
      "1️⃣reprot r { source orders band detail { } }", .expectedReport,
      help: "did you mean 'report'?"),
    DiagnosticCase("report 1️⃣{ source orders band detail { } }", .expectedName),
    DiagnosticCase("report r 1️⃣source orders", .expectedSymbol),
    within("1️⃣flter done", .expectedStatement, help: "did you mean 'filter'?"),
    within("1️⃣label \"x\"", .expectedStatement, help: "expected one of"),
    within("1️⃣12 13 14\nlimit 3", .expectedStatement),
    inDetail("1️⃣feild amount\nfield region", .expectedElement, help: "did you mean 'field'?"),
    inDetail("1️⃣amount", .expectedElement, help: "expected one of"),
    within("band 1️⃣hader { }", .expectedBand),
    within("band 1️⃣sumary { }", .expectedBand, help: "did you mean 'summary'?"),
    within("band page 1️⃣{ }", .expectedBand),
    within("band group header 1️⃣{ }", .expectedNumber),
    within("filter amount >1️⃣\nlimit 3", .expectedExpression),
    within("filter amount > 1️⃣)", .expectedExpression),
    within("filter amount = 1️⃣not done", .expectedExpression, help: nil),
    within("filter region not 1️⃣like 'x'", .expectedExpression),
    within("parameter 1️⃣: date", .expectedName),
    within("description 1️⃣words", .expectedText),
    within("limit 1️⃣many", .expectedNumber),
    within("limit 1️⃣99999999999999999999", .badNumber),
    within("parameter p: 1️⃣integer", .expectedType, help: "did you mean 'int64'?"),
    within("parameter p: 1️⃣dobule", .expectedType, help: "did you mean 'double'?"),
    within("variable v: 1️⃣summ(amount)", .expectedFunction, help: "did you mean 'sum'?"),
    inDetail("field amount format 1️⃣12", .expectedFormat),
    inDetail("chart 1️⃣pi sum(amount) by region", .expectedChart, help: "did you mean 'pie'?"),
    within("variable v: sum(amount) reset on 1️⃣monday", .expectedReset),
    inDetail("aggregate sum(amount) scope 1️⃣world", .expectedScope),
    within("parameter p 1️⃣string", .expectedSymbol),
    within("filter round(amount, 21️⃣\nlimit 3", .expectedSymbol),
    within("filter1️⃣", .expectedExpression),
    within("group 1 1️⃣and by region", .reservedWord, help: "backticks"),
    within("filter 1 < quantity 1️⃣< 3", .chainedComparison),
    within("filter quantity between 1 and 2 1️⃣= true", .chainedComparison),
    DiagnosticCase("report r { source orders band detail {1️⃣", .unclosedBrace, .unclosedBrace),
    DiagnosticCase(
      "report r { source orders\nband detail {\nfield amount\n1️⃣limit 3\n}", .unclosedBrace,
      help: "in line 2"),
    inDetail("field amount width 3 1️⃣width 4", .repeatedClause),
    within("1️⃣source orders", .repeatedStatement),
    within("filter done 1️⃣filter done", .repeatedStatement, help: "'and'"),
    DiagnosticCase("1️⃣report r { band detail { } }", .missingSource),
    DiagnosticCase(
      "report r { source orders band detail { } }\n1️⃣report s { }", .textAfterReport),
    within(
      "filter " + String(repeating: "(", count: 200) + "1️⃣(" + String(repeating: "(", count: 5000),
      .nestedTooDeeply),
  ]
}
