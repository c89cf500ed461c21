import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Suite builds") struct SuiteBuildTests {
  private func build(
    _ script: String, in directory: URL, tree: String? = nil, difference: String? = nil,
    toolchain: String = "tool 1", check: () throws -> Void = {}
  ) throws -> BuiltSuite {
    let recipe = BuildRecipe(
      command: ["/bin/sh", "-c", script], executable: "out/suite",
      toolchainCommand: ["echo", toolchain])
    return try SuiteBuild(
      recipe: recipe, directory: directory.path, storage: directory.path + "/.benchdb"
    ).run(tree: tree, difference: difference, check: check)
  }

  private let good = """
    echo built >> count; mkdir -p out/suite_suite.resources out/other
    printf '#!/bin/sh\\necho hi\\n' > out/suite; chmod +x out/suite; echo data > out/suite_suite.resources/a
    """

  @Test("A build gives the executable, its hash and its toolchain")
  func success() throws {
    try withTemporaryDirectory { directory in
      let built = try build(good, in: directory)
      #expect(built.executable.hasPrefix(directory.path + "/.benchdb/builds/"))
      #expect(built.binaryHash == (try ProductHash.hexadecimal(of: built.executable)))
      #expect(built.toolchain == "tool 1")
      #expect(!built.isCached)
    }
  }

  @Test("The same executable in another environment is other code, and in the same one the same")
  func environment() throws {
    try withTemporaryDirectory { directory in
      func hash(_ environment: [String: String]) throws -> String {
        let recipe = BuildRecipe(
          command: ["/bin/sh", "-c", good], executable: "out/suite", toolchainCommand: [],
          environment: environment)
        return try SuiteBuild(
          recipe: recipe, directory: directory.path, storage: directory.path + "/.benchdb"
        ).run(tree: "t1").binaryHash
      }
      let plain = try hash([:])
      #expect(try hash([:]) == plain)
      #expect(try Set([plain, hash(["A": "1"]), hash(["A": "2"]), hash(["B": "1"])]).count == 4)
      #expect(try hash(["A": "1", "B": "2"]) == hash(["B": "2", "A": "1"]))
    }
  }

  @Test("The same tree, recipe and toolchain are built once; the copy has its resources")
  func cached() throws {
    try withTemporaryDirectory { directory in
      let first = try build(good, in: directory, tree: "t1")
      #expect(!first.isCached)
      try FileManager.default.removeItem(at: directory.appending(path: "out"))
      let second = try build(good, in: directory, tree: "t1")
      #expect(second.isCached)
      #expect(second.executable == first.executable)
      #expect(second.binaryHash == first.binaryHash)
      let folder = URL(filePath: second.executable).deletingLastPathComponent().path
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
          == ["suite", "suite_suite.resources"])
      #expect(try !build(good, in: directory, tree: "t2").isCached)
      #expect(try !build(good, in: directory, tree: "t1", toolchain: "tool 2").isCached)
      #expect(try !build(good, in: directory).isCached)
      let builds = try String(
        contentsOf: directory.appending(path: "count"), encoding: .utf8)
      #expect(builds == String(repeating: "built\n", count: 4))
    }
  }

  // MARK: Layouts

  private func layout(
    _ script: String, seed: Int?, in directory: URL, tree: String? = "t1"
  ) throws -> (built: BuiltSuite, build: SuiteBuild) {
    let recipe = BuildRecipe(
      command: ["/bin/sh", "-c", script], executable: "out/suite", toolchainCommand: [])
    let build = SuiteBuild(
      recipe: try seed.map { try #require(recipe.seeded($0)) } ?? recipe,
      directory: directory.path, storage: directory.path + "/.benchdb")
    return (try build.run(tree: tree), build)
  }

  private let seeded = """
    [ -e out/suite ] && exit; mkdir -p out; echo "$BENCHDB_LAYOUT;" >> seeds
    cp /bin/true out/suite; chmod u+w out/suite; printf %s "$BENCHDB_LAYOUT" >> out/suite
    """

  @Test("A build command gets the seed of a layout, or an empty one, and each is cached apart")
  func seeds() throws {
    try withTemporaryDirectory { directory in
      var random = SeededRandom(seed: 8)
      let seeds = (1...5).map { _ in Int.random(in: 1...1_000_000, using: &random) }
      let plain = try layout(seeded, seed: nil, in: directory).built
      let built = try seeds.map { try layout(seeded, seed: $0, in: directory).built }
      #expect(Set(([plain] + built).map(\.codeHash)).count == 6)
      #expect(
        try seeds.map { try layout(seeded, seed: $0, in: directory).built.isCached }
          == Array(repeating: true, count: 5))
      let said = try String(contentsOf: directory.appending(path: "seeds"), encoding: .utf8)
      #expect(said == ";\n" + seeds.map { "\($0);\n" }.joined())
    }
  }

  @Test("What a seed has made is not left where a build command would find it up to date")
  func seededProduct() throws {
    try withTemporaryDirectory { directory in
      let product = directory.appending(path: "out/suite").path
      _ = try layout(seeded, seed: 3, in: directory)
      #expect(!FileManager.default.fileExists(atPath: product))
      let plain = try layout(seeded, seed: nil, in: directory).built
      #expect(FileManager.default.fileExists(atPath: product))
      // One that a killed benchdb left is removed before the next build.
      try Data("#!/bin/sh".utf8).write(to: URL(filePath: product))
      let note = directory.appending(path: ".benchdb/seeded-product")
      try Data(product.utf8).write(to: note)
      let again = try layout(seeded, seed: nil, in: directory, tree: "t2").built
      #expect(again.codeHash == plain.codeHash)
      #expect(!FileManager.default.fileExists(atPath: note.path))
    }
  }

  @Test("A product that was built anew is kept for its tree")
  func keeps() throws {
    try withTemporaryDirectory { directory in
      let (built, build) = try layout(seeded, seed: 3, in: directory, tree: nil)
      #expect(try build.cached(tree: "t1", toolchain: built.toolchain) == nil)
      let kept = try build.keep(built, tree: "t1")
      #expect(kept.codeHash == built.codeHash)
      let cached = try build.cached(tree: "t1", toolchain: built.toolchain)
      #expect(cached?.executable == kept.executable && cached?.isCached == true)
      #expect(try build.cached(tree: "t1", difference: "d", toolchain: built.toolchain) == nil)
    }
  }

  @Test(
    "Code is named apart from what it reads; that of a script is not known, or an interpreter's")
  func code() throws {
    try withTemporaryDirectory { directory in
      func hashes(_ command: [String], environment: [String: String] = [:]) throws -> BuiltSuite {
        try SuiteBuild(
          recipe: BuildRecipe(
            command: command, executable: "out/suite", toolchainCommand: [],
            environment: environment),
          directory: directory.path, storage: directory.path + "/.benchdb"
        ).run()
      }
      let plain = try hashes(["/bin/sh", "-c", "rm -rf out; " + seeded])
      let other = try hashes(["/bin/sh", "-c", "rm -rf out; " + seeded], environment: ["A": "1"])
      #expect(plain.codeHash == other.codeHash && plain.binaryHash != other.binaryHash)
      #expect(try hashes(["/bin/sh", "-c", "rm -rf out; " + good]).codeHash == nil)
      #expect(try hashes([]).codeHash == BuiltSuite.interpreted)
    }
  }

  @Test("What reads machine code has a layout, whether it is a script or a program")
  func readsMachineCode() throws {
    var random = SeededRandom(seed: 61)
    try withTemporaryDirectory { directory in
      let git = try ChildProcess(["git", "init", "--quiet"], workingDirectory: directory.path)
        .capture()
      try #require(git.exit.isSuccess)
      func code(_ file: [UInt8], isScript: Bool) throws -> String? {
        try Data(file).write(to: directory.appending(path: "data"))
        let made = isScript ? good : seeded
        _ = try ChildProcess(
          ["/bin/sh", "-c", "rm -rf out; " + made], workingDirectory: directory.path
        ).capture()
        return try SuiteBuild(
          recipe: BuildRecipe(
            command: [], executable: "out/suite", toolchainCommand: [], reads: ["data"]),
          directory: directory.path, storage: directory.path + "/.benchdb"
        ).run().codeHash
      }
      for isScript in [true, false] {
        for start: [UInt8] in [[0x7F, 0x45, 0x4C, 0x46], [0xCF, 0xFA, 0xED, 0xFE]] {
          let rest = (0..<Int.random(in: 0...50, using: &random)).map { UInt8($0) }
          #expect(try code(start + rest, isScript: isScript) == nil)
          // What only holds such bytes somewhere is data.
          #expect(try code([1] + start + rest, isScript: isScript) != nil)
          #expect(try code(Array(start.prefix(3)), isScript: isScript) != nil)
        }
      }
    }
  }

  @Test("An executable that is replaced, or rewritten, while it is measured stays what was built")
  func privateCopy() throws {
    try withTemporaryDirectory { directory in
      let built = try build(good, in: directory)
      let bytes = try Data(contentsOf: URL(filePath: built.executable))
      try Data("#!/bin/sh\nexit 1\n".utf8).write(to: directory.appending(path: "out/suite"))
      #expect(try Data(contentsOf: URL(filePath: built.executable)) == bytes)
      #expect(try ProductHash.hexadecimal(of: built.executable) == built.binaryHash)
      // A cached product that was damaged is not taken for what was built.
      try Data("#!/bin/sh\nexit 2\n".utf8).write(to: URL(filePath: built.executable))
      let again = try build(good, in: directory)
      #expect(again.executable == built.executable)
      #expect(again.binaryHash == built.binaryHash)
    }
  }

  @Test("A build whose sources changed meanwhile is refused and not cached")
  func changedMeanwhile() throws {
    struct Changed: Error {}
    try withTemporaryDirectory { directory in
      func refuse() throws { throw Changed() }
      #expect(throws: Changed.self) {
        try build(good, in: directory, tree: "t1", check: refuse)
      }
      let accepted = try build(good, in: directory, tree: "t1")
      #expect(!accepted.isCached)
    }
  }

  @Test("Code beside an executable is part of what is compared, and so is the tree of a script")
  func identity() throws {
    try withTemporaryDirectory { directory in
      let script = try build(good, in: directory, tree: "t1")
      #expect(try build(good, in: directory, tree: "t1").binaryHash == script.binaryHash)
      #expect(try build(good, in: directory, tree: "t2").binaryHash != script.binaryHash)
      let dirty = try build(good, in: directory, tree: "t1", difference: "d1")
      #expect(try dirty.binaryHash != build(good, in: directory, tree: "t1").binaryHash)
      #expect(
        try dirty.binaryHash
          != build(good, in: directory, tree: "t1", difference: "d2").binaryHash)

      let program = "rm -rf out; mkdir -p out; cp /bin/true out/suite; "
      let alone = try build(program, in: directory)
      #expect(try build(program, in: directory, tree: "t3").binaryHash == alone.binaryHash)
      #expect(alone.binaryHash == (try SHA256.hexadecimal(ofFile: alone.executable)))
      let libraries = try ["out/lib.so", "out/lib.so.6", "out/a.resources/x", "out/b.dylib"].map {
        let make = "mkdir -p out/a.resources; echo 1 > \($0)"
        return try build(program + make, in: directory).binaryHash
      }
      let changed = try build(program + "echo 2 > out/lib.so", in: directory).binaryHash
      #expect(Set([alone.binaryHash, changed] + libraries).count == 6)
    }
  }

  @Test("Other versions of dependencies are another build, though git ignores their file")
  func versions() throws {
    try withTemporaryDirectory { directory in
      func isCached() throws -> Bool { try build(good, in: directory, tree: "t1").isCached }
      let file = directory.appending(path: "Package.resolved")
      #expect(try !isCached())
      try Data("1".utf8).write(to: file)
      #expect(try !isCached())
      #expect(try isCached())
      try Data("2".utf8).write(to: file)
      #expect(try !isCached())
      // A build that resolves versions is cached under those that it resolved.
      try FileManager.default.removeItem(at: file)
      let choosing = good + "; echo 3 > Package.resolved"
      #expect(try !build(choosing, in: directory, tree: "t1").isCached)
      #expect(try build(choosing, in: directory, tree: "t1").isCached)
    }
  }

  @Test("A toolchain that is not installed is unknown")
  func noToolchain() throws {
    try withTemporaryDirectory { directory in
      for command in [["no-such-program"], ["/etc/passwd"], ["false"]] {
        let recipe = BuildRecipe(
          command: ["sh", "-c", "cp /bin/true suite"], executable: "suite",
          toolchainCommand: command)
        let built = try SuiteBuild(
          recipe: recipe, directory: directory.path, storage: directory.path + "/.benchdb"
        ).run()
        #expect(built.toolchain == "unknown")
      }
    }
  }

  @Test("A script that nothing builds stays beside what it sources; a program is copied")
  func withoutCommand() throws {
    try withTemporaryDirectory { directory in
      let script = try directory.script(
        "#!/bin/sh\n. \"$(dirname \"$0\")/more.sh\"\n", name: "suite")
      func built() throws -> BuiltSuite {
        try SuiteBuild(
          recipe: BuildRecipe(command: [], executable: "suite", toolchainCommand: []),
          directory: directory.path, storage: directory.path + "/.benchdb"
        ).run(tree: "t1")
      }
      #expect(try built().executable == script)
      try FileManager.default.removeItem(atPath: script)
      try FileManager.default.copyItem(atPath: "/bin/true", toPath: script)
      #expect(try built().executable != script)
    }
  }

  @Test("Of cached builds the most recently used stay, and of incomplete ones the new")
  func eviction() throws {
    try withTemporaryDirectory { directory in
      let folder = directory.appending(path: ".benchdb/builds")
      let names = (0..<110).map { "old-\($0)" } + ["x.partial-1"]
      for (age, name) in names.enumerated() {
        let item = folder.appending(path: name)
        try FileManager.default.createDirectory(at: item, withIntermediateDirectories: true)
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -7_200 - Double(age))],
          ofItemAtPath: item.path)
      }
      try FileManager.default.createDirectory(
        at: folder.appending(path: "y.partial-2"), withIntermediateDirectories: true)
      let built = try build(good, in: directory)
      let own = URL(filePath: built.executable).deletingLastPathComponent().lastPathComponent
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(Set(left) == Set(names.prefix(95) + [own, "y.partial-2"]))
    }
  }

  @Test("A build that fails shows its last lines and where the log is")
  func failure() throws {
    try withTemporaryDirectory { directory in
      let error = #expect(throws: RunnerError.self) {
        try build("seq 1 1000; echo 'error: no' >&2; exit 7", in: directory)
      }
      guard case .buildFailed(_, let status, let lines, let log)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(status == "ended with status 7")
      #expect(lines.hasSuffix("1000\nerror: no") || lines.hasPrefix("error: no\n"))
      #expect(lines.split(separator: "\n").count == 20)
      let whole = try String(contentsOfFile: log, encoding: .utf8)
      #expect(whole.hasPrefix("1\n2\n") || whole.hasPrefix("error: no\n1\n2\n"))
    }
  }

  @Test("A build that makes no executable says which is missing")
  func missing() throws {
    try withTemporaryDirectory { directory in
      let error = #expect(throws: RunnerError.self) { try build("true", in: directory) }
      guard case .productMissing(let path, _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(path == directory.path + "/out/suite")
    }
  }
}
