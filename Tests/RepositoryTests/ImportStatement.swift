/// One `import` line of a Swift file.
struct ImportStatement: Equatable {
  let module: String
  let isTestable: Bool
  /// Counted from 1.
  let line: Int

  /// Every import of a file: with attributes, with an access level, and of a single declaration or submodule (`import struct Foundation.Date`).
  static func all(in source: String) -> [ImportStatement] {
    source.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { ImportStatement(parsing: $1, line: $0 + 1) }
  }

  private init?(parsing text: Substring, line: Int) {
    // A regular expression is not Sendable, so it is not a constant of the type.
    let pattern =
      /^\s*(?<attributes>(?:@\w+(?:\([^)]*\))?\s+)*)(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?<module>\w+)/
    guard let match = text.firstMatch(of: pattern) else { return nil }
    module = String(match.output.module)
    isTestable = match.output.attributes.contains("@testable")
    self.line = line
  }

  init(module: String, isTestable: Bool = false, line: Int) {
    self.module = module
    self.isTestable = isTestable
    self.line = line
  }
}
