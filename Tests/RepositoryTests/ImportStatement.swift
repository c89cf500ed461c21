/// One `import` line of a Swift file.
struct ImportStatement: Equatable {
  let module: String
  let isTestable: Bool
  /// Counted from 1.
  let line: Int

  /// Every import of a file: with attributes, with an access level, and of a single declaration or
  /// submodule (`import struct Foundation.Date`).
  static func all(in source: String) -> [ImportStatement] {
    // Made once a file: a regular expression is not Sendable, so it is not a constant of the type,
    // and making one takes far longer than matching a line.
    let pattern =
      /\s*(?<attributes>(?:@\w+(?:\([^)]*\))?\s+)*)(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?<module>\w+)/
    return source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated().compactMap { index, line in
        guard let match = Substring(line).prefixMatch(of: pattern) else { return nil }
        return ImportStatement(
          module: String(match.output.module),
          isTestable: match.output.attributes.contains("@testable"), line: index + 1)
      }
  }

  init(module: String, isTestable: Bool = false, line: Int) {
    self.module = module
    self.isTestable = isTestable
    self.line = line
  }
}
