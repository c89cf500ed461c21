import BenchModel
import BenchOutput
import BenchRunner
import Foundation

/// What a build's event means by BASE and HEAD, where the user names neither.
struct EventSides {
  let build: ContinuousIntegration
  let repository: GitRepository

  /// The commit to judge; `nil`: what is checked out.
  func head() throws -> Commit? {
    guard let hash = build.head else { return nil }
    if let commit = repository.find(hash) { return commit }
    throw CommandFailure(
      "nothing could be judged: the commit \(hash.prefix(9)) of \(build.event) is not in this clone. "
        + advice, status: .coverage)
  }

  /// What to compare `head` with, and how that is called; `nil` where the event does not say.
  func base(of head: Commit) throws -> (commit: Commit, name: String)? {
    switch build.base {
    case nil: nil
    case .commit(let hash): try before(hash, head)
    case .mergeBase(let candidates): try mergeBase(candidates, head)
    case .branch(let branch): try fork(from: branch, head)
    }
  }

  /// After a push by force, what was there before may be gone, or no ancestor: then there is
  /// nothing to say about it.
  private func before(_ hash: String, _ head: Commit) throws -> (commit: Commit, name: String)? {
    guard let commit = repository.find(hash), commit.hash != head.hash else { return nil }
    return (commit, "before the push")
  }

  private func mergeBase(
    _ candidates: [String], _ head: Commit
  ) throws -> (commit: Commit, name: String)? {
    for candidate in candidates where repository.find(candidate) != nil {
      guard let fork = try repository.mergeBase(candidate, head.hash) else { continue }
      let name = ServiceName.text(candidate)
      return (fork, "merge base with \(name)")
    }
    throw CommandFailure(
      "nothing could be judged: \(build.event) has no merge base in this clone"
        + (try repository.isShallow ? ", which is shallow. " : ". ") + advice, status: .coverage)
  }

  private func fork(from branch: String, _ head: Commit) throws -> (commit: Commit, name: String)? {
    for candidate in ["origin/\(branch)", branch]
    where repository.find(candidate) != nil {
      guard let fork = try repository.mergeBase(candidate, head.hash) else { continue }
      // A push to the branch itself is compared with its parent, as on any machine.
      return fork.hash == head.hash ? nil : (fork, "merge base with \(candidate)")
    }
    return nil
  }

  private var advice: String {
    "Get the whole history: \(build.service.wholeHistory), or run `git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*'`."
  }
}

/// A hash as people read it, a name as it is.
private enum ServiceName {
  static func text(_ candidate: String) -> String {
    candidate.count >= 40 ? String(candidate.prefix(9)) : candidate
  }
}
