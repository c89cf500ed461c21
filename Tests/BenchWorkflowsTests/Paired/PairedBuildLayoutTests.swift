import BenchComparer
import BenchModel
import BenchRunner
import BenchWorkflows
import Foundation
import Testing

#if os(Linux)
  /// Builds of real commits. The executable is a small program, to which the build adds bytes.
  @Suite("Layouts of both sides")
  struct PairedBuildLayoutTests {
    private let worker = #"""
      #include <unistd.h>
      static const char list[] =
        "{\"message\":\"benchmark\",\"key\":{\"id\":\"suite/one\"},"
        "\"metrics\":[{\"name\":\"wall\",\"unit\":\"ns\",\"gate\":true}]}\n{\"message\":\"end\"}\n";
      int main(void) { return write(3, list, sizeof list - 1) < 0; }

      """#

    private func configuration(_ build: String, reads: Bool = false) -> String {
      """
      [[executable]]
      path = "bench"
      build = ["sh", "-c", '\(build)']
      \(reads ? "reads = [\"data\"]" : "")

      """
    }

    private let copy = "cp program bench && cat code >> bench"

    /// The compiler of the Swift toolchain, without which nothing links.
    private func compile(_ project: MeasuredProject) throws {
      let source = project.root.appending(path: "worker.c").path
      let child = try ChildProcess(
        ["clang", "-s", source, "-o", project.root.appending(path: "program").path], timeout: 60
      ).capture()
      try #require(child.exit.isSuccess, "\(child.standardError)")
    }

    private func project(
      _ build: String, reads: Bool = false, changing file: String = "code",
      _ body: (MeasuredProject, (base: Commit, head: Commit)) throws -> Void
    ) throws {
      try MeasuredProject.with { project in
        try project.write(configuration(build, reads: reads), to: "benchdb.toml")
        try project.write(worker, to: "worker.c")
        try compile(project)
        try project.write("bench\n.benchdb/\n", to: ".gitignore")
        try project.write("1", to: "code")
        try project.write("1", to: "data")
        let base = try project.commit("One")
        try project.write("2", to: file)
        try body(project, (base, try project.commit("Two")))
      }
    }

    private func builds(
      _ commits: (base: Commit, head: Commit), _ project: MeasuredProject, layouts: Int = 3,
      judgesIdentical: Bool = false
    ) throws -> PairedBuilds {
      let order = PairedOrder(
        purpose: .confirm, profile: MeasuredExample.profile.paired(layouts: layouts, sessions: 1),
        selection: Selection(), mostRounds: 6, timeLimit: nil, rule: ComparisonRule(),
        judgesIdentical: judgesIdentical)
      return try PairedBuilds(
        base: commits.base, head: commits.head, in: project.workspace(),
        interruption: Interruption(), order: order)
    }

    private func hashes(_ executables: [SuiteExecutable]) -> Set<String> {
      Set(executables.flatMap { $0.relinked.map(\.build.binaryHash) })
    }

    @Test("a command that gets the seed is run once for each layout, and not again")
    func varied() throws {
      try project(copy + " && printf %s \"$BENCHDB_LAYOUT\" >> bench") { project, commits in
        func runs() throws -> Int {
          let logs = project.root.appending(path: ".benchdb/logs")
          return try FileManager.default.contentsOfDirectory(atPath: logs.path).count
        }
        // The builds reserve the worktree as long as they live.
        func layouts() throws -> (base: Set<String>, head: Set<String>) {
          let built = try builds(commits, project)
          #expect(built.isLayoutVaried)
          return (hashes(built.base), hashes(built.head))
        }
        let first = try layouts()
        #expect(first.base.count == 3 && first.head.count == 3)
        #expect(first.base.isDisjoint(with: first.head))
        let before = try runs()
        #expect(try layouts() == first)
        #expect(try runs() == before)
        // What a seed has made is not taken for the product without one.
        let bench = project.root.appending(path: ".benchdb/worktree/bench").path
        #expect(!FileManager.default.fileExists(atPath: bench))
      }
    }

    @Test("the sides of a commit that is compared with itself have layouts of their own")
    func identical() throws {
      try project(copy + " && printf %s \"$BENCHDB_LAYOUT\" >> bench") { project, commits in
        let built = try builds((commits.head, commits.head), project, judgesIdentical: true)
        #expect(hashes(built.base).union(hashes(built.head)).count == 6)
      }
    }

    @Test("a command that ignores the seed leaves one layout, and what would help is said once")
    func ignored() throws {
      try project(copy) { project, commits in
        let built = try builds(commits, project)
        #expect(!built.isLayoutVaried)
        #expect(built.head[0].relinked.isEmpty && built.base[0].relinked.isEmpty)
        let said = project.notes.all.components(separatedBy: "whatever BENCHDB_LAYOUT is")
        #expect(said.count == 2)
      }
    }

    @Test("a command that makes other bytes each time leaves one layout")
    func notReproducible() throws {
      try project(copy + " && date +%N >> bench") { project, commits in
        let built = try builds(commits, project)
        #expect(!built.isLayoutVaried)
        #expect(project.notes.all.contains("makes other bytes each time"))
      }
    }

    @Test("where only what is read differs, nothing is built again, and that is said")
    func reads() throws {
      try project(copy, reads: true, changing: "data") { project, commits in
        let built = try builds(commits, project)
        #expect(built.base[0].codeHash == built.head[0].codeHash)
        #expect(built.base[0].build.binaryHash != built.head[0].build.binaryHash)
        #expect(project.notes.all.contains("layout can't be what moves it"))
        #expect(!project.notes.all.contains("3 layouts"))
      }
    }
  }
#endif
