package import BenchModel
package import BenchOutput
import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// Both sides of a stored comparison, with what is known of the noise between sessions.
package struct ComparedSides {
  package let base: ComparedSide
  package let head: ComparedSide
  package let machine: MachineClass
  package let identicalCode: [IdenticalCodeGroup]
  /// What was decided for the reader, each in a sentence without its full stop.
  package var notes: [String] = []
  private let named: (base: NamedSide, head: NamedSide)

  /// What was compared, as git knows it.
  package var revisions: (base: Revision, head: Revision) {
    (named.base.revision, named.head.revision)
  }

  /// Reads what is stored of both sides; BASE falls back on its nearest measured ancestor.
  ///
  /// `isCheckedOut`: HEAD is what the user has before them.
  /// - Throws: `CommandFailure` that says what was never measured and how to measure it.
  static func read(
    _ named: (base: NamedSide, head: NamedSide), isCheckedOut: Bool, from store: ResultsStore,
    in workspace: Workspace
  ) throws -> ComparedSides {
    let names = SideNames(workspace: workspace, store: store)
    let layouts = try onlyInLayouts(named, in: workspace)
    if layouts == nil { try names.requireMeasured(named.base) }
    let head = layouts?.head ?? named.head
    let command =
      isCheckedOut
      ? "benchdb record" : "benchdb record --commit \(head.revision.commit.shortHash)"
    let machine = try machine(of: head, measuredBy: command, in: workspace)
    let base = try layouts?.base ?? names.measured(named.base, on: machine, before: head)
    let chosen = (base: base, head: head)
    return ComparedSides(
      base: try ComparedSide(chosen.base, machine: machine, orElsewhere: true),
      head: try ComparedSide(chosen.head, machine: machine, orElsewhere: false),
      machine: machine, identicalCode: try store.identicalCodeGroups(machine: machine),
      named: chosen)
  }

  /// What HEAD's database holds of another commit on the same class of machines.
  func series(of commit: String) throws -> [SeriesData] {
    try named.head.store.seriesData(
      of: .revision(commit: commit, differenceHash: nil), machine: machine)
  }

  /// Both sides as paired runs measured them in varied layouts, where one was measured in no other
  /// way and both were on the same class of machines; otherwise `nil`. What was linked in several
  /// orders is compared with its like only.
  private static func onlyInLayouts(
    _ named: (base: NamedSide, head: NamedSide), in workspace: Workspace
  ) throws -> (base: NamedSide, head: NamedSide)? {
    guard try named.base.machines().isEmpty || named.head.machines().isEmpty,
      let base = named.base.inLayouts, let head = named.head.inLayouts,
      try !Set(base.machines()).isDisjoint(with: head.machines())
    else { return nil }
    workspace.console.note(
      "One side was measured by `compare --paired` only, in varied layouts; such results are taken "
        + "of both.")
    return (base, head)
  }

  /// What has to be built to measure both sides again; `nil` where one is no commit of this
  /// repository, or lay below uncommitted changes.
  package func commits(in workspace: Workspace) -> (base: Commit, head: Commit)? {
    guard let repository = try? workspace.repository() else { return nil }
    func commit(_ side: NamedSide) -> Commit? {
      if case .runs = side.selection { return nil }
      guard !side.revision.isDirty else { return nil }
      return repository.find(side.revision.commit.hash)
    }
    guard let base = commit(named.base), let head = commit(named.head) else { return nil }
    return (base, head)
  }

  /// A gate that has nothing to judge says so with a status of its own.
  static func openStore(in workspace: Workspace) throws -> ResultsStore {
    do { return try workspace.openForReading() } catch StoreError.missing(let path) {
      throw CommandFailure(
        "nothing could be judged: there are no results yet (\(path)). Record both sides: "
          + "`benchdb record --commit HEAD~1` and `benchdb record`.", status: .coverage)
    }
  }

  /// Series are compared within one class of machines: this one's, or where HEAD was never measured
  /// here, the class it was measured on.
  static func machine(
    of head: NamedSide, measuredBy command: String, in workspace: Workspace
  ) throws -> MachineClass {
    let here = MachineProbe().machineClass()
    let measured = try head.machines()
    if measured.contains(here) { return here }
    guard let other = measured.last else {
      throw CommandFailure(
        "nothing could be judged: \(head.title) was "
          + (try head.allMachines().isEmpty
            ? "never measured. " : "only measured side by side with another commit. ")
          + "`\(command)` measures it.", status: .coverage)
    }
    workspace.console.note(
      "\(head.title) was not measured on this machine; using its results from "
        + "\(Printable.text(MachineTitles([here, other])[other])).")
    return other
  }
}

/// One side with its data.
package struct ComparedSide {
  package let description: SideDescription
  package let series: [SeriesData]

  /// With `orElsewhere` it also reads what other classes of machines measured where this one has
  /// nothing, so that the comparison can say why it is not used.
  fileprivate init(_ side: NamedSide, machine: MachineClass, orElsewhere: Bool) throws {
    var series = try side.store.seriesData(of: side.selection, machine: machine)
    if orElsewhere {
      let known = Set(series.map(\.key))
      for other in try side.machines() where other != machine {
        series += try side.store.seriesData(of: side.selection, machine: other)
          .filter { !known.contains($0.key) }
      }
    }
    self.series = series
    let processes = series.filter { $0.machine == machine }
      .map { $0.sessions.reduce(0) { $0 + $1.processes.count } }
    description = SideDescription(
      shortHash: side.revision.commit.shortHash, name: side.name,
      isDirty: side.revision.isDirty, processes: processes.max() ?? 0, note: side.note)
  }
}

/// What is stored of the two sides of a comparison.
package enum StoredSides {
  /// Measured in turn, and judged round by round.
  case rounds(StoredRounds)
  case apart(ComparedSides)

  /// Finds what the user means by `base` and `head`.
  /// - Throws: `CommandFailure` that says what was never measured and how to measure it.
  package static func find(base: String?, head: String?, in workspace: Workspace) throws
    -> StoredSides
  {
    let store = try ComparedSides.openStore(in: workspace)
    if let rounds = try StoredRounds(ofRun: base, head: head, store, workspace) {
      return .rounds(rounds)
    }
    let named = try SideNames(workspace: workspace, store: store).named(base: base, head: head)
    var notes: [String] = []
    let rounds = try StoredRounds(latestOf: named, store, workspace) { notes.append($0) }
    if let rounds { return .rounds(rounds) }
    var sides = try ComparedSides.read(
      named, isCheckedOut: head == nil, from: store, in: workspace)
    sides.notes = notes
    return .apart(sides)
  }
}
