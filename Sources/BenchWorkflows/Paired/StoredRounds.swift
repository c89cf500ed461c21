package import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// What the database has of two commits measured side by side: judged round by round, by the looks
/// of `compare --paired`.
///
/// It is taken where the user names one such run, as BASE without a HEAD or on both sides (then the
/// older of two commits that another harness measured is BASE), or two commits of which nothing was
/// measured since one session measured both, every benchmark.
package struct StoredRounds {
  private let workspace: Workspace
  private let store: ResultsStore
  private let pairing: StoredPairing
  private let names: (base: String, head: String)

  /// A run of both sides that is named alone, or twice; `nil` where it is anything else.
  init?(
    ofRun base: String?, head: String?, _ store: ResultsStore, _ workspace: Workspace
  ) throws {
    guard let base, base.hasPrefix("run:"), head == nil || head == base,
      let pairing = try store.pairing(ofRun: store.run(String(base.dropFirst(4))).run.id)
    else { return nil }
    self.init(pairing, names: (base, base), store, workspace)
  }

  /// What was measured last of both commits, on the machine class that a stored comparison would
  /// take; `nil` where that is no session of both.
  init?(
    latestOf sides: (base: NamedSide, head: NamedSide), _ store: ResultsStore,
    _ workspace: Workspace
  ) throws {
    guard case .revision = sides.base.selection, case .revision = sides.head.selection,
      !sides.base.revision.isDirty, !sides.head.revision.isDirty
    else { return nil }
    let here = MachineProbe().machineClass()
    let measured = try sides.head.allMachines()
    guard let machine = measured.contains(here) ? here : measured.last,
      let pairing = try store.latestPairing(
        of: sides.base.revision.commit.hash, and: sides.head.revision.commit.hash,
        machine: machine)
    else { return nil }
    self.init(pairing, names: (sides.base.name, sides.head.name), store, workspace)
  }

  private init(
    _ pairing: StoredPairing, names: (base: String, head: String), _ store: ResultsStore,
    _ workspace: Workspace
  ) {
    self.pairing = pairing
    self.names = names
    self.store = store
    self.workspace = workspace
  }

  package func judged(by rule: ComparisonRule, judgesIdentical: Bool) throws -> JudgedSides {
    explain()
    let judge = PairedJudge(rule: rule)
    let sessions = try sessions().map { try rounds($0) }
    let comparison = Comparison.agreement(
      of: sessions.map { judge.decision(on: $0, judgeIdentical: judgesIdentical).comparison },
      planned: pairing.run.profile.sessions ?? 1)
    return JudgedSides(
      comparison: comparison, setting: try setting(comparison, rule),
      processes: ComparedProcesses.all(sessions.last ?? []), base: pairing.base,
      head: pairing.head)
  }

  private func explain() {
    let console = workspace.console
    console.note(
      "Run \(pairing.run.shortID) measured both sides in turn; it is judged round by round.")
    if pairing.machine != MachineProbe().machineClass() {
      console.note("It did so on \(Printable.text(pairing.machine.summary)).")
    }
  }

  /// The runs of the comparison to which the named one belongs, oldest first: as many as it asked
  /// to agree.
  private func sessions() throws -> [StoredPairing] {
    guard let planned = pairing.run.profile.sessions else { return [pairing] }
    let alike = try store.runs(commit: pairing.head.commit.hash).reversed().filter {
      $0.run.purpose == pairing.run.purpose && $0.run.profile == pairing.run.profile
        && $0.run.selection == pairing.run.selection
        && [.completed, .failed].contains($0.status)
    }
    let pairings = try alike.compactMap { try store.pairing(ofRun: $0.run.id) }
      .filter { ($0.base, $0.head, $0.machine) == (pairing.base, pairing.head, pairing.machine) }
    // One that did not come to its end is no session of several.
    guard let position = pairings.firstIndex(where: { $0.run.id == pairing.run.id }) else {
      return [pairing]
    }
    return Array(pairings[(position - position % planned)...].prefix(planned))
  }

  private func rounds(_ pairing: StoredPairing) throws -> [PairedSeries] {
    pairing.hasRounds
      ? try store.pairedSeries(ofRun: pairing.run.id)
      : try store.pairedSeries(
        ofRun: pairing.run.id, countingRoundsOf: pairing.base.commit.hash,
        and: pairing.head.commit.hash)
  }

  private func setting(
    _ comparison: Comparison, _ rule: ComparisonRule
  ) throws -> ComparisonSetting {
    let measured = try store.falseAlarms(of: rule, on: pairing.machine)
    func side(
      _ revision: Revision, _ name: String, _ summary: KeyPath<ComparisonRow, SideSummary?>
    ) -> SideDescription {
      SideDescription(
        shortHash: revision.commit.shortHash, name: name, isDirty: false,
        processes: comparison.rows.compactMap { $0[keyPath: summary]?.processes }.max() ?? 0)
    }
    return ComparisonSetting(
      base: side(pairing.base, names.base, \.base), head: side(pairing.head, names.head, \.head),
      machine: pairing.machine.summary,
      falseAlarms: measured.judged > 0 ? .init(measured) : nil,
      next: comparison.nextSteps,
      benchmarks: pairing.base.isDirty ? .head : nil)
  }
}
