import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import Foundation

/// Whether both sides are measured side by side though nobody asked for it: on a machine that is
/// new each time, what is stored often says nothing, and a gate that says nothing is none.
struct PairingChoice {
  let workspace: Workspace
  /// `--confirm`, where it was given.
  let asked: ConfirmChoice?

  enum Reason {
    case noResults
    case tooNoisy

    var sentence: String {
      switch self {
      case .noResults: "This class of machines has no results of both sides"
      case .tooNoisy:
        "What is stored can't tell most series from the noise of this class of machines"
      }
    }
  }

  /// True in continuous integration, and with `--confirm auto`.
  var isWanted: Bool {
    switch asked {
    case .never, .always: false
    case .auto: true
    case nil: workspace.console.isContinuousIntegration
    }
  }

  /// False where something is uncommitted, since only commits can be built.
  var isPossible: Bool {
    isWanted && !workspace.configuration.executables.isEmpty
      && (try? workspace.checkedOutRevision().isDirty) == false
  }

  /// Why a stored comparison is not enough; `nil` where it is, or where there is no other way.
  func reason(_ comparison: Comparison, of sides: ComparedSides) -> Reason? {
    guard isPossible, sides.commits(in: workspace) != nil else { return nil }
    let isElsewhere = sides.machine != MachineProbe().machineClass()
    if isElsewhere || comparison.counts[.otherMachine] > 0 { return .noResults }
    // Only series that vary by chance count: exact counts are told apart on any machine.
    let answers = comparison.rows.filter { $0.metric.isGate && $0.metric.tolerance == nil }
      .map(\.answer.kind).filter(\.isJudged)
    let undecided = answers.count { $0 == .inconclusive }
    return undecided * 2 > answers.count ? .tooNoisy : nil
  }
}
