import BenchModel
import BenchRunner
import BenchTestSupport
import BenchWorkflows
import Foundation
import Synchronization
import Testing

/// A git repository in a temporary folder, and what was said to the user in it.
struct MeasuredProject {
  let root: URL
  let notes = NoteRecorder()

  private init(in folder: URL) throws {
    root = folder.resolvingSymlinksInPath()
    try git("init", "--quiet", "--initial-branch=main")
    try git("config", "user.name", "Ada")
    try git("config", "user.email", "ada@example.org")
  }

  /// Makes a project, hands it to `body` and removes it.
  static func with(_ body: (MeasuredProject) throws -> Void) throws {
    try withTemporaryDirectory { try body(MeasuredProject(in: $0)) }
  }

  func write(_ text: String, to name: String) throws {
    let file = root.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @discardableResult
  func commit(_ subject: String) throws -> Commit {
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "--message", subject)
    return try repository().head()
  }

  func git(_ arguments: String...) throws {
    let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
    let child = try ChildProcess(
      ["git", "-C", root.path] + arguments, environment: environment, timeout: 60
    ).capture()
    try #require(child.exit.isSuccess, "\(child.standardError)")
  }

  func repository() throws -> GitRepository { try GitRepository.discover(from: root.path) }

  func workspace(
    isErrorTerminal: Bool = false, environment: [String: String] = [:]
  ) throws -> Workspace {
    try Workspace(
      database: nil, color: nil, directory: root.path, environment: environment,
      streams: notes.streams(isErrorTerminal: isErrorTerminal))
  }
}

/// Remembers what is said on both streams.
final class NoteRecorder: Sendable {
  private let texts = Mutex<[String]>([])

  /// Everything that was said, a text a line.
  var all: String { texts.withLock { $0.joined(separator: "\n") } }

  func streams(isErrorTerminal: Bool = false) -> StandardStreams {
    StandardStreams(isErrorTerminal: isErrorTerminal) { text, _ in
      self.texts.withLock { $0.append(text) }
    }
  }

  func console() throws -> Console {
    try Console(
      color: nil, settings: Settings(environment: [:], file: [:]), environment: [:],
      streams: streams())
  }
}
