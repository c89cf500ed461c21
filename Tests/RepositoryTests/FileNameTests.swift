import Foundation
import Testing

@Suite("File names")
struct FileNameTests {
  @Test("no two Swift files of the repository have the same name")
  func areUnique() throws {
    let files = try swiftFiles()
    #expect(files.count > 500)
    for (name, paths) in Dictionary(grouping: files, by: name) where paths.count > 1 {
      Issue.record("\(name) names \(paths.sorted().joined(separator: " and "))")
    }
  }

  @Test("a file declares or extends what it is named after, before its plus sign")
  func sayWhatIsInside() throws {
    for file in try swiftFiles() {
      let wanted = name(file).split(separator: "+")[0]
      let declared = DeclaredNames(in: try Repository.text(file))
      #expect(
        declared.contains(String(wanted)),
        "\(file) declares no '\(wanted)'; it has \(declared.names.sorted().joined(separator: ", "))"
      )
    }
  }

  @Test(
    "every kind of declaration is seen",
    arguments: [
      ("package struct Wanted {", true), ("  private final class Wanted: Other {", true),
      ("extension Wanted where Element == Int {", true), ("extension Outer.Wanted {", true),
      ("@Suite(.enabled(if: isOn)) struct Wanted {", true), ("indirect enum Wanted {", true),
      ("extension [Wanted] {", true), ("package typealias Wanted = Int", true),
      ("@inlinable public func wanted<Value>(_ value: Value) {", true),
      ("// struct Wanted", false), ("let text = \"struct Wanted\"", false),
      ("structWanted", false), ("struct WantedNot {", false),
    ])
  func findsDeclarations(_ line: String, _ isThere: Bool) {
    #expect(DeclaredNames(in: line).contains("Wanted") == isThere)
  }

  private func swiftFiles() throws -> [String] {
    try Repository.files().filter { file in
      file.hasSuffix(".swift") && !["Package.swift", "Sources/benchdb/main.swift"].contains(file)
    }
  }

  private func name(_ path: String) -> String {
    String(path.split(separator: "/").last!.dropLast(".swift".count))
  }
}

/// The names of types that a source declares or extends, and of its functions: `blackHole` may
/// stand in `BlackHole.swift`.
private struct DeclaredNames {
  private(set) var names: Set<String> = []

  private static let types: Set<Substring> = [
    "struct", "class", "enum", "actor", "protocol", "typealias", "extension",
  ]

  init(in source: String) {
    for line in source.utf8.split(separator: UInt8(ascii: "\n")) {
      let words = Substring(line).split(separator: " ")
      guard words.first?.hasPrefix("//") == false else { continue }
      for (word, next) in zip(words, words.dropFirst()) {
        if Self.types.contains(word) {
          names.formUnion(Self.identifiers(next))
        } else if word == "func", let name = Self.identifiers(next).first {
          names.insert(name.prefix(1).uppercased() + name.dropFirst())
        }
      }
    }
  }

  /// The names in `[Outer.Inner]:`, before any parameters.
  private static func identifiers(_ word: Substring) -> [String] {
    word.drop { $0 == "[" }.prefix { $0.isLetter || $0.isNumber || "._".contains($0) }
      .split(separator: ".").map(String.init)
  }

  func contains(_ name: String) -> Bool { names.contains(name) }
}
