import BenchRunner
import Foundation
import Testing

/// The recipes of the page on continuous integration, word for word, on two machines: two clones
/// that share what the recipe says and nothing else.
@Suite struct RecipeTests {
  @Test("results get from one machine to the next", arguments: ["folder", "branch", "path"])
  func recipe(_ name: String) throws {
    try withProject { project in
      try project.write(
        "built-worker\nnew.*\n.benchdb/\n.benchdb-branch/\ncarried\n", to: ".gitignore")
      try project.commit("Ignore what recipes leave")
      let machines = try Machines(of: project)
      let shared = machines.folder.appending(path: "shared")
      try FileManager.default.createDirectory(at: shared, withIntermediateDirectories: true)
      let recipes = try Recipes()
      if let once = recipes["\(name), once"] {
        #expect(try machines.run(once, in: machines.first).status == 0)
      }
      let script = try #require(recipes[name])
        .replacing("/mnt/benchmarks", with: shared.path)
      for machine in [machines.first, machines.second] {
        try FileManager.default.createSymbolicLink(
          at: machine.appending(path: "carried"), withDestinationURL: shared)
      }
      // The first has nothing to compare with yet.
      let first = try machines.run(script, in: machines.first)
      #expect(first.status == 4, "\(first)")

      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.git("push", "--quiet", "origin", "main")
      try machines.git(machines.second, "pull", "--quiet", "origin", "main")
      let second = try machines.run(script, in: machines.second)
      #expect(second.status == 1, "\(second)")
      #expect(second.output.contains("throughput/grouped · cpu"), "\(second)")

      // What the second left is good for a third run of the first.
      try machines.git(machines.first, "pull", "--quiet", "origin", "main")
      try? FileManager.default.removeItem(at: machines.first.appending(path: ".benchdb-branch"))
      let again = try machines.run(script, in: machines.first)
      #expect(again.status == 1, "\(again)")
    }
  }
}

/// Two clones of one bare repository.
private struct Machines {
  let folder: URL
  var first: URL { folder.appending(path: "first") }
  var second: URL { folder.appending(path: "second") }

  init(of project: Project) throws {
    folder = project.root.deletingLastPathComponent()
    let origin = folder.appending(path: "origin.git").path
    try project.git("clone", "--quiet", "--bare", project.root.path, origin)
    try project.git("remote", "add", "origin", origin)
    for clone in [first, second] {
      try project.git("clone", "--quiet", origin, clone.path)
    }
  }

  func git(_ clone: URL, _ arguments: String...) throws {
    let child = try ChildProcess(
      ["git", "-C", clone.path] + arguments, environment: environment, timeout: 60
    ).capture()
    #expect(child.exit.isSuccess, "\(child.standardError)")
  }

  /// Runs a script as a job does: it ends at the first command that fails, with its status.
  func run(_ script: String, in clone: URL) throws -> Answer {
    try Answer(
      ChildProcess(
        ["bash", "-e", "-c", script], environment: environment, workingDirectory: clone.path,
        timeout: 300
      ).capture(tailBytes: 64 << 10))
  }

  private var environment: [String: String] {
    let path = Project.environment["PATH"] ?? "/usr/bin:/bin"
    let identity = [
      "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada",
      "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]
    return Project.environment.merging(identity) { $1 }.merging([
      "PATH": Executable.benchdb.deletingLastPathComponent().path + ":" + path,
      "BENCHDB_PROFILE": "smoke", "BENCHDB_PROCESSES": "3",
    ]) { $1 }
  }
}

/// The blocks of the page that are marked as recipes, by name.
private struct Recipes {
  private var scripts: [String: String] = [:]

  subscript(name: String) -> String? { scripts[name] }

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = root.appending(path: "Sources/benchdb/Documentation.docc/ContinuousIntegration.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    for match in text.matches(of: /<!-- recipe: ([a-z, ]+) -->\n```sh\n([\s\S]*?)```/) {
      scripts[String(match.output.1)] = String(match.output.2)
    }
  }
}
