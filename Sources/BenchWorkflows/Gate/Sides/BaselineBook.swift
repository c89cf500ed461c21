import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// `benchdb baseline`: names for revisions to compare with.
package struct BaselineBook {
  private let workspace: Workspace

  package init(in workspace: Workspace) { self.workspace = workspace }

  /// Gives a measured revision a name; a name that is taken moves.
  /// - Parameters:
  ///   - name: a name that is no git revision.
  ///   - revision: what is checked out where it is `nil`.
  ///   - note: why, for people.
  /// - Returns: what was named, and what had the name before.
  /// - Throws: `CommandFailure` where the name can't be one, or the revision was never measured.
  package func set(_ name: String, to revision: String?, note: String = "") throws -> PlainAnswer {
    let repository = try workspace.repository()
    try checkName(name, in: repository)
    let named = try self.revision(revision, in: repository)
    let store = try workspace.openForWriting()
    try refuseUnmeasured(named, calledBy: revision, in: store)
    let replaced = try store.set(
      Baseline(name: name, revision: named, created: Date(), note: note))
    let before = replaced.map { ", which was \($0.revision.title)" } ?? ""
    return PlainAnswer("baseline '\(Printable.text(name))' is \(named.title)\(before)")
  }

  package func list() throws -> DataAnswer {
    let baselines = try workspace.openForReading().baselines()
    return DataAnswer(json: BaselineJSON.text(baselines)) { width, style in
      BaselineText.list(baselines, width: width, style: style)
    }
  }

  /// - Throws: `StoreError.noSuchBaseline`
  package func show(_ name: String) throws -> PlainAnswer {
    let store = try workspace.openForReading()
    guard let baseline = try store.baseline(name) else {
      throw StoreError.noSuchBaseline(name, known: try store.baselines().map(\.name))
    }
    return PlainAnswer(BaselineText.one(baseline, style: workspace.console.style))
  }

  /// Forgets a name; what was measured stays.
  /// - Throws: `StoreError.noSuchBaseline`
  package func remove(_ name: String) throws -> PlainAnswer {
    try workspace.openForWriting().removeBaseline(name)
    return PlainAnswer("baseline '\(Printable.text(name))' is removed; its results stay")
  }

  // MARK: What a name may be, and name

  private func checkName(_ name: String, in repository: GitRepository) throws {
    let isPlain = name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    guard isPlain, !name.isEmpty, !name.hasPrefix("-"), !name.contains(".."),
      !name.hasPrefix("run:")
    else {
      throw CommandFailure(
        "'\(Printable.text(name))' can't name a baseline: a name has no spaces, no '..', and does "
          + "not begin with '-' or 'run:'.")
    }
    guard repository.find(name) == nil else {
      throw CommandFailure(
        "'\(Printable.text(name))' is a git revision already, which a baseline of that name would "
          + "hide from `compare`; give it another name.")
    }
  }

  private func revision(_ text: String?, in repository: GitRepository) throws -> Revision {
    guard let text else { return try workspace.checkedOutRevision() }
    guard !text.hasPrefix("run:") else {
      throw CommandFailure(
        "a baseline names a commit, and \(Printable.text(text)) may have measured several; name "
          + "the commit. `benchdb compare \(Printable.text(text))` takes the run itself.")
    }
    return Revision(commit: try repository.resolve(text))
  }

  private func refuseUnmeasured(
    _ revision: Revision, calledBy text: String?, in store: ResultsStore
  ) throws {
    let side = NamedSide(
      store: store, revision: revision,
      selection: .revision(
        commit: revision.commit.hash, differenceHash: revision.differenceHash),
      name: "", note: nil)
    guard try side.allMachines().isEmpty else { return }
    throw CommandFailure(
      "\(revision.title) was never measured, so nothing could be compared with it. Measure it "
        + "first: `benchdb record`" + (text.map { " `--commit \($0)`." } ?? "."))
  }
}
