package import BenchModel
import BenchOutput
import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// A side of a comparison that was found by what the user calls it.
package struct NamedSide {
  let store: ResultsStore
  let revision: Revision
  let selection: SeriesSelection
  /// The name as the user wrote it; empty where they wrote nothing.
  let name: String
  /// How the name was resolved where that is not obvious.
  let note: String?

  package init(
    store: ResultsStore, revision: Revision, selection: SeriesSelection, name: String, note: String?
  ) {
    self.store = store
    self.revision = revision
    self.selection = selection
    self.name = name
    self.note = note
  }

  /// `4f2c1aa (HEAD~1)`
  var title: String {
    let hash = revision.commit.shortHash + (revision.isDirty ? " with uncommitted changes" : "")
    return name.isEmpty || name == hash ? hash : "\(hash) (\(name))"
  }

  /// The same under another name.
  fileprivate func called(_ name: String) -> NamedSide {
    NamedSide(store: store, revision: revision, selection: selection, name: name, note: note)
  }

  /// The classes of machines that measured it, in the order of their first session.
  func machines() throws -> [MachineClass] { try store.machineClasses(measuring: selection) }

  /// The same commit as paired runs measured it that varied its layout; `nil` where it is no
  /// commit.
  var inLayouts: NamedSide? {
    guard case .revision(let commit, nil) = selection else { return nil }
    return NamedSide(
      store: store, revision: revision, selection: .layouts(commit: commit), name: name,
      note: note)
  }

  /// The classes of machines that measured it in whatever way.
  package func allMachines() throws -> [MachineClass] {
    let ordinary = try machines()
    return ordinary + (try inLayouts?.machines() ?? []).filter { !ordinary.contains($0) }
  }
}

/// Finds sides by the names that people use for them.
struct SideNames {
  let workspace: Workspace
  let store: ResultsStore

  /// Both sides, whether they were measured or not.
  func named(base: String?, head: String?) throws -> (base: NamedSide, head: NamedSide) {
    if let base, head == nil, let range = try range(base) { return range }
    if base == nil, head == nil, let sides = try ofEvent() { return sides }
    let head = try head.map { try find($0) } ?? checkedOut()
    return (try base.map { try find($0) } ?? defaultBase(of: head), head)
  }

  /// What the event of a build in continuous integration means by both sides; `nil` where there is
  /// none, or it does not say.
  private func ofEvent() throws -> (base: NamedSide, head: NamedSide)? {
    guard let build = workspace.build, let repository = try? workspace.repository() else {
      return nil
    }
    if let problem = build.problem {
      workspace.console.note(
        "\(problem); what to compare is found by the other variables of \(build.service.rawValue).")
    }
    let event = EventSides(build: build, repository: repository)
    let commit = try event.head() ?? repository.head()
    // What a job changes in its checkout is recorded with it.
    let isCheckedOut = try repository.head().hash == commit.hash
    let head =
      try isCheckedOut
      ? checkedOut().called(build.event) : side(Revision(commit: commit), name: build.event)
    if !isCheckedOut, let sides = try merged(head) { return sides }
    let base = try event.base(of: commit).map { side(Revision(commit: $0.commit), name: $0.name) }
    return (try base ?? defaultBase(of: head), head)
  }

  /// A job that checked out and measured the service's own merge of the event's head is judged by
  /// that, against the merge's first parent.
  private func merged(_ head: NamedSide) throws -> (base: NamedSide, head: NamedSide)? {
    let merge = try workspace.repository().head()
    guard merge.parents.count == 2, merge.parents[1] == head.revision.commit.hash,
      try head.machines().isEmpty
    else { return nil }
    let measured = side(Revision(commit: merge), name: "merge of \(head.name)")
    guard try !measured.machines().isEmpty,
      let target = try workspace.repository().find(merge.parents[0])
    else { return nil }
    return (side(Revision(commit: target), name: "what it is merged into"), measured)
  }

  /// Both ends of `A..B`; `nil` where `text` is not of that form.
  func range(_ text: String) throws -> (base: NamedSide, head: NamedSide)? {
    guard !text.hasSuffix(".sqlite"), try store.baseline(text) == nil,
      let names = try GitRepository.sides(ofRange: text)
    else { return nil }
    return (try revision(names.base), try revision(names.head))
  }

  /// A baseline, a run, another database or a revision, in this order.
  private func find(_ text: String) throws -> NamedSide {
    if let baseline = try store.baseline(text) {
      return side(baseline.revision, name: text, note: "baseline")
    }
    if text.hasPrefix("run:") { return try run(String(text.dropFirst(4)), name: text) }
    if isDatabase(text) { return try otherDatabase(text) }
    do { return try revision(text) } catch let error as RunnerError {
      throw try withBaselines(error, text: text)
    }
  }

  /// A revision of the repository, or a commit that git does not know here and the database does,
  /// by at least seven digits of its hash.
  private func revision(_ text: String) throws -> NamedSide {
    if let commit = try? workspace.repository().find(text) {
      return side(Revision(commit: commit), name: text)
    }
    let digits = text.lowercased()
    let isHash = digits.count >= 7 && digits.allSatisfy(\.isHexDigit)
    let found = isHash ? try store.commits(startingWith: digits, limit: 2) : []
    guard let commit = found.first else {
      return side(Revision(commit: try workspace.repository().resolve(text)), name: text)
    }
    guard found.count == 1 else {
      throw RunnerError.invalidRevision(
        text, reason: "it is ambiguous; more digits of the hash would make it unique")
    }
    return side(Revision(commit: commit), name: text)
  }

  /// What is checked out: with its uncommitted changes where these were measured, otherwise the
  /// commit below them.
  private func checkedOut() throws -> NamedSide {
    let revision = try workspace.checkedOutRevision()
    let asItIs = side(revision, name: "")
    guard revision.isDirty, try asItIs.allMachines().isEmpty else { return asItIs }
    let clean = side(Revision(commit: revision.commit), name: "HEAD")
    guard try !clean.allMachines().isEmpty else { return asItIs }
    workspace.console.note(
      "The uncommitted changes were not measured; judging \(revision.commit.shortHash) as it was "
        + "committed. `benchdb record` measures them.")
    return clean
  }

  /// The merge base with the default branch; on that branch, with uncommitted changes the commit
  /// below them, without its parent.
  private func defaultBase(of head: NamedSide) throws -> NamedSide {
    let repository = try workspace.repository()
    let commit = head.revision.commit
    if head.revision.isDirty {
      return side(Revision(commit: commit), name: commit.shortHash, note: "without the changes")
    }
    if let branch = try repository.defaultBranch,
      let fork = try repository.mergeBase(branch, commit.hash), fork.hash != commit.hash
    {
      return side(Revision(commit: fork), name: "merge base with \(branch)")
    }
    guard let parent = commit.parents.first else {
      // Where a shallow clone ends, git shows a commit without its parents.
      throw CommandFailure(
        try repository.isShallow
          ? "nothing could be judged: the parent of \(commit.shortHash) is missing, because this is "
            + "a shallow clone; `git fetch --unshallow` gets the rest of history."
          : "nothing could be judged: \(commit.shortHash) is the first commit, so there is nothing "
            + "to compare it with.", status: .coverage)
    }
    return side(Revision(commit: try repository.resolve(parent)), name: "HEAD~1")
  }

  /// `side`, or where this class of machines, on which `head` was measured, never measured it, its
  /// nearest ancestor that the class did measure. Where there is none either, `side` or an ancestor
  /// as another class measured it, so that the comparison says why that can't be used.
  func measured(
    _ side: NamedSide, on machine: MachineClass, before head: NamedSide
  ) throws -> NamedSide {
    let machines = try side.machines()
    if machines.contains(machine) { return side }
    if let ancestor = try measuredAncestor(of: side, on: machine, before: head) { return ancestor }
    guard machines.isEmpty else { return side }
    return try measuredAncestor(of: side, on: nil, before: head) ?? side
  }

  /// - Throws: where neither `side` nor an ancestor of it was ever measured, on whatever machine.
  func requireMeasured(_ side: NamedSide) throws {
    guard try side.machines().isEmpty,
      try measuredAncestor(of: side, on: nil, before: side) == nil
    else { return }
    let commit = side.revision.commit
    throw CommandFailure(
      "nothing could be judged: neither \(side.title) nor an ancestor of it was ever measured"
        + (try side.allMachines().isEmpty ? ". " : " but side by side with another commit. ")
        + "`benchdb record --commit \(commit.shortHash)` measures it, "
        + "`benchdb compare --paired \(commit.shortHash)` both sides; `benchdb list` shows what "
        + "there is.", status: .coverage)
  }

  private func measuredAncestor(
    of side: NamedSide, on machine: MachineClass?, before head: NamedSide
  ) throws -> NamedSide? {
    // Nobody knows the ancestors of a commit that only the database knows.
    guard !side.revision.isDirty, let repository = try? workspace.repository(),
      let ancestors = try? repository.firstParents(of: side.revision.commit.hash, limit: 1000)
    else { return nil }
    let hashes = ancestors.map(\.hash)
    guard let found = try store.nearestMeasured(among: hashes, machine: machine) else { return nil }
    let nearer = try store.nearestMeasured(among: hashes.prefix(found.distance), machine: nil)
    return self.side(
      Revision(commit: ancestors[found.distance]), name: "",
      note: Self.note(
        on: side, before: head, distance: found.distance, machine: nearer == nil ? nil : machine))
  }

  /// `nearest measured ancestor of 4f2c1aa09 (HEAD~1), 3 commits before`, or where nearer ones were
  /// measured on other classes of machines, `nearest ancestor measured on AMD EPYC, 2 cores, Linux
  /// 6, 4 commits before`.
  private static func note(
    on side: NamedSide, before head: NamedSide, distance: Int, machine: MachineClass?
  ) -> String {
    func before(_ distance: Int) -> String { "\(English.count(distance, "commit")) before" }
    guard let machine else {
      return "nearest measured ancestor of \(side.title), \(before(distance))"
    }
    let measured = "measured on \(machine.summary)"
    // The distance to HEAD's parent is of less use than that to HEAD.
    return head.revision.commit.parents.first == side.revision.commit.hash
      ? "nearest ancestor \(measured), \(before(distance + 1))"
      : "nearest ancestor of \(side.title) \(measured), \(before(distance))"
  }

  private func run(_ prefix: String, name: String) throws -> NamedSide {
    let run = try store.run(prefix).run
    try refuseSeveralCommits(run, store)
    return NamedSide(
      store: store, revision: run.revision, selection: .runs([run.id]), name: name, note: nil)
  }

  /// What another harness measured of several commits in one session is not one side of anything.
  private func refuseSeveralCommits(_ run: Run, _ store: ResultsStore) throws {
    let revisions = try store.revisionsApart(ofRun: run.id)
    guard revisions.count > 1 else { return }
    let titles = revisions.map(\.title)
    throw CommandFailure(
      "run \(run.shortID) measured \(English.count(titles.count, "commit")), "
        + "\(titles.joined(separator: ", ")), so it is no side of a comparison. Name two of them: "
        + "`benchdb compare \(titles[0]) \(titles[1])`.")
  }

  private func isDatabase(_ text: String) -> Bool {
    var isFolder: ObjCBool = false
    return text.hasSuffix(".sqlite")
      && FileManager.default.fileExists(atPath: text, isDirectory: &isFolder) && !isFolder.boolValue
  }

  private func otherDatabase(_ path: String) throws -> NamedSide {
    let other = try ResultsStore.open(path, access: .readOnly)
    guard let run = try other.runs().first(where: { $0.run.purpose.isCurrent })?.run else {
      throw CommandFailure("\(path) holds no run.", status: .coverage)
    }
    try refuseSeveralCommits(run, other)
    return NamedSide(
      store: other, revision: run.revision, selection: .runs([run.id]), name: path,
      note: "its latest run \(run.shortID)")
  }

  private func side(_ revision: Revision, name: String, note: String? = nil) -> NamedSide {
    // A hash names itself.
    let name = revision.commit.hash.hasPrefix(name) ? "" : name
    return NamedSide(
      store: store, revision: revision,
      selection: .revision(
        commit: revision.commit.hash, differenceHash: revision.differenceHash), name: name,
      note: note)
  }

  /// A mistyped name may have been meant for a baseline.
  private func withBaselines(_ error: RunnerError, text: String) throws -> any Error {
    let names = try store.baselines().map(\.name)
    guard let meant = Suggestion.closest(to: text, in: names) else { return error }
    return CommandFailure("\(error) There is a baseline '\(Printable.text(meant))'.")
  }
}
