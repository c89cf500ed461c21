package import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// The rounds in which the database has two commits measured side by side. They are judged at the
/// looks of `compare --paired`, and those of another harness, which looked at nothing in between,
/// at the end.
///
/// They are taken where the user names one such run, as BASE without a HEAD or on both sides; of
/// two commits that another harness measured the older one is then BASE. They are also taken where
/// the user names two commits, one session measured every benchmark of both, and nothing was
/// measured of either since.
package struct StoredRounds {
  private let workspace: Workspace
  private let store: ResultsStore
  private let pairing: StoredPairing
  private let names: (base: String, head: String)

  /// The rounds of a run of both sides that is named alone, or twice; `nil` for anything else.
  /// - Throws: `CommandFailure` where it did not measure them in turn.
  package init?(
    ofRun base: String?, head: String?, _ store: ResultsStore, _ workspace: Workspace
  ) throws {
    guard let base, base.hasPrefix("run:"), head == nil || head == base,
      let pairing = try store.pairing(ofRun: store.run(String(base.dropFirst(4))).run.id)
    else { return nil }
    if let obstacle = pairing.obstacle {
      throw CommandFailure(
        "\(pairing.sentence(obstacle)). Name both commits to compare what is stored of them: "
          + "`benchdb compare \(pairing.base.title) \(pairing.head.title)`.")
    }
    self.init(pairing, names: (base, base), store, workspace)
  }

  /// The rounds of what was measured last of both commits, on the machine class that a stored
  /// comparison would take; `nil` where that is no session of both, or one that did not measure
  /// them in turn, which `explain` is told.
  package init?(
    latestOf sides: (base: NamedSide, head: NamedSide), _ store: ResultsStore,
    _ workspace: Workspace, explain: (String) -> Void = { _ in }
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
    if let obstacle = pairing.obstacle {
      explain(pairing.sentence(obstacle))
      return nil
    }
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

  package func judged(
    by rule: ComparisonRule, judgesIdentical: Bool, oneLayout: OneLayoutChoice = .corroborate
  ) throws -> JudgedSides {
    explain()
    let sessions = try sessions().map { try rounds($0).judged(oneLayout) }
    let judge = judge(of: sessions, by: rule)
    let comparison = Comparison.agreement(
      of: sessions.map { judge.decision(on: $0, judgeIdentical: judgesIdentical).comparison },
      planned: pairing.run.profile.sessions ?? 1)
    return JudgedSides(
      comparison: comparison, setting: try setting(comparison, of: sessions.last ?? [], rule),
      processes: ComparedProcesses.all(sessions.last ?? []), base: pairing.base,
      head: pairing.head)
  }

  private func judge(of sessions: [[PairedSeries]], by rule: ComparisonRule) -> PairedJudge {
    guard !pairing.hasRounds else {
      return PairedJudge(rule: rule, inTurns: pairing.run.profile.turns != nil)
    }
    let rounds = sessions.joined().map(\.rounds.count).max() ?? 0
    return PairedJudge(rule: rule, looks: PairedLook.afterwards(rounds: rounds))
  }

  private func explain() {
    let console = workspace.console
    console.note(
      "Run \(pairing.run.shortID) measured both sides in turn; it is judged round by round.")
    if pairing.machine != MachineProbe().machineClass() {
      console.note("It did so on \(Printable.text(pairing.machine.summary)).")
    }
  }

  /// The runs of the comparison to which the named one belongs, oldest first.
  private func sessions() throws -> [StoredPairing] {
    guard let planned = pairing.run.profile.sessions else { return [pairing] }
    let alike = try store.runs(commit: pairing.head.commit.hash).reversed().filter {
      $0.run.purpose == pairing.run.purpose && $0.run.profile == pairing.run.profile
        && $0.run.selection == pairing.run.selection
        && [.completed, .failed].contains($0.status)
    }
    let pairings = try alike.compactMap { try store.pairing(ofRun: $0.run.id) }
      .filter { ($0.base, $0.head, $0.machine) == (pairing.base, pairing.head, pairing.machine) }
    return Self.group(of: pairing, among: pairings, sessions: planned)
  }

  /// The group to which a session belongs, where every `sessions` that follow one another are one
  /// comparison. A session that did not come to its end is not among the others, and is judged
  /// alone.
  package static func group(
    of pairing: StoredPairing, among pairings: [StoredPairing], sessions: Int
  ) -> [StoredPairing] {
    guard let position = pairings.firstIndex(where: { $0.run.id == pairing.run.id }) else {
      return [pairing]
    }
    return Array(pairings[(position - position % sessions)...].prefix(sessions))
  }

  private func rounds(_ pairing: StoredPairing) throws -> [PairedSeries] {
    pairing.hasRounds
      ? try store.pairedSeries(ofRun: pairing.run.id)
      : try store.pairedSeries(
        ofRun: pairing.run.id, countingRoundsOf: pairing.base.commit.hash,
        and: pairing.head.commit.hash)
  }

  private func setting(
    _ comparison: Comparison, of series: [PairedSeries], _ rule: ComparisonRule
  ) throws -> ComparisonSetting {
    let measured = try store.falseAlarms(of: rule, on: pairing.machine, like: series)
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
      falseAlarms: measured.map(ComparisonSetting.FalseAlarmRate.init),
      next: comparison.nextSteps,
      benchmarks: pairing.base.isDirty ? .head : nil)
  }
}

extension StoredPairing {
  /// Why the run is no paired comparison, without a full stop.
  fileprivate func sentence(_ obstacle: RoundOrder.Obstacle) -> String {
    let judged = "so the sides are judged as measured apart"
    let subject = "run \(run.shortID) measured both commits in one session"
    switch obstacle {
    case .unknown:
      return
        "\(subject), but its lines do not tell in which order, by 'order' or 'started', \(judged)"
    case .apart:
      return "\(subject), but not in turn, process by process, \(judged)"
    case .oneFirst:
      return "\(subject), but the same one first nearly every time, \(judged)"
    }
  }
}
