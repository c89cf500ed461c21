import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Git repositories") struct GitRepositoryTests {
  /// A repository of its own, with commits at fixed times and none of the user's settings.
  private struct Sandbox {
    let folder: URL

    @discardableResult
    func git(_ arguments: String...) throws -> String {
      var child = ChildProcess(
        ["git", "-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"] + arguments,
        workingDirectory: folder.path)
      child.environment.merge([
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
        "GIT_AUTHOR_DATE": "1000000000 +0200", "GIT_COMMITTER_DATE": "1000000100 +0200",
      ]) { $1 }
      let result = try child.capture()
      try #require(result.exit.isSuccess, "\(result.standardError)")
      return result.text
    }

    func write(_ text: String, to name: String) throws {
      try text.write(to: folder.appending(path: name), atomically: false, encoding: .utf8)
    }

    func commit(_ subject: String) throws {
      try write(subject, to: "file")
      try git("add", "-A")
      try git("commit", "-qm", subject)
    }

    var repository: GitRepository { get throws { try .discover(from: folder.path) } }
  }

  private func withRepository(
    commits: [String] = ["first", "second"], _ body: (Sandbox) throws -> Void
  ) throws {
    try withTemporaryDirectory { directory in
      let sandbox = Sandbox(folder: directory.resolvingSymlinksInPath())
      try sandbox.git("init", "-q", "-b", "main")
      for subject in commits { try sandbox.commit(subject) }
      try body(sandbox)
    }
  }

  @Test("No repository, no commits and a bare repository are three errors")
  func absent() throws {
    try withTemporaryDirectory { directory in
      #expect(throws: RunnerError.notARepository(directory.path)) {
        try GitRepository.discover(from: directory.path)
      }
      try Sandbox(folder: directory).git("init", "-q", "--bare")
      #expect(throws: RunnerError.bareRepository(directory.path)) {
        try GitRepository.discover(from: directory.path)
      }
    }
    try withRepository(commits: []) { sandbox in
      let repository = try sandbox.repository
      #expect(throws: RunnerError.noCommits(repository.root)) { try repository.head() }
      #expect(throws: RunnerError.noCommits(repository.root)) { try repository.resolve("main") }
    }
  }

  @Test("HEAD is read with everything that history knows")
  func head() throws {
    try withRepository { sandbox in
      let folder = sandbox.folder.appending(path: "deep/er")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let repository = try GitRepository.discover(from: folder.path)
      #expect(repository.root == sandbox.folder.path)
      let head = try repository.head()
      #expect(head.hash == (try sandbox.git("rev-parse", "HEAD")))
      #expect(head.tree == (try sandbox.git("rev-parse", "HEAD^{tree}")))
      #expect(head.parents == [try sandbox.git("rev-parse", "HEAD~1")])
      #expect(head.author == "Ada")
      #expect(head.subject == "second")
      #expect(head.authored == Date(timeIntervalSince1970: 1_000_000_000))
      #expect(head.committed == Date(timeIntervalSince1970: 1_000_000_100))
      #expect(try repository.firstParents(limit: 9).map(\.subject) == ["second", "first"])
      #expect(try repository.firstParents(limit: 1).map(\.subject) == ["second"])
    }
  }

  @Test("A root may end with a space; one with a line break is named")
  func oddRoots() throws {
    try withTemporaryDirectory { directory in
      let folder = directory.resolvingSymlinksInPath().path
      for name in ["odd ", "odd\tname\t ", "odd\r"] {
        try Sandbox(folder: directory).git("init", "-q", name)
        let root = folder + "/" + name
        #expect(try GitRepository.discover(from: root).root == root)
      }
      try Sandbox(folder: directory).git("init", "-q", "two\nlines")
      let root = folder + "/two\nlines"
      #expect(throws: RunnerError.unusableRoot(root)) { try GitRepository.discover(from: root) }
      #expect("\(RunnerError.unusableRoot(root))".contains("contains a line break"))
    }
  }

  @Test("A commit's text is UTF-8 whatever git is told, and its date can be stored")
  func oddCommits() throws {
    try withRepository { sandbox in
      try sandbox.git("config", "i18n.logOutputEncoding", "ISO-8859-1")
      try sandbox.commit("größer")
      #expect(try sandbox.repository.head().subject == "größer")
      let commit = try sandbox.git("cat-file", "commit", "HEAD")
        .replacing("1000000100 ", with: "9223372036854775000 ")
      try sandbox.write(commit + "\n", to: "object")
      let hash = try sandbox.git("hash-object", "-t", "commit", "-w", "--literally", "object")
      let committed = try #require(try sandbox.repository.resolve(hash).committed)
      #expect((0...253_402_300_799).contains(committed.timeIntervalSince1970))
    }
  }

  @Test("Of many hashes those are found that the clone has, whatever the others are")
  func commitsByHash() throws {
    try withRepository { sandbox in
      let known = try sandbox.repository.firstParents(limit: 9)
      let unknown = (0..<600).map { String(repeating: "0", count: 36) + String(1000 + $0) }
      let wrong = ["", "HEAD", "--all", "-1"]
      let blob = try sandbox.git("rev-parse", "HEAD^{tree}")
      let hashes = [known[1].hash] + unknown + wrong + [known[0].hash]
      #expect(try sandbox.repository.commits(named: hashes) == [known[1], known[0]])
      #expect(try sandbox.repository.commits(named: unknown).isEmpty)
      #expect(try sandbox.repository.commits(named: [blob]).isEmpty)
    }
  }

  @Test("Revisions resolve, and unknown ones suggest what was meant")
  func revisions() throws {
    try withRepository { sandbox in
      try sandbox.git("tag", "v1.0", "HEAD~1")
      try sandbox.git("branch", "feature")
      let repository = try sandbox.repository
      #expect(try repository.resolve("v1.0").subject == "first")
      #expect(try repository.resolve("HEAD~1").subject == "first")
      let range = try #require(try repository.resolveRange("v1.0..feature"))
      #expect(range.base.subject == "first" && range.head.subject == "second")
      for empty in ["v1.0..", "..v1.0", ".."] {
        #expect(throws: RunnerError.self) { try repository.resolveRange(empty) }
      }
      #expect(try repository.resolveRange("v1.0") == nil)
      #expect(
        throws: RunnerError.unknownRevision(
          "feautre", suggestions: ["feature"], isShallow: false)
      ) { try repository.resolve("feautre") }
      for bad in ["-x", "--output=evil", "", "a\0b", "a\nb"] {
        let error = #expect(throws: RunnerError.self) { try repository.resolve(bad) }
        guard case .invalidRevision? = error else {
          Issue.record("\(String(describing: error)) for \(bad)")
          continue
        }
      }
      #expect(throws: RunnerError.self) { try repository.resolveRange("v1.0...feature") }
      #expect(throws: RunnerError.self) { try repository.resolve("^HEAD") }
    }
  }

  @Test("Who goes on without a commit is told that there is none, and no more")
  func finding() throws {
    try withRepository { sandbox in
      let repository = try sandbox.repository
      let first = try repository.resolve("HEAD~1")
      #expect(repository.find("HEAD~1") == first)
      #expect(repository.find(first.hash) == first)
      for unknown in ["feautre", String(repeating: "0", count: 40), "HEAD~2", "-x", "", "a\nb"] {
        #expect(repository.find(unknown) == nil, "\(unknown)")
      }
    }
  }

  @Test("Branches, a detached head and the merge base")
  func branches() throws {
    try withRepository { sandbox in
      let repository = try sandbox.repository
      #expect(try repository.currentBranch == "main")
      #expect(try repository.defaultBranch == "main")
      try sandbox.git("checkout", "-q", "-b", "side", "HEAD~1")
      try sandbox.commit("third")
      #expect(try repository.mergeBase("main", "side")?.subject == "first")
      try sandbox.git("checkout", "-q", "--orphan", "island")
      try sandbox.commit("fourth")
      #expect(try repository.mergeBase("main", "island") == nil)
      try sandbox.git("checkout", "-q", "--detach")
      #expect(try repository.currentBranch == nil)
    }
  }

  @Test("A shallow clone says so")
  func shallow() throws {
    try withRepository { sandbox in
      #expect(try !sandbox.repository.isShallow)
      try sandbox.git("clone", "-q", "--depth", "1", "file://\(sandbox.folder.path)", "clone")
      let clone = try GitRepository.discover(from: sandbox.folder.path + "/clone")
      #expect(try clone.isShallow)
      #expect(try clone.defaultBranch == "origin/main")
      let error = #expect(throws: RunnerError.self) { try clone.resolve("HEAD~1") }
      #expect(error.map { "\($0)".contains("git fetch --unshallow") } == true)
    }
  }

  @Test("The difference hash sees every change on the disk and nothing else")
  func difference() throws {
    try withRepository { sandbox in
      let repository = try sandbox.repository
      let name = sandbox.folder.path
      #expect(try repository.differenceHash() == nil)
      #expect(try !repository.revision().isDirty)
      var seen: Set<String> = []
      func expectNew(_ what: Comment) throws {
        let hash = try #require(try repository.differenceHash(), what)
        #expect(seen.insert(hash).inserted, what)
      }
      try sandbox.write("changed", to: "file")
      try expectNew("a changed file")
      let unstaged = try repository.differenceHash()
      try sandbox.git("add", "file")
      #expect(try repository.differenceHash() == unstaged)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: name + "/file")
      try expectNew("a mode")
      try FileManager.default.removeItem(atPath: name + "/file")
      try expectNew("a removed file")
      try sandbox.git("reset", "-q", "--hard")
      #expect(try repository.differenceHash() == nil)
      try sandbox.write("a", to: "né w\tfile")
      try expectNew("an untracked file")
      try sandbox.write("b", to: "né w\tfile")
      try expectNew("its content")
      try FileManager.default.removeItem(atPath: name + "/né w\tfile")
      try FileManager.default.createSymbolicLink(
        atPath: name + "/link", withDestinationPath: "nowhere")
      try expectNew("a dangling link")
      try FileManager.default.removeItem(atPath: name + "/link")
      try FileManager.default.createDirectory(
        atPath: name + "/.benchdb", withIntermediateDirectories: false)
      try sandbox.write("x", to: ".benchdb/results")
      #expect(try repository.differenceHash() == nil)
    }
  }

  @Test("Changes that git was told not to look at count, as long as there are any")
  func hiddenDifference() throws {
    try withRepository { sandbox in
      let repository = try sandbox.repository
      for (set, unset) in [
        ("--assume-unchanged", "--no-assume-unchanged"), ("--skip-worktree", "--no-skip-worktree"),
      ] {
        try sandbox.git("update-index", set, "file")
        #expect(try repository.differenceHash() == nil)
        try sandbox.write("changed", to: "file")
        let hidden = try repository.differenceHash()
        #expect(hidden != nil)
        try sandbox.git("update-index", unset, "file")
        #expect(try repository.differenceHash() == hidden)
        try sandbox.git("checkout", "file")
        #expect(try repository.differenceHash() == nil)
      }
      // A sparse checkout leaves the file in this state.
      try sandbox.git("update-index", "--skip-worktree", "file")
      try FileManager.default.removeItem(atPath: sandbox.folder.path + "/file")
      #expect(try repository.differenceHash() == nil)
    }
  }

  @Test("A full checkout and one without its submodules do not share a cached build")
  func submodules() throws {
    try withRepository { sandbox in
      try sandbox.git("clone", "-q", sandbox.folder.path, "inner")
      try sandbox.git("submodule", "--quiet", "add", "./inner", "inner")
      try sandbox.git("commit", "-qm", "submodule")
      let tree = try sandbox.git("rev-parse", "HEAD^{tree}")
      func isCached() throws -> Bool {
        try SuiteBuild(
          recipe: BuildRecipe(
            command: ["sh", "-c", "cp /bin/true suite"], executable: "suite", toolchainCommand: []),
          directory: sandbox.folder.path, storage: sandbox.folder.path + "/.benchdb"
        ).run(tree: tree).isCached
      }
      #expect(try !isCached())
      #expect(try isCached())
      try sandbox.git("submodule", "--quiet", "deinit", "--force", "inner")
      #expect(try !isCached())
    }
  }

  @Test("A work tree is unchanged until a file of it changes; new files are no change")
  func unchanged() throws {
    try withRepository { sandbox in
      let repository = try sandbox.repository
      try sandbox.write("a", to: "untracked")
      let before = try repository.workTree()
      #expect(try before.revision == repository.revision())
      #expect(try repository.isUnchanged(before))
      try sandbox.write("product", to: "product")
      #expect(try repository.isUnchanged(before))
      try sandbox.write("b", to: "untracked")
      #expect(try !repository.isUnchanged(before))
      try sandbox.write("a", to: "untracked")
      #expect(try repository.isUnchanged(before))
      try sandbox.write("changed", to: "file")
      #expect(try !repository.isUnchanged(before))
      try sandbox.write("second", to: "file")
      #expect(try repository.isUnchanged(before))
      try sandbox.commit("third")
      #expect(try !repository.isUnchanged(before))
    }
  }

  @Test("A repository inside the repository counts with its head and its own changes")
  func inner() throws {
    try withRepository { sandbox in
      let repository = try sandbox.repository
      try FileManager.default.createDirectory(
        at: sandbox.folder.appending(path: "inner"), withIntermediateDirectories: false)
      let inner = Sandbox(folder: sandbox.folder.appending(path: "inner"))
      try inner.git("init", "-q")
      let empty = try #require(try repository.differenceHash())
      try inner.commit("inside")
      let committed = try #require(try repository.differenceHash())
      try inner.write("changed", to: "file")
      let changed = try #require(try repository.differenceHash())
      #expect(Set([empty, committed, changed]).count == 3)
    }
  }

  @Test(
    "A repository of another user is refused with git's own advice", .enabled(if: getuid() == 0))
  func ownership() throws {
    try withRepository { sandbox in
      for path in [sandbox.folder.path, sandbox.folder.path + "/.git"] {
        try FileManager.default.setAttributes([.ownerAccountID: 12_345], ofItemAtPath: path)
      }
      let error = #expect(throws: RunnerError.self) {
        try GitRepository.discover(from: sandbox.folder.path)
      }
      let advice = "git config --global --add safe.directory \(sandbox.folder.path)"
      #expect(
        error == .dubiousOwnership(sandbox.folder.path, advice: advice))
    }
  }

  @Test("A worktree shows another commit, replaces leftovers and runs no hook")
  func worktrees() throws {
    try withRepository { sandbox in
      let repository = try sandbox.repository
      _ = try sandbox.folder.appending(path: ".git/hooks").script(
        "#!/bin/sh\ntouch '\(sandbox.folder.path)/hooked'\n", name: "post-checkout")
      let path = sandbox.folder.path + "/.benchdb/worktree"
      let first = try repository.resolve("HEAD~1")
      for _ in 0..<2 {
        let tree = try repository.addWorktree(of: first, at: path)
        #expect(!tree.hasSubmodules)
        #expect(try String(contentsOfFile: path + "/file", encoding: .utf8) == "first")
        #expect(try GitRepository.discover(from: path).head() == first)
      }
      try FileManager.default.removeItem(atPath: path + "/.git")
      _ = try repository.addWorktree(of: repository.head(), at: path)
      #expect(try String(contentsOfFile: path + "/file", encoding: .utf8) == "second")
      try repository.removeWorktree(at: path)
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(try sandbox.git("worktree", "list").split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: sandbox.folder.path + "/hooked"))
      #expect(try repository.currentBranch == "main")
    }
  }

  @Test("The user's own worktrees stay known while their folders are away")
  func absentWorktrees() throws {
    try withRepository { sandbox in
      let repository = try sandbox.repository
      let own = sandbox.folder.path + "/own"
      try sandbox.git("worktree", "add", "-q", "--detach", own)
      try FileManager.default.moveItem(atPath: own, toPath: own + ".unmounted")
      let path = sandbox.folder.path + "/.benchdb/worktree"
      _ = try repository.addWorktree(of: repository.head(), at: path)
      try FileManager.default.removeItem(atPath: path)
      _ = try repository.addWorktree(of: repository.head(), at: path)
      try FileManager.default.removeItem(atPath: path + "/.git")
      try repository.removeWorktree(at: path)
      let known = try sandbox.git("worktree", "list", "--porcelain")
      #expect(known.contains("worktree \(own)\n"))
      #expect(!known.contains(path))
      try FileManager.default.moveItem(atPath: own + ".unmounted", toPath: own)
      #expect(try GitRepository.discover(from: own).head() == repository.head())
    }
  }
}
