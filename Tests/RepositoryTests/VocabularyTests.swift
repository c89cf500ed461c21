import Foundation
import Testing

@Suite("One vocabulary")
struct VocabularyTests {
  /// Words that once stood for a term of the glossary, in two pieces so that this file does not
  /// hold them, and the term.
  private static let replaced: [(word: String, term: String)] = [
    ("sit" + "ting", "session"), ("null" + " arm", "A/A control"), ("null" + "Arm", "A/A control"),
    ("cen" + "sus", "counts"), ("led" + "ger", "recording state"),
    ("gar" + "bage", "protocol violation"),
    ("Layout" + "Deal", "layout assignment"), ("cannot" + "Tell", "inconclusive"),
    ("looks" + "Slower", "suspected"), ("looks" + "Faster", "suspected"),
    ("Pipeline" + "Info", "PipelineState"), ("Left" + "Out", "exclusions"),
    ("Round" + "Place", "round position"), ("deal" + " to the", "assign"),
    ("Bench" + "Report", "BenchOutput"),
  ]

  @Test("what the glossary names otherwise occurs nowhere")
  func usesTheTerms() throws {
    let files = try Repository.files().filter { file in
      // Released migrations, the published report of an older version, and the names in files that
      // an older version wrote, are history.
      !file.hasPrefix("migrations/sql/") && !file.hasPrefix("reports/published/performance.")
        && !file.hasSuffix("/EarlierNames.swift") && !file.hasSuffix("/EarlierNamesTests.swift")
        && [
          ".swift", ".md", ".toml", ".report", ".js", ".css", ".html", ".sql", ".yml", ".py",
          ".jsonl",
        ]
        .contains { file.hasSuffix($0) }
    }
    #expect(files.count > 600)
    for file in files {
      let text = try Repository.text(file).lowercased()
      for (word, term) in Self.replaced where text.contains(word.lowercased()) {
        Issue.record("\(file): '\(word)' is \(term)")
      }
    }
  }

  @Test("no comment is wider than a hundred columns, but for tables and examples")
  func commentsFit() throws {
    for file in try Repository.files() where file.hasSuffix(".swift") {
      let lines = try Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated()
      where line.utf8.count > 100 && line.count > 100
        && isProse(line.drop(while: \.isWhitespace))
      {
        Issue.record("\(file):\(index + 1) has \(line.count) columns")
      }
    }
  }

  private func isProse(_ line: Substring) -> Bool {
    line.hasPrefix("//")
      && !["|", "`"].contains { line.drop { $0 == "/" || $0 == " " }.hasPrefix($0) }
  }
}
