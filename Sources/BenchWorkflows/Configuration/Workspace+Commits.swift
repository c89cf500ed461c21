import BenchModel
import BenchRunner
import BenchStore

extension Workspace {
  /// Completes commits whose dates are not known, as of results that were imported into a shallow
  /// clone, once the repository has them.
  ///
  /// A command that reads does so as far as it may write: without the dates it works as well.
  func completeCommits(of store: ResultsStore) throws {
    let hashes = try store.undatedCommits()
    guard !hashes.isEmpty, let repository = try? repository(),
      let found = try? repository.commits(named: hashes), !found.isEmpty
    else { return }
    if store.access == .readWrite { return try store.complete(found) }
    guard let writable = try? ResultsStore.open(databasePath, access: .readWrite) else { return }
    try? writable.complete(found)
    try? writable.close()
  }
}
