package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// The folder in which a command was typed, and what that means: the repository, its
/// `benchdb.toml`, the settings and the database.
package struct Workspace {
  /// The folder in which the command was typed.
  let directory: String
  /// The repository's root, or `directory` outside of a repository.
  package let root: String
  package let configuration: Configuration
  package let settings: Settings
  package let console: Console
  /// The path of the results database, as the user or the default said.
  package let databasePath: String
  /// What the service for continuous integration says that runs this; `nil` on any other machine.
  let build: ContinuousIntegration?
  private let discovery: Result<GitRepository, any Error>

  /// - Parameters:
  ///   - database: the path that `--db` gives.
  ///   - color: what `--color` gives.
  ///   - directory: the folder in which the command was typed.
  ///   - environment: where settings and a service for continuous integration are looked up.
  ///   - streams: where answers and notes go.
  /// - Throws: `CommandFailure` for a `benchdb.toml` or a setting that can't be read.
  package init(
    database: String?, color: String?,
    directory: String = FileManager.default.currentDirectoryPath,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    streams: StandardStreams = .ofProcess
  ) throws {
    let discovery = Result { try GitRepository.discover(from: directory) }
    let root = (try? discovery.get().root) ?? directory
    let configuration = try Self.configuration(at: root)
    let settings = Settings(environment: environment, file: configuration.settings)
    self.directory = directory
    self.root = root
    self.configuration = configuration
    self.settings = settings
    self.discovery = discovery
    build = ContinuousIntegration.detect(environment)
    console = try Console(
      color: color, settings: settings, environment: environment, streams: streams)
    // Pages alone need it, but a slip in it is better known before one is written.
    _ = try settings.value(of: .commitURL, flag: nil)
    for stranger in Self.strangers(in: environment) { console.note(stranger) }
    databasePath =
      try settings.value(of: .database, flag: database)
      .map { try Self.absolute($0, in: database == nil ? root : directory) }
      ?? StoreLocation.database(in: URL(filePath: root)).path
  }

  /// Variables that look like settings and are none, with what was probably meant: a gate that is
  /// not as strict as its author thinks is worse than none.
  private static func strangers(in environment: [String: String]) -> [String] {
    let known = ConfigurationReader.settings.map(\.environmentVariable)
    let own = [
      WorkerProtocol.versionVariable, WorkerProtocol.descriptorVariable,
      WorkerProtocol.countsVariable, WorkerProtocol.paddingVariable, "BENCHDB_FULL_TESTS",
    ]
    return environment.keys.sorted()
      .filter { $0.hasPrefix("BENCHDB_") && !known.contains($0) && !own.contains($0) }
      .map { name in
        let meant = Suggestion.closest(to: name, in: known).map { " Did you mean \($0)?" } ?? ""
        return "\(Printable.text(name)) is not a setting of benchdb.\(meant)"
      }
  }

  /// The repository around the folder in which the command was typed.
  /// - Throws: `RunnerError` that says why there is none.
  package func repository() throws -> GitRepository { try discovery.get() }

  /// What is checked out, with its uncommitted changes; the database is none of them, wherever it
  /// is.
  package func checkedOutRevision() throws -> Revision {
    try repository().revision(ignoring: databaseFiles)
  }

  /// The database and what SQLite keeps beside it.
  var databaseFiles: [String] { ["", "-wal", "-shm"].map { databasePath + $0 } }

  /// Worktrees, cached builds and logs.
  var storage: String { StoreLocation.folder(in: URL(filePath: root)).path }

  /// Opens the results database for reading.
  package func openForReading() throws -> ResultsStore {
    do {
      return try ResultsStore.open(databasePath, access: .readOnly)
    } catch StoreError.olderSchema {
      // An older schema is brought up to date by whoever may write; the file is copied aside first.
      try ResultsStore.open(databasePath, access: .readWrite).close()
      return try ResultsStore.open(databasePath, access: .readOnly)
    }
  }

  /// Opens the results database for writing, and makes it where it is missing; its default location
  /// is in a repository. Runs whose recorder is gone are marked as interrupted.
  package func openForWriting() throws -> ResultsStore {
    let location = StoreLocation.database(in: URL(filePath: root)).path
    if databasePath == location {
      _ = try repository()
      try StoreLocation.prepareFolder(in: URL(filePath: root))
    }
    let store = try ResultsStore.open(databasePath, access: .readWrite)
    for run in try store.interruptAbandonedRuns(isAlive: Self.isAlive) {
      console.note(
        "Run \(run.run.shortID) had lost its recorder and is now marked as interrupted; "
          + run.run.wayOn)
    }
    try completeCommits(of: store)
    return store
  }

  /// Whether the process that measures a run may still be at it.
  package static func isAlive(_ run: Run) -> Bool {
    MachineProbe().isAlive(run.recorder, started: run.started)
  }

  /// What `benchdb.toml` in `folder` says; an empty configuration where there is no such file.
  static func configuration(at folder: String) throws -> Configuration {
    let path = folder + "/benchdb.toml"
    guard FileManager.default.fileExists(atPath: path) else { return Configuration() }
    let text: String
    do { text = try String(contentsOf: URL(filePath: path), encoding: .utf8) } catch {
      throw CommandFailure("\(path) can't be read: \(error.localizedDescription)")
    }
    return try ConfigurationReader().read(text)
  }

  /// `path` from the file system's root without detours, so that it can be told whether it lies in
  /// the repository.
  private static func absolute(_ path: String, in folder: String) throws -> String {
    guard !path.hasPrefix(":"), !path.hasPrefix("file:") else {
      throw CommandFailure(
        "'\(Printable.text(path))' is no path of a file; results are kept in a file. Put './' before "
          + "a name that really begins so.")
    }
    let file = URL(filePath: path, relativeTo: URL(filePath: folder, directoryHint: .isDirectory))
    let parent = file.deletingLastPathComponent().standardizedFileURL.resolvingSymlinksInPath()
    return path.hasSuffix("/")
      ? parent.path + "/" + file.lastPathComponent + "/"
      : parent.appending(path: file.lastPathComponent, directoryHint: .notDirectory).path
  }
}

extension Run {
  /// The first eight digits, which name a run among people.
  package var shortID: String { id.shortText }

  /// How an interrupted run is gone on with, in a sentence.
  var wayOn: String {
    switch purpose {
    case .record, .import: "`benchdb record --resume` completes it."
    case .confirm: "the same `benchdb compare --paired` goes on with it."
    case .calibrate: "`benchdb calibrate` goes on with it."
    case .bisect: "the same `benchdb bisect` goes on with it."
    case .backfill: "the same `benchdb backfill` goes on with it."
    }
  }
}

extension UUID {
  var shortText: String { String(uuidString.lowercased().prefix(8)) }
}
