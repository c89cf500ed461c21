package import BenchModel
import BenchRunner
import BenchStore
import Foundation

/// Every acceptance there is, wherever it is written: in the database, in `benchdb.accepted.toml`
/// as it is checked out, or as it was committed with what is compared.
package struct AcceptanceBook {
  let workspace: Workspace

  package init(workspace: Workspace) { self.workspace = workspace }

  var filePath: String { workspace.root + "/" + AcceptanceFile.name }

  /// What stands, of the database and the file; what was withdrawn in the database does not, though
  /// the file still has it.
  package func standing() throws -> [Acceptance] {
    let stored = try stored()
    return standing(stored, file: try file())
  }

  /// The acceptances whose change lies between `base` and `head`.
  ///
  /// An acceptance names the commits its change lies between, and takes it wherever HEAD contains
  /// the later of them and BASE does not. A commit that was rebased or squashed has another hash;
  /// so an entry of the file also counts where HEAD's file has it and BASE's has not: it then came
  /// with the change.
  func concerning(base: Revision, head: Revision) throws -> [Acceptance] {
    guard let repository = try? workspace.repository() else { return [] }
    let stored = try stored()
    let (before, after) = (base.commit.hash, head.commit.hash)
    var atHead = try file(in: after, repository)
    let checkedOut = try file()
    // What is checked out is part of HEAD, committed or not.
    if (try? repository.head().hash) == after { atHead += checkedOut }
    let known = standing(stored, file: checkedOut + atHead)
    guard !known.isEmpty else { return [] }
    let old = Set(try file(in: before, repository).map(\.id))
    let new = Set(atHead.map(\.id)).subtracting(old)
    return try known.filter { acceptance in
      if new.contains(acceptance.id), before != after { return true }
      return try repository.contains(acceptance.to, in: after)
        && !repository.contains(acceptance.to, in: before)
    }
  }

  private func standing(_ stored: [StoredAcceptance], file: [Acceptance]) -> [Acceptance] {
    let withdrawn = Set(stored.filter { $0.withdrawn != nil }.map(\.acceptance.id))
    // The file was reviewed, so of two versions of one entry its is the one that counts.
    let all = file + stored.map(\.acceptance)
    var seen: Set<UUID> = []
    return all.filter { !withdrawn.contains($0.id) && seen.insert($0.id).inserted }
  }

  private func stored() throws -> [StoredAcceptance] {
    do { return try workspace.openForReading().acceptances() } catch StoreError.missing {
      return []
    }
  }

  private func file() throws -> [Acceptance] {
    guard FileManager.default.fileExists(atPath: filePath) else { return [] }
    guard let text = try? String(contentsOf: URL(filePath: filePath), encoding: .utf8) else {
      throw CommandFailure("\(AcceptanceFile.name) can't be read; it is text in UTF-8.")
    }
    return try AcceptanceReader().read(text)
  }

  private func file(in commit: String, _ repository: GitRepository) throws -> [Acceptance] {
    guard let text = try repository.text(of: AcceptanceFile.name, in: commit) else { return [] }
    return try AcceptanceReader(origin: "\(AcceptanceFile.name) of \(commit.prefix(9))").read(text)
  }
}
