import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Link orders") struct LinkOrderTests {
  private func relinked(_ command: [String], _ executable: String) -> BuildRecipe? {
    BuildRecipe(command: command, executable: executable).relinked(seed: 3, scratch: "/s")
  }

  #if os(Linux)
    @Test("SwiftPM's build is made in a folder of its own, with a seed for the linker")
    func recipe() throws {
      let recipe = try #require(
        relinked(["/usr/bin/swift", "build", "-c", "release"], ".build/release/b"))
      #expect(recipe.command.starts(with: ["/usr/bin/swift", "build", "-c", "release"]))
      #expect(recipe.command.suffix(2) == ["-Xlinker", "--shuffle-sections=.text*=3"])
      #expect(recipe.command.contains("--scratch-path") && recipe.executable == "/s/release/b")
    }

    @Test("A build folder of the user's gives way to it")
    func scratch() throws {
      let spellings = [
        ["--scratch-path", "out"], ["--scratch-path=out"], ["--build-path", "out"],
        ["--scratch-path", "./out"],
      ]
      for spelling in spellings {
        let recipe = try #require(
          relinked(["swift", "build"] + spelling + ["-c", "release"], "out/release/b"))
        #expect(recipe.executable == "/s/release/b")
        #expect(!recipe.command.contains { $0.contains("out") })
      }
    }

    @Test(
      "The same seed gives the same bytes, another seed others, and only linking is done again",
      .enabled(if: ProcessInfo.processInfo.environment["BENCHDB_FULL_TESTS"] == "1"))
    func build() throws {
      try withTemporaryDirectory { directory in
        let sources = directory.appending(path: "Sources/app", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
        try Data(
          """
          // swift-tools-version: 6.0
          import PackageDescription
          let package = Package(name: "app", targets: [.executableTarget(name: "app")])

          """.utf8
        ).write(to: directory.appending(path: "Package.swift"))
        let functions = (0..<9).map {
          "@inline(never) func f\($0)(_ x: Int) -> Int { x &* \($0 + 3) }\n"
        }
        let calls = (0..<9).map { "f\($0)(CommandLine.arguments.count)" }
        try Data((functions.joined() + "print(\(calls.joined(separator: " ^ ")))\n").utf8)
          .write(to: sources.appending(path: "main.swift"))
        let recipe = BuildRecipe(
          command: ["swift", "build", "-c", "release"], executable: ".build/release/app")
        func hash(seed: Int) throws -> String {
          let other = try #require(
            recipe.relinked(seed: seed, scratch: directory.path + "/layouts"))
          return try SuiteBuild(
            recipe: other, directory: directory.path, storage: directory.path + "/.benchdb"
          ).run().binaryHash
        }
        let hashes = try [1, 2, 3, 1].map(hash)
        #expect(hashes[0] == hashes[3])
        #expect(Set(hashes).count == 3)
      }
    }
  #endif

  @Test("What is no build of SwiftPM's, or puts its product elsewhere, has one layout")
  func others() {
    #expect(relinked(["make"], ".build/release/b") == nil)
    #expect(relinked(["swift", "test"], ".build/release/b") == nil)
    #expect(relinked(["swift", "build"], "bin/b") == nil)
    #expect(relinked([], "worker.sh") == nil)
  }
}
