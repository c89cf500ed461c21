import Foundation
import Testing

/// Results are stored under a revision, so what is measured must be that revision.
@Suite struct ChangingTreeTests {
  @Test("a build that rewrites what git tracks is refused, in the checkout and in the worktree")
  func rewriting() throws {
    try withProject { project in
      try project.write(
        "echo '# more' >>worker.sh\n" + project.text(of: "build.sh"), to: "build.sh")
      try project.commit("Rewrite the sources")
      try project.commit("Change nothing")
      for revision in ["HEAD", "HEAD~1"] {
        let answer = try project.benchdb(["record", "--commit", revision] + Project.small)
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.reason.contains("the work tree changed while it was built"), "\(answer)")
        try project.git("checkout", "--quiet", "worker.sh")
      }
      #expect(try project.rows("SELECT count(*) FROM run") == ["0"])
    }
  }

  @Test("a product that git does not ignore is no change of the sources")
  func newProduct() throws {
    try withProject { project in
      try project.write(".benchdb/\n", to: ".gitignore")
      try project.commit("Ignore no product")
      try project.record()
      #expect(try !project.benchdb("list").output.contains("*"))
    }
  }

  @Test("a file that a script sources is part of its code")
  func sourced() throws {
    try withProject { project in
      let worker = try project.text(of: "worker.sh")
      try project.write("cost_grouped=30000000\n", to: "costs.sh")
      let sourcing = worker.replacing(
        "cost_grouped=30000000", with: ". \"$(dirname \"$0\")/costs.sh\"")
      try project.write(sourcing, to: "worker.sh")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.root.path + "/worker.sh")
      try project.write(
        "[[executable]]\npath = \"worker.sh\"\ntimeout = \"20s\"\n", to: "benchdb.toml")
      try project.commit("Source the costs")
      try project.record()
      try project.commit("Change nothing")
      try project.record()
      try project.write("cost_grouped=37500000\n", to: "costs.sh")
      try project.commit("Group with care")
      try project.record()
      #expect(
        try project.rows(
          "SELECT count(*), count(DISTINCT binary_hash) FROM build JOIN git_commit ON "
            + "git_commit.id = commit_id") == ["3,2"])
      #expect(try project.benchdb("compare", "HEAD~1", "HEAD").status == 1)
    }
  }
}
