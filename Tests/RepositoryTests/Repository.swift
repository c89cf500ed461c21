import Foundation

/// This package's checkout, as the tests read it.
enum Repository {
  /// The folder of `Package.swift`.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let catalogue = "Sources/benchdb/Documentation.docc"

  static func contains(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Every file git tracks, and every new one it does not ignore, as paths from the root: what the
  /// next commit may hold.
  static func files() throws -> [String] {
    let listing = try Command.run(
      ["git", "ls-files", "--cached", "--others", "--exclude-standard"], in: root)
    return listing.output.split(separator: "\n").map(String.init).filter(contains)
  }

  /// The executable that the build of these tests put beside them.
  static var executable: URL {
    get throws {
      let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      let candidates = [folder, root.appending(path: ".build/debug")]
        .map { $0.appending(path: "benchdb") }
      guard
        let found = candidates.first(where: {
          FileManager.default.isExecutableFile(atPath: $0.path)
        })
      else { throw RepositoryError.noExecutable(searched: candidates.map(\.path)) }
      return found
    }
  }
}

enum RepositoryError: Error, CustomStringConvertible {
  case noExecutable(searched: [String])
  case commandFailed(String, status: Int32, output: String)

  var description: String {
    switch self {
    case .noExecutable(let searched):
      "no benchdb executable at \(searched.joined(separator: " nor ")); run 'swift build' first"
    case .commandFailed(let command, let status, let output):
      "'\(command)' ended with status \(status): \(output)"
    }
  }
}
