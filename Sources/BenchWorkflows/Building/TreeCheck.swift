package import BenchModel
import BenchRunner

/// Notices when the files of a tree are no longer those of the revision under which their results
/// are stored.
package struct TreeCheck {
  private let repository: GitRepository
  private let before: WorkTree
  private let revision: Revision

  /// A check that starts now. `databaseFiles` may change, wherever they are.
  /// - Throws: `CommandFailure` where the files are not the revision's any more.
  package init(directory: String, revision: Revision, databaseFiles: [String]) throws {
    repository = try GitRepository.discover(from: directory)
    before = try repository.workTree(ignoring: databaseFiles)
    self.revision = revision
    guard before.revision == revision else { throw Self.changed(revision) }
  }

  /// - Throws: `CommandFailure` where a file has changed since the value was made.
  package func check() throws {
    guard try repository.isUnchanged(before) else { throw Self.changed(revision) }
  }

  private static func changed(_ revision: Revision) -> CommandFailure {
    CommandFailure(
      "the work tree changed while it was built, so what was built is not "
        + "\(revision.commit.shortHash)\(revision.isDirty ? " with its changes" : ""). Save files "
        + "before recording, have git ignore what the build makes, and record it again.")
  }
}
