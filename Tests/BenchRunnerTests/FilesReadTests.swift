import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Files that benchmarks read") struct FilesReadTests {
  private func git(_ folder: URL, _ arguments: String...) throws {
    let result = try ChildProcess(["git"] + arguments, workingDirectory: folder.path).capture()
    try #require(result.exit.isSuccess, "\(result.standardError)")
  }

  private func write(_ text: String, _ folder: URL, _ name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func build(_ script: String, in folder: URL, reads: [String]) throws -> BuiltSuite {
    let recipe = BuildRecipe(
      command: ["/bin/sh", "-c", script], executable: "out/suite", toolchainCommand: [],
      reads: reads)
    return try SuiteBuild(
      recipe: recipe, directory: folder.path, storage: folder.path + "/.benchdb"
    ).run(tree: "t1")
  }

  @Test("The files that benchmarks read are part of what is compared, wherever they come from")
  func filesRead() throws {
    try withTemporaryDirectory { directory in
      try git(directory, "init", "--quiet")
      try write("ignored/\n*.tmp\nout/\n", directory, ".gitignore")
      try write("1", directory, "data/a.txt")
      try git(directory, "add", "--all")
      let program = "mkdir -p out; cp /bin/true out/suite; "
      func hash(_ reads: String..., by script: String? = nil) throws -> String {
        try build(script ?? program, in: directory, reads: reads).binaryHash
      }
      let (plain, first) = (try hash(), try hash("data"))
      #expect(plain != first)
      #expect(try hash("data") == first)
      // Ignored files in a folder that git tracks are not data.
      try write("x", directory, "data/cache.tmp")
      #expect(try hash("data") == first)
      try write("new", directory, "data/b.txt")
      let added = try hash("data")
      try write("2", directory, "data/a.txt")
      let changed = try hash("data")
      #expect(Set([plain, first, added, changed]).count == 4)
      #expect(try hash() == plain)

      // Files that the build makes are made each time, and count.
      let making = program + "mkdir -p ignored; echo 1 >ignored/made; echo >>count"
      let made = try hash("ignored/made", by: making)
      #expect(try hash("ignored/made", by: making) == made)
      #expect(try String(contentsOf: directory.appending(path: "count"), encoding: .utf8) == "\n\n")
      let other = making.replacing("echo 1", with: "echo 2")
      #expect(try hash("ignored/made", by: other) != made)
      let absent = try build(program, in: directory, reads: ["data", "dtaa"])
      #expect(absent.missingReads == ["dtaa"])
    }
  }

  @Test("A copy of a tree has its files and what else is read, and nothing else")
  func cachedTree() throws {
    try withTemporaryDirectory { directory in
      try git(directory, "init", "--quiet")
      try write("made/\n.benchdb/\n", directory, ".gitignore")
      try write("1", directory, "data/a.txt")
      try git(directory, "add", "--all")
      for name in ["made/read.txt", "made/unread.txt", "new.txt"] {
        try write(name, directory, name)
      }
      let storage = directory.path + "/.benchdb"
      func copy(_ tree: String) throws -> CachedTree {
        try CachedTree(
          of: directory.path, tree: tree, reads: ["data", "made/read.txt"], storage: storage)
      }
      let first = try copy("tree1")
      #expect(
        try FileManager.default.subpathsOfDirectory(atPath: first.path).sorted()
          == [".gitignore", "data", "data/a.txt", "made", "made/read.txt"])
      #expect(try copy("tree2").path.utf8.count == first.path.utf8.count)
      try CachedTree.removeAll(storage: storage)
      #expect(!FileManager.default.fileExists(atPath: first.path))
    }
  }
}
