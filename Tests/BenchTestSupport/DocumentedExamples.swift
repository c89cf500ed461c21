import Foundation

/// The Swift examples in the documentation comments of a target, so that a test can hold that it
/// compiles every one of them.
package struct DocumentedExamples {
  /// The lines of all examples without their indentation; empty lines are left out.
  package let lines: [String]

  /// Reads the examples of a target, which is the name of a folder of `Sources`.
  package init(ofTarget target: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/\(target)").standardizedFileURL
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let paths = files?.compactMap {
      ($0 as? URL).flatMap { $0.pathExtension == "swift" ? $0 : nil }
    }
    lines = try (paths ?? []).sorted { $0.path < $1.path }
      .flatMap { Self.examples(in: try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// The lines that a file does not contain, whatever their indentation.
  package func missing(from path: String) throws -> [String] {
    let known = Set(
      try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(trimmed))
    return lines.filter { !known.contains($0) }
  }

  private static func examples(in file: String) -> [String] {
    var lines: [String] = []
    var isExample = false
    for line in file.split(separator: "\n").map(trimmed) where line.hasPrefix("///") {
      let text = trimmed(line.dropFirst(3))
      if text.hasPrefix("```") {
        isExample = text == "```swift"
      } else if isExample, !text.isEmpty {
        lines.append(text)
      }
    }
    return lines
  }
}

private func trimmed(_ line: some StringProtocol) -> String {
  line.trimmingCharacters(in: .whitespaces)
}
