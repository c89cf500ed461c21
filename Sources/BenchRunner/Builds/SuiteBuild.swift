import BenchModel
import Foundation

/// How a suite's executable is built, as `benchdb.toml` says.
package struct BuildRecipe: Sendable, Hashable {
  /// The build command; empty when the executable is there already.
  package let command: [String]
  /// The executable that it makes, relative to the folder in which it runs.
  package let executable: String
  /// Prints what compiles; its first line is kept with every result.
  package let toolchainCommand: [String]
  /// Files and folders that its benchmarks read, relative to the root of the repository.
  package let reads: [String]
  /// What its workers get in their environment beside what benchdb has in its own.
  package let environment: [String: String]

  package init(
    command: [String], executable: String, toolchainCommand: [String] = ["swift", "--version"],
    reads: [String] = [], environment: [String: String] = [:]
  ) {
    self.environment = environment
    self.reads = reads
    self.command = command
    self.executable = executable
    self.toolchainCommand = toolchainCommand
  }
}

/// An executable ready to be measured.
package struct BuiltSuite: Sendable, Hashable {
  /// A copy that nothing replaces while it is measured; a script without a build command, which may
  /// read what lies beside it, stays where it is.
  package let executable: String
  /// What `ProductHash` says of it and of the files that its benchmarks read.
  package let binaryHash: String
  package let toolchain: String
  /// Whether it came from the cache, so that nothing was built.
  package let isCached: Bool
  /// Of what its benchmarks are said to read, the paths at which there is nothing.
  package let missingReads: [String]
}

/// Builds a suite in one folder.
package struct SuiteBuild: Sendable {
  package let recipe: BuildRecipe
  /// Where the build runs: the user's checkout or a worktree.
  package let directory: String
  /// `.benchdb`, which holds logs and cached products.
  package let storage: String

  package init(recipe: BuildRecipe, directory: String, storage: String) {
    self.recipe = recipe
    self.directory = directory
    self.storage = storage
  }

  /// Builds, unless a product of the same tree, recipe and toolchain, built in the same folder, is
  /// kept.
  ///
  /// `tree` is the hash of the tree and `difference` that of what lies on top of it; a dirty tree
  /// is always built. `check` throws where the files are no longer those; it is called before
  /// anything is kept under their name. `toolchain` is what compiles, asked of the recipe where it
  /// is not known. `onOutput` gets what the build prints, as it comes.
  package func run(
    tree: String? = nil, difference: String? = nil, toolchain: String? = nil,
    interruption: Interruption? = nil, check: () throws -> Void = {},
    onOutput: (UnsafeRawBufferPointer) -> Void = { _ in }
  ) throws -> BuiltSuite {
    let toolchain = try toolchain ?? describeToolchain(interruption: interruption)
    // Without a command benchdb can't tell whether the executable belongs to the tree; and what the
    // build makes for its benchmarks to read is not kept with the executable.
    let isKept = try !recipe.command.isEmpty && difference == nil && filesRead()?.isOfTree != false
    let cachedTree = isKept ? tree : nil
    func cache() throws -> BuildCache? {
      try cachedTree.map {
        BuildCache(
          storage: storage, tree: $0, recipe: recipe, toolchain: toolchain, directory: directory,
          surroundings: try surroundings())
      }
    }
    func product(_ executable: String, isCached: Bool) throws -> BuiltSuite {
      let source = [tree, difference].compactMap(\.self)
      let files = try filesRead()
      return BuiltSuite(
        executable: executable,
        binaryHash: try ProductHash.hexadecimal(
          of: executable, source: source, reads: files?.hash, environment: recipe.environment),
        toolchain: toolchain, isCached: isCached, missingReads: files?.missing ?? [])
    }
    if let cache = try cache(), let kept = cache.executable {
      cache.touch()
      return try product(kept, isCached: true)
    }
    if !recipe.command.isEmpty {
      try build(interruption: interruption, onOutput: onOutput)
    }
    let executable = absolute(recipe.executable)
    guard FileManager.default.isExecutableFile(atPath: executable) else {
      throw RunnerError.productMissing(path: executable, command: recipe.command)
    }
    if recipe.command.isEmpty, try ProductHash.isScript(executable) {
      let inPosition = try product(executable, isCached: false)
      try check()
      return inPosition
    }
    try check()
    // Looked up again: the build may have chosen the versions of dependencies.
    return try product(
      cache()?.keep(executable) ?? BuildCache.keepByContent(executable, storage: storage),
      isCached: false)
  }

  /// What its benchmarks read, as it lies there now; `nil` where they are not said to read
  /// anything.
  private func filesRead() throws -> FilesRead? {
    recipe.reads.isEmpty
      ? nil : try GitRepository(root: directory).filesRead(at: recipe.reads)
  }

  /// What decides beside the tree what is built: the versions of dependencies, where git ignores
  /// the file, and submodules that are missing.
  private func surroundings() throws -> [String] {
    let files = FileManager.default
    let versions = directory + "/Package.resolved"
    let resolved =
      files.fileExists(atPath: versions)
      ? try SHA256.hexadecimal(ofFile: versions) : "none"
    guard files.fileExists(atPath: directory + "/.gitmodules") else { return [resolved] }
    return [resolved] + (try GitRepository(root: directory).missingSubmodules())
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : directory + "/" + path
  }

  private func build(
    interruption: Interruption?, onOutput: (UnsafeRawBufferPointer) -> Void
  ) throws {
    let log = try BuildLog(folder: storage + "/logs")
    defer { log.close() }
    var tail = OutputTail(limit: 4 << 10)
    let exit = try ChildProcess(recipe.command, workingDirectory: directory)
      .run(interruption: interruption) { _, piece in
        try log.write(piece)
        tail.append(piece)
        onOutput(piece)
        return .goOn
      }
    if exit.stop == .interrupted { throw RunnerError.interrupted }
    if let crash = exit.crash {
      let lines = tail.text.split(separator: "\n").suffix(20).joined(separator: "\n")
      throw RunnerError.buildFailed(
        command: recipe.command, status: crash, lastLines: lines, log: log.path)
    }
  }

  /// The first line of what the toolchain says of itself, at most 200 characters; `unknown` where
  /// it says nothing.
  private func describeToolchain(interruption: Interruption?) throws -> String {
    guard !recipe.toolchainCommand.isEmpty else { return "unknown" }
    var child = ChildProcess(recipe.toolchainCommand, workingDirectory: directory)
    child.timeout = 60
    let answer: CapturedChild
    do {
      answer = try child.capture(maximumBytes: 1 << 16, interruption: interruption)
    } catch RunnerError.executableNotFound, RunnerError.notExecutable,
      RunnerError.interpreterNotFound
    {
      // Where nothing is Swift there need be no Swift.
      return "unknown"
    }
    if answer.exit.stop == .interrupted { throw RunnerError.interrupted }
    let line = answer.text.split(separator: "\n").first.map(String.init) ?? ""
    return answer.exit.isSuccess && !line.isEmpty ? String(line.prefix(200)) : "unknown"
  }
}

/// The whole output of one build, kept in a file.
private struct BuildLog {
  let path: String
  private let file: FileHandle

  init(folder: String) throws {
    try createFolder(folder)
    let time = Date().formatted(
      .iso8601.year().month().day().time(includingFractionalSeconds: true)
        .timeSeparator(.omitted))
    path = "\(folder)/build-\(time).log"
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw RunnerError.unwritable(path, reason: "the file can't be made") }
    self.file = file
  }

  func write(_ piece: UnsafeRawBufferPointer) throws {
    do { try file.write(contentsOf: Data(piece)) } catch {
      throw RunnerError.unwritable(path, reason: error.localizedDescription)
    }
  }

  func close() { try? file.close() }
}
