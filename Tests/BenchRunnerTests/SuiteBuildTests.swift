import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Suite builds") struct SuiteBuildTests {
  private func build(
    _ script: String, in directory: URL, tree: String? = nil, toolchain: String = "tool 1"
  ) throws -> BuiltSuite {
    let recipe = BuildRecipe(
      command: ["/bin/sh", "-c", script], executable: "out/suite",
      toolchainCommand: ["echo", toolchain])
    return try SuiteBuild(
      recipe: recipe, directory: directory.path, storage: directory.path + "/.benchdb"
    ).run(tree: tree)
  }

  private let good = """
    echo built >> count; mkdir -p out/suite_suite.resources out/other
    printf '#!/bin/sh\\necho hi\\n' > out/suite; chmod +x out/suite; echo data > out/suite_suite.resources/a
    """

  @Test("A build gives the executable, its hash and its toolchain")
  func success() throws {
    try withTemporaryDirectory { directory in
      let built = try build(good, in: directory)
      #expect(built.executable == directory.path + "/out/suite")
      #expect(built.binaryHash == (try SHA256.hexadecimal(ofFile: built.executable)))
      #expect(built.toolchain == "tool 1")
      #expect(!built.isCached)
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
