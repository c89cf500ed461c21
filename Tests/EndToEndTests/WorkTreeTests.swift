import BenchTestSupport
import Foundation
import Testing

/// Repositories in every state that people have them in.
@Suite struct WorkTreeTests {
  @Test("outside of a repository, and before its first commit, the next step is named")
  func noCommits() throws {
    try withTemporaryDirectory { directory in
      try withProject { project in
        let outside = try project.benchdb("record", in: directory)
        #expect(outside.status == 2)
        #expect(outside.reason.contains("is not in a git repository"), "\(outside)")
        #expect(outside.reason.contains("`git init`"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)

        try project.git("init", "--quiet", directory.path)
        let empty = try project.benchdb("record", in: directory)
        #expect(empty.status == 2)
        #expect(empty.reason.contains("has no commits yet"), "\(empty)")
        #expect(empty.reason.contains("commit something"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [".git"])
      }
    }
  }

  @Test("from a folder below the root, everything is found")
  func subfolder() throws {
    try withProject { project in
      let folder = project.root.appending(path: "Sources/Deep")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      #expect(
        try project.benchdb(["record"] + Project.small, in: folder).status == 0)
      #expect(FileManager.default.fileExists(atPath: project.database.path))
      #expect(try project.benchdb("compare", "HEAD", in: folder).status == 0)
    }
  }

  @Test("in a shallow clone the missing parent is explained")
  func shallow() throws {
    try withProject { project in
      try project.commit("Change nothing")
      let clone = project.root.appending(path: "clone")
      try project.git("clone", "--quiet", "--depth", "1", "file://\(project.root.path)", clone.path)
      #expect(try project.benchdb(["record"] + Project.small, in: clone).status == 0)
      let parent = try project.benchdb("compare", in: clone)
      #expect(parent.status == 4, "\(parent)")
      #expect(parent.reason.contains("shallow clone"), "\(parent)")
      #expect(parent.reason.contains("`git fetch --unshallow`"))
      let named = try project.benchdb("compare", "HEAD~1", in: clone)
      #expect(named.status == 2)
      #expect(named.reason.contains("There is no commit 'HEAD~1'."), "\(named)")
      #expect(named.reason.contains("`git fetch --unshallow`"))
    }
  }

  @Test("a detached head is measured and compared like any other")
  func detached() throws {
    try withProject { project in
      try project.record()
      try project.commit("Change nothing")
      try project.git("checkout", "--quiet", "--detach")
      try project.record()
      #expect(try project.benchdb("compare", "HEAD~1").status == 0)
    }
  }

  @Test("on a branch, the default base is where it left the default branch")
  func mergeBase() throws {
    try withProject { project in
      try project.record()
      let fork = try project.shortHash("HEAD")
      try project.git("checkout", "--quiet", "-b", "topic")
      try project.commit("Change nothing")
      try project.setCost(of: "simple", to: 12_000_000)
      try project.commit("Simplify")
      try project.record()
      let answer = try project.benchdb("compare")
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.output.contains("with \(fork) (merge base with main, 3 processes)"))
    }
  }

  @Test("uncommitted changes are measured as such, marked, and compared with the commit below")
  func dirty() throws {
    try withProject { project in
      try project.record()
      let commit = try project.shortHash("HEAD")
      try project.setCost(of: "grouped", to: 37_500_000)

      let unmeasured = try project.benchdb("compare", "HEAD")
      #expect(unmeasured.status == 0, "\(unmeasured)")
      #expect(unmeasured.errors.contains("The uncommitted changes were not measured"))

      try project.record()
      #expect(try project.benchdb("list").output.contains("\(commit)*"))
      // What is not committed can't be built again, so it stays a suspicion.
      let answer = try project.benchdb("compare", "--fail-on", "suspected")
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.output.contains("comparing \(commit)* "), "\(answer)")
      #expect(answer.output.contains("looks slower by"), "\(answer)")

      // Other changes are another revision.
      try project.setCost(of: "grouped", to: 30_000_001)
      #expect(
        try project.benchdb("compare", "HEAD").errors.contains("changes were not measured"))
    }
  }
}
