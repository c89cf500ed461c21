import BenchModel
import Foundation
import TextCoding

/// The recipe of `benchdb.toml` by which a suite's executable is built.
package struct BuildRecipe: Sendable, Hashable {
  /// The build command; empty where the executable exists already.
  package let command: [String]
  /// The executable that the command makes, relative to the folder in which it runs.
  package let executable: String
  /// The command that prints the toolchain; its first line is stored with every result.
  package let toolchainCommand: [String]
  /// The files and folders that the benchmarks read, relative to the root of the repository.
  package let reads: [String]
  /// The environment variables that its workers get beside benchdb's own.
  package let environment: [String: String]
  /// The seed of the product's layout, which the command gets; `nil` for the product as it is.
  package let layoutSeed: Int?

  package init(
    command: [String], executable: String, toolchainCommand: [String] = ["swift", "--version"],
    reads: [String] = [], environment: [String: String] = [:], layoutSeed: Int? = nil
  ) {
    self.layoutSeed = layoutSeed
    self.environment = environment
    self.reads = reads
    self.command = command
    self.executable = executable
    self.toolchainCommand = toolchainCommand
  }
}

/// An executable ready to be measured.
package struct BuiltSuite: Sendable, Hashable {
  /// The copy that nothing replaces while it is measured. A script without a build command stays
  /// where it is, since it may read files beside it.
  package let executable: String
  /// The `ProductHash` of it and of the files that its benchmarks read.
  package let binaryHash: String
  /// Names the machine code alone, whatever its benchmarks read: executables of equal `codeHash`
  /// run the same instructions at the same addresses. It is `interpreted` for a script that nothing
  /// builds, and `nil` for one that is built, since nobody knows what else its build has made, and
  /// where a program or a library is among what it reads.
  package let codeHash: String?
  package let toolchain: String
  /// Whether it came from the cache and nothing was built.
  package let isCached: Bool
  /// The paths that its benchmarks are declared to read and at which there is nothing.
  package let missingReads: [String]

  /// The `codeHash` of a script that nothing builds.
  package static let interpreted = "interpreted"

  package init(
    executable: String, binaryHash: String, codeHash: String?, toolchain: String, isCached: Bool,
    missingReads: [String]
  ) {
    self.executable = executable
    self.binaryHash = binaryHash
    self.codeHash = codeHash
    self.toolchain = toolchain
    self.isCached = isCached
    self.missingReads = missingReads
  }
}

/// Builds a suite in one folder.
package struct SuiteBuild: Sendable {
  package let recipe: BuildRecipe
  /// The folder in which the build runs: the user's checkout or a worktree.
  package let directory: String
  /// The folder `.benchdb`, which holds logs and cached products.
  package let storage: String

  package init(recipe: BuildRecipe, directory: String, storage: String) {
    self.recipe = recipe
    self.directory = directory
    self.storage = storage
  }

  /// Builds, unless a product of the same tree, recipe and toolchain, built in the same folder, is
  /// cached.
  ///
  /// - Parameters:
  ///   - tree: the hash of the tree.
  ///   - difference: the hash of the uncommitted changes; a dirty tree is always built.
  ///   - toolchain: the toolchain; the recipe's command tells it where it is `nil`.
  ///   - interruption: ends the build when it is requested.
  ///   - check: called before a product is cached; throws where the files have changed.
  ///   - onOutput: gets the output of the build as it comes.
  /// - Returns: the executable, which nothing replaces while it is measured.
  /// - Throws: `RunnerError` where the build fails, and what `check` throws.
  package func run(
    tree: String? = nil, difference: String? = nil, toolchain: String? = nil,
    interruption: Interruption? = nil, check: () throws -> Void = {},
    onOutput: (UnsafeRawBufferPointer) -> Void = { _ in }
  ) throws -> BuiltSuite {
    let toolchain = try toolchain ?? describeToolchain(interruption: interruption)
    if let cached = try cached(tree: tree, difference: difference, toolchain: toolchain) {
      return cached
    }
    defer { if recipe.layoutSeed != nil { seededProduct.remove() } }
    let executable = try makeProduct(interruption: interruption, onOutput: onOutput)
    let source = [tree, difference].compactMap(\.self)
    if recipe.command.isEmpty, try ProductHash.isScript(executable) {
      let inPosition = try built(executable, of: source, toolchain, isCached: false)
      try check()
      return inPosition
    }
    try check()
    // The name is computed again, because the build may have resolved the versions of dependencies.
    let cache = try cache(tree: tree, difference: difference, toolchain: toolchain)
    return try built(
      cache?.store(executable) ?? BuildCache.storeByContents(executable, storage: storage),
      of: source, toolchain, isCached: false)
  }

  /// The cached product of the same tree, recipe and toolchain that was built in `folder`, by
  /// default in this one; `nil` where it has to be built. A dirty tree is always built.
  package func cached(
    tree: String?, difference: String? = nil, toolchain: String, builtIn folder: String? = nil
  ) throws -> BuiltSuite? {
    let cache = try cache(
      tree: tree, difference: difference, toolchain: toolchain, builtIn: folder ?? directory)
    guard let cache,
      let executable = cache.executable
    else { return nil }
    cache.touch()
    return try built(
      executable, of: [tree, difference].compactMap(\.self), toolchain, isCached: true)
  }

  /// Caches a product that was built without a tree as the product of `tree`, and removes the copy
  /// that was made of it.
  package func keep(_ built: BuiltSuite, tree: String?) throws -> BuiltSuite {
    guard let cache = try cache(tree: tree, difference: nil, toolchain: built.toolchain) else {
      return built
    }
    let kept = try self.built(
      try cache.store(built.executable), of: [tree].compactMap(\.self), built.toolchain,
      isCached: false)
    let folder = (built.executable as NSString).deletingLastPathComponent
    // A failure only costs disk space.
    if kept.executable != built.executable { try? FileManager.default.removeItem(atPath: folder) }
    return kept
  }

  /// - Returns: `nil` for what is not cached. Without a command benchdb can't know whether the
  ///   executable belongs to the tree. Untracked files that benchmarks read are not cached with the
  ///   executable, so that it can't be cached either.
  private func cache(
    tree: String?, difference: String?, toolchain: String, builtIn folder: String? = nil
  ) throws -> BuildCache? {
    guard let tree, difference == nil, !recipe.command.isEmpty, try filesRead()?.isOfTree != false
    else { return nil }
    return BuildCache(
      storage: storage, tree: tree, recipe: recipe, toolchain: toolchain,
      directory: folder ?? directory, surroundings: try surroundings(of: folder ?? directory))
  }

  private func built(
    _ executable: String, of source: [String], _ toolchain: String, isCached: Bool
  ) throws -> BuiltSuite {
    let files = try filesRead()
    let hash = try ProductHash.hexadecimal(
      of: executable, source: source, reads: files?.hash, environment: recipe.environment)
    return BuiltSuite(
      executable: executable, binaryHash: hash,
      codeHash: try codeHash(of: executable, hash: hash, reading: files), toolchain: toolchain,
      isCached: isCached, missingReads: files?.missing ?? [])
  }

  private func codeHash(
    of executable: String, hash: String, reading files: FilesRead?
  ) throws -> String? {
    // What a program loads or starts is code as its own is.
    if files?.holdMachineCode == true { return nil }
    if try ProductHash.isScript(executable) {
      return recipe.command.isEmpty ? BuiltSuite.interpreted : nil
    }
    let isCodeAlone = files == nil && recipe.environment.isEmpty
    return isCodeAlone ? hash : try ProductHash.hexadecimal(of: executable)
  }

  /// Builds, where there is something to build.
  /// - Returns: the path of the executable in the folder of the build.
  private func makeProduct(
    interruption: Interruption?, onOutput: (UnsafeRawBufferPointer) -> Void
  ) throws -> String {
    SeededProduct.removeAbandoned(storage: storage)
    if recipe.layoutSeed != nil { try seededProduct.prepare() }
    if !recipe.command.isEmpty {
      try build(interruption: interruption, onOutput: onOutput)
    }
    let executable = absolute(recipe.executable)
    guard FileManager.default.isExecutableFile(atPath: executable) else {
      throw RunnerError.productMissing(path: executable, command: recipe.command)
    }
    return executable
  }

  private var seededProduct: SeededProduct {
    SeededProduct(product: absolute(recipe.executable), storage: storage)
  }

  /// The files that its benchmarks read, as they are now; `nil` where none are declared.
  private func filesRead() throws -> FilesRead? {
    recipe.reads.isEmpty
      ? nil : try GitRepository(root: directory).filesRead(at: recipe.reads)
  }

  /// The inputs of the build beside the tree: the versions of dependencies, where git ignores the
  /// file, and missing submodules.
  private func surroundings(of directory: String) throws -> [String] {
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
    let added = [BuildRecipe.layoutVariable: recipe.layoutValue]
    let environment = ProcessInfo.processInfo.environment.merging(added) { $1 }
    let exit = try ChildProcess(
      recipe.command, environment: environment, workingDirectory: directory
    )
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

  /// The first line that the toolchain's command prints, at most 200 characters; `unknown` where it
  /// prints nothing.
  package func describeToolchain(interruption: Interruption?) throws -> String {
    guard !recipe.toolchainCommand.isEmpty else { return "unknown" }
    var child = ChildProcess(recipe.toolchainCommand, workingDirectory: directory)
    child.timeout = 60
    let answer: CapturedChild
    do {
      answer = try child.capture(maximumBytes: 1 << 16, interruption: interruption)
    } catch RunnerError.executableNotFound, RunnerError.notExecutable,
      RunnerError.interpreterNotFound
    {
      // Without Swift code there may be no Swift.
      return "unknown"
    }
    if answer.exit.stop == .interrupted { throw RunnerError.interrupted }
    let line = answer.text.split(separator: "\n").first.map(String.init) ?? ""
    guard answer.exit.isSuccess, !line.isEmpty else { return "unknown" }
    return TextLimit.cut(String(line.prefix(200)))
  }
}

/// The whole output of one build, written to a file.
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
