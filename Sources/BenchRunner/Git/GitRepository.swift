package import BenchModel
import Foundation
import TextCoding

/// A git repository, read and (for worktrees) changed by running `git`.
package struct GitRepository: Sendable {
  /// The top folder of the work tree.
  package let root: String

  private static let fields = "%H%x00%P%x00%an%x00%at%x00%ct%x00%s%x00%T"

  /// The repository that contains `directory`.
  package static func discover(from directory: String) throws -> GitRepository {
    let git = GitCommand(directory: directory)
    let result = try git.result(["rev-parse", "--is-inside-work-tree", "--show-toplevel"])
    guard result.exit.isSuccess else {
      if result.standardError.contains("must be run in a work tree") {
        throw RunnerError.bareRepository(directory)
      }
      throw git.error(["rev-parse", "--show-toplevel"], result)
    }
    // The two lines are compared as bytes, since a path may end with white space and contain line
    // breaks.
    let isInside = Data("true\n".utf8)
    guard result.output.starts(with: isInside), result.output.last == 0x0A else {
      throw RunnerError.bareRepository(directory)
    }
    let path = result.output.dropFirst(isInside.count).dropLast()
    let root = String(decoding: path, as: UTF8.self)
    guard !path.contains(0x0A) else { throw RunnerError.unusableRoot(root) }
    return GitRepository(root: root)
  }

  var git: GitCommand { GitCommand(directory: root) }

  // MARK: Commits

  package func head() throws -> Commit {
    guard try git.result(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).exit.isSuccess
    else { throw RunnerError.noCommits(root) }
    return try commit("HEAD")
  }

  /// The commit that `revision` names.
  /// - Throws: `RunnerError.unknownRevision` with the branches and tags that may have been meant.
  package func resolve(_ revision: String) throws -> Commit {
    try commit(hash(of: revision))
  }

  /// The commit that `revision` names; `nil` where git knows none. Unlike `resolve`, it does not
  /// look for names that may have been meant, which takes four more git commands.
  package func find(_ revision: String) -> Commit? {
    guard let hash = try? lookUp(revision).hash else { return nil }
    return try? commit(hash)
  }

  /// Those of some commits, given by whole hashes, that this clone has.
  package func commits(named hashes: [String]) throws -> [Commit] {
    // As many as fit into the arguments of one command on every system.
    try stride(from: 0, to: hashes.count, by: 500).flatMap { start in
      let some = hashes[start..<min(start + 500, hashes.count)].filter(Commit.isHash)
      return some.isEmpty ? [] : try log(["--no-walk=unsorted", "--ignore-missing"] + some)
    }
  }

  /// The two commits of `A..B`; `nil` when `text` is not of that form.
  package func resolveRange(_ text: String) throws -> (base: Commit, head: Commit)? {
    try Self.sides(ofRange: text).map { (try resolve($0.base), try resolve($0.head)) }
  }

  /// The two sides of `A..B`; `nil` when `text` is not of that form.
  ///
  /// An empty side, which git takes for HEAD, is refused: it may be an unset variable of a script,
  /// and HEAD compared with itself is never slower.
  package static func sides(ofRange text: String) throws -> (base: String, head: String)? {
    guard let dots = text.range(of: "..") else { return nil }
    let (base, head) = (String(text[..<dots.lowerBound]), String(text[dots.upperBound...]))
    guard !head.hasPrefix(".") else {
      throw RunnerError.invalidRevision(
        text, reason: "three dots mean the merge base, which has to be named; use two dots")
    }
    guard !base.isEmpty, !head.isEmpty else {
      throw RunnerError.invalidRevision(
        text, reason: "one side is empty; name both, as in HEAD~1..HEAD")
    }
    return (base, head)
  }

  /// A revision and its first parents, newest first.
  package func firstParents(of revision: String = "HEAD", limit: Int) throws -> [Commit] {
    try log(["--first-parent", "--max-count=\(limit)", hash(of: revision)])
  }

  /// The commits that `head` has and `base` has not, oldest first, no commit before its parents;
  /// with `firstParents` only the line of first parents.
  package func commits(
    after base: Commit, upTo head: Commit, firstParents: Bool
  ) throws -> [Commit] {
    try log(
      ["--topo-order", "--reverse"] + (firstParents ? ["--first-parent"] : [])
        + ["\(base.hash)..\(head.hash)"])
  }

  /// The hashes of a revision and its first parents, newest first; all of them, or at most `limit`.
  package func firstParentHashes(
    of revision: String = "HEAD", limit: Int? = nil
  ) throws -> [String] {
    let count = limit.map { ["--max-count=\($0)"] } ?? []
    return try git.run(["rev-list", "--first-parent"] + count + [hash(of: revision), "--"])
      .split(separator: "\n").map(String.init)
  }

  /// The names of all tags, by the hash of the commit that each points at.
  package var tags: [String: [String]] {
    get throws {
      let format = "--format=%(objectname) %(*objectname) %(refname:strip=2)"
      let lines = try git.run(["for-each-ref", format, "refs/tags"]).split(separator: "\n")
      return lines.reduce(into: [:]) { tags, line in
        // An annotated tag is an object of its own that points at the commit.
        let fields = line.split(
          separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { return }
        tags[String(fields[1].isEmpty ? fields[0] : fields[1]), default: []]
          .append(String(fields[2]))
      }
    }
  }

  /// The best common ancestor, or `nil` where the local histories have none.
  package func mergeBase(_ left: String, _ right: String) throws -> Commit? {
    let arguments = ["merge-base", try hash(of: left), try hash(of: right)]
    let result = try git.result(arguments)
    if result.exit.ending == .exited(status: 1) { return nil }
    return try commit(git.checked(arguments, result))
  }

  /// Whether `ancestor` is `commit` or comes before it, as far as the local history shows; both are
  /// hashes. A commit that is not in it comes before none.
  package func contains(_ ancestor: String, in commit: String) throws -> Bool {
    try git.result(["merge-base", "--is-ancestor", ancestor, commit]).exit.isSuccess
  }

  private func hash(of revision: String) throws -> String {
    let found = try lookUp(revision)
    if let hash = found.hash { return hash }
    _ = try head()
    if found.isAmbiguous {
      throw RunnerError.invalidRevision(
        revision, reason: "it is ambiguous; more digits of the hash would make it unique")
    }
    throw RunnerError.unknownRevision(
      revision, suggestions: try namesLike(revision),
      isShallow: try isShallow)
  }

  /// The hash of the commit that `revision` names, or the reason why there is none.
  private func lookUp(_ revision: String) throws -> (hash: String?, isAmbiguous: Bool) {
    try checkSpelling(revision)
    let result = try git.result(["rev-parse", "--verify", "\(revision)^{commit}"])
    let hash = result.text
    guard result.exit.isSuccess, hash.utf8.allSatisfy(isHexadecimal), !hash.isEmpty else {
      return (nil, result.standardError.contains("ambiguous"))
    }
    return (hash, false)
  }

  /// The branches and tags that may have been meant; for `HAED~1`, with the same suffix.
  private func namesLike(_ revision: String) throws -> [String] {
    let name = revision.prefix { !"~^@:".contains($0) }
    let steps = revision[name.endIndex...]
    return Suggestion.nearest(to: String(name), in: ["HEAD"] + (try referenceNames()))
      .map { $0 + steps }.filter { $0 != revision }
  }

  private func checkSpelling(_ revision: String) throws {
    if revision.isEmpty {
      throw RunnerError.invalidRevision(revision, reason: "it is empty")
    }
    if revision.hasPrefix("-") {
      throw RunnerError.invalidRevision(revision, reason: "it begins with a dash")
    }
    if revision.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw RunnerError.invalidRevision(revision, reason: "it contains a control character")
    }
  }

  private func commit(_ revision: String) throws -> Commit {
    guard let commit = try log(["--max-count=1", revision]).first else {
      throw RunnerError.noCommits(root)
    }
    return commit
  }

  private func log(_ arguments: [String]) throws -> [Commit] {
    let text = try git.run(
      ["log", "-z", "--no-show-signature", "--format=\(Self.fields)"] + arguments + ["--"])
    // `-z` ends a commit as the format separates its fields, so each commit has seven fields.
    let fields = text.split(separator: "\0", omittingEmptySubsequences: false)
    return stride(from: 0, to: fields.count - 6, by: 7).map { start in
      Commit(fields: fields[start..<(start + 7)].map(String.init))
    }
  }

  // MARK: Names and state

  /// The checked-out branch; `nil` on a detached head.
  package var currentBranch: String? {
    get throws {
      let result = try git.result(["symbolic-ref", "--quiet", "--short", "HEAD"])
      return result.exit.isSuccess ? result.text : nil
    }
  }

  /// The head of `origin`, otherwise a branch `main` or `master`; `nil` where there is none of
  /// them.
  package var defaultBranch: String? {
    get throws {
      let origin = try git.result(
        ["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"])
      if origin.exit.isSuccess { return origin.text }
      let names = Set(try referenceNames())
      return ["main", "master", "origin/main", "origin/master"].first(where: names.contains)
    }
  }

  /// The configured address of the remote `origin`, including credentials; `nil` where there is
  /// none.
  package var originAddress: String? {
    get throws {
      let result = try git.result(["config", "--get", "remote.origin.url"])
      return result.exit.isSuccess ? result.text : nil
    }
  }

  /// The author with whom git would sign a commit, such as `Ada <ada@example.org>`; `nil` where
  /// none is configured.
  package var author: String? {
    get throws {
      func setting(_ name: String) throws -> String? {
        let result = try git.result(["config", "--get", name])
        return result.exit.isSuccess && !result.text.isEmpty ? result.text : nil
      }
      guard let name = try setting("user.name") else { return nil }
      return try setting("user.email").map { "\(name) <\($0)>" } ?? name
    }
  }

  package var isShallow: Bool {
    get throws { try git.run(["rev-parse", "--is-shallow-repository"]) == "true" }
  }

  private func referenceNames() throws -> [String] {
    try git.run([
      "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes",
    ])
    .split(separator: "\n").map(String.init)
  }
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
}

extension Commit {
  /// Creates a commit from the seven fields of `GitRepository.fields`.
  fileprivate init(fields: [String]) {
    // A commit may have any date; only the years 1970 to 9999 can be stored and read again.
    func date(_ text: String) -> Date {
      Date(timeIntervalSince1970: max(0, min(Double(text) ?? 0, 253_402_300_799)))
    }
    self.init(
      hash: fields[0], parents: fields[1].split(separator: " ").map(String.init),
      author: fields[2], authored: date(fields[3]), committed: date(fields[4]),
      subject: fields[5], tree: fields[6])
  }
}
