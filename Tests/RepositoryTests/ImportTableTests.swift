import Foundation
import Testing

@Suite("The import table")
struct ImportTableTests {
  @Test("every form of an import line is read, and nothing else is")
  func parsesEveryForm() {
    // In two pieces, since this file is itself read for it.
    let testable = "@" + "testable"
    let source = """
      import A
      package import B
      \(testable) import C
      public import struct D.Member
      @preconcurrency @_exported import E.Submodule
        internal import F
      @_spi(Tools) private import G
      // import H
      let important = "import I"
      """
    let imports = ImportStatement.all(in: source)
    #expect(imports.map(\.module) == ["A", "B", "C", "D", "E", "F", "G"])
    #expect(imports.map(\.line) == Array(1...7))
    #expect(imports.filter(\.isTestable).map(\.module) == ["C"])
  }

  @Test("every file imports only what the table allows its target")
  func obeysTheTable() throws {
    let rules = Dictionary(uniqueKeysWithValues: importTable.map { ($0.target, $0) })
    for file in try swiftFiles() {
      guard let target = target(of: file) else { continue }
      guard let rule = rules[target] else {
        Issue.record("\(file): the import table has no target '\(target)'")
        continue
      }
      for statement in ImportStatement.all(in: try Repository.text(file)) {
        #expect(
          rule.allowed.contains(statement.module),
          "\(file):\(statement.line): \(target) may not import \(statement.module)")
      }
    }
  }

  @Test("no file, of sources or of tests, uses @testable")
  func nothingIsTestable() throws {
    for file in try swiftFiles() {
      let testable = ImportStatement.all(in: try Repository.text(file)).filter(\.isTestable)
      #expect(testable.isEmpty, "\(file): share through 'package' access instead of @testable")
    }
  }

  @Test("every target of Package.swift that does not serve tests is in the table")
  func namesEveryTarget() throws {
    let pattern = /\.(?:target|executableTarget|systemLibrary)\(\s*name:\s*"(\w+)"/
    let targets = try Repository.text("Package.swift").matches(of: pattern)
      .map { String($0.output.1) }.filter { !Repository.contains("Tests/\($0)") }
    #expect(!targets.isEmpty)
    let named = Set(importTable.map(\.target))
    #expect(targets.filter { !named.contains($0) } == [])
  }

  @Test("the page on the architecture has the table as it is")
  func pageAgrees() throws {
    let page = try Repository.text(Repository.catalogue + "/Architecture.md")
    var written: [String: Set<String>] = [:]
    for row in page.matches(of: /(?m)^\| `(\w+)` \| ([^|]+) \|/) {
      let imports = row.output.2.matches(of: /`(\w+)`/).map { String($0.output.1) }
      #expect(imports.isEmpty == (row.output.2 == "none"), "\(row.output.0)")
      written[String(row.output.1)] = Set(imports)
    }
    let rules = Dictionary(uniqueKeysWithValues: importTable.map { ($0.target, $0.ours) })
    for target in Set(written.keys).union(rules.keys).sorted() {
      #expect(written[target] == rules[target], "Architecture.md, \(target)")
    }
  }

  @Test("the table has no cycle: every target is listed after those it imports")
  func isInOrder() {
    var seen: Set<String> = []
    for rule in importTable {
      #expect(rule.ours.isSubset(of: seen), "\(rule.target) imports a target listed after it")
      seen.insert(rule.target)
    }
  }

  @Test("Foundation stays out of the measured engine and of the statistics")
  func noFoundation() {
    for rule in importTable
    where [
      "TextCoding", "StreamingPipeline", "ReportLanguage", "PipelineWorkloads", "BenchStatistics",
    ].contains(rule.target) {
      #expect(!rule.allowed.contains("Foundation"))
    }
  }

  private func swiftFiles() throws -> [String] {
    try Repository.files().filter { $0.hasSuffix(".swift") && $0 != "Package.swift" }
  }

  /// The target a source file belongs to; `nil` for a test.
  private func target(of file: String) -> String? {
    let parts = file.split(separator: "/")
    switch parts.first {
    case "Sources": return String(parts[1])
    case "migrations": return "Migrations"
    case "reports": return "ReportAssets"
    default: return nil
    }
  }
}
