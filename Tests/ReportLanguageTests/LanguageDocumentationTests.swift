import Foundation
import ReportLanguage
import Testing

@Suite("The documentation of the language")
struct LanguageDocumentationTests {
  private static func page(_ name: String) throws -> String {
    let catalogue = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/ReportLanguage/Documentation.docc/\(name).md")
    return try String(contentsOf: catalogue.standardizedFileURL, encoding: .utf8)
  }

  @Test("lists every diagnostic, and no other")
  func listed() throws {
    let listed = try Self.page("DiagnosticsOfReports").matches(of: /\n\| `([a-z0-9-]+)` \|/)
      .map { String($0.output.1) }
    #expect(listed == DiagnosticIdentifier.allCases.map(\.rawValue))
  }

  @Test("shows a whole report that can be checked")
  func example() throws {
    let page = try Self.page("Language")
    let block = try #require(page.split(separator: "```\n").dropFirst().first)
    #expect(block.hasPrefix("report sales"))
    #expect(diagnostics(of: ReportText(String(block))) == [])
  }

  @Test("shows statements, elements and expressions that can be read")
  func pieces() throws {
    let page = try Self.page("Language")
    let prose = page.split(separator: "```").enumerated().filter { $0.offset % 2 == 0 }
    let examples = prose.map { String($0.element) }.joined().split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .split { !$0.hasPrefix("    ") && !$0.isEmpty }
    .map { $0.joined(separator: "\n") }.filter { $0.contains("    ") }
    #expect(examples.count > 10)
    for example in examples {
      let forms = [
        "report r { source orders \(example) }", "report r { \(example) }",
        "report r { source orders band detail { \(example) } }",
      ]
      let expressions = example.split(separator: "\n").filter { $0.hasPrefix("    ") }
        .map { "report r { source orders filter \($0) }" }
      let isRead =
        forms.contains(where: Self.isRead) || expressions.allSatisfy(Self.isRead)
      #expect(isRead, "\(example)")
    }
  }

  private static func isRead(_ text: String) -> Bool {
    Report.recovered(from: ReportText(text)).diagnostics.isEmpty
  }
}
