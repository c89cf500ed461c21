package import BenchComparer
import BenchModel

/// A comparison for programs: everything the text says, and every number it rests on.
///
/// One object: `schemaVersion` 1, `kind` "comparison", `mode` ("stored" or "paired"), `verdict`
/// (the sentence), `exit` (`status`, `reason`), `base`, `head`, `machine`, `rule` (`floor`,
/// `alpha`, `statistic`, `unitOfAnalysis`), `counts`, `falseAlarmRate` where it was measured,
/// `rows` in the comparison's order, `warnings` (`kind`, `text`), and `notes` where something was
/// decided for the reader.
///
/// A row has `series`, `benchmark`, `parameters`, `metric`, `unit`, `direction`, `isGate`,
/// `judgement`, `answer` (one word for programs), `text` (as people read it), `base` and `head`
/// where a side has data, `change` where one was estimated, and `reason` where it was not judged.
/// Numbers carry their unit; relative changes are of unit "ratio", and positive is worse whichever
/// way the metric counts.
package enum ComparisonJSON {
  package static func text(
    _ comparison: Comparison, setting: ComparisonSetting, exit: ComparisonExit
  ) -> String {
    JSONDocument.text(Document(comparison, setting: setting, exit: exit))
  }
}

private struct Document: Encodable {
  let schemaVersion = JSONDocument.schemaVersion
  let kind = "comparison"
  let mode: Comparison.Mode
  let verdict: String
  let exit: Exit
  let base: Side
  let head: Side
  let machine: String
  let rule: Rule
  /// Of what was measured side by side: `same` in both commits, those of `head` on both sides, or
  /// each side's `own`.
  let benchmarks: String?
  let counts: Counts
  let falseAlarmRate: FalseAlarms?
  let rows: [ComparisonRowJSON]
  let warnings: [Warning]
  /// Left out where there is none.
  let notes: [String]?

  init(_ comparison: Comparison, setting: ComparisonSetting, exit: ComparisonExit) {
    mode = comparison.mode
    verdict = VerdictSentence.text(comparison)
    self.exit = Exit(status: exit.status.rawValue, reason: exit.reason)
    base = Side(setting.base)
    head = Side(setting.head)
    machine = setting.machine
    rule = Rule(comparison.rule)
    benchmarks = setting.benchmarks?.name
    counts = Counts(comparison.counts)
    falseAlarmRate = setting.falseAlarms.map(FalseAlarms.init)
    rows = comparison.rows.map(ComparisonRowJSON.init)
    warnings = comparison.warnings.map(Warning.init)
    notes = setting.notes.isEmpty ? nil : setting.notes
  }

  struct Exit: Encodable {
    let status: Int32
    let reason: String
  }

  struct Side: Encodable {
    let commit: String
    let name: String
    let isDirty: Bool
    let processes: Int
    let note: String?

    init(_ side: SideDescription) {
      commit = side.shortHash
      name = side.name
      isDirty = side.isDirty
      processes = side.processes
      note = side.note
    }
  }

  struct Rule: Encodable {
    let floor: JSONNumber
    let alpha: JSONNumber
    let statistic = "lower quartile of a process's samples, upper where higher is better"
    let unitOfAnalysis = "process"

    init(_ rule: ComparisonRule) {
      floor = .ratio(rule.floor)
      alpha = .ratio(rule.alpha)
    }
  }

  /// Counts of gate series; `shown` counts the series that never gate.
  struct Counts: Encodable {
    let total, judged, slower, faster, suspectedSlower, suspectedFaster: Int
    let unchanged, undecided, identical, shown: Int
    /// Left out where there is none.
    let layoutOrMachine: Int?
    /// Series that are worse and accepted; left out where there is none.
    let accepted: Int?
    let notJudged: [String: Int]
    let smallestDetectable: Range?

    struct Range: Encodable {
      let lower, upper: JSONNumber
    }

    init(_ counts: ComparisonCounts) {
      (total, judged) = (counts.total, counts.judged)
      (slower, faster) = (counts.slower, counts.faster)
      (suspectedSlower, suspectedFaster) = (counts.suspectedSlower, counts.suspectedFaster)
      (unchanged, undecided) = (counts.unchanged, counts.undecided)
      (identical, shown) = (counts.identical, counts.shown)
      layoutOrMachine = counts.layoutOrMachine == 0 ? nil : counts.layoutOrMachine
      accepted = counts.accepted == 0 ? nil : counts.accepted
      notJudged = counts.notJudged
      smallestDetectable = counts.smallestDetectable.map {
        Range(lower: .ratio($0.lowerBound), upper: .ratio($0.upperBound))
      }
    }
  }

  struct FalseAlarms: Encodable {
    let alarms, judged: Int
    let rate: JSONNumber
    let upperBound: JSONNumber?

    init(_ rate: ComparisonSetting.FalseAlarmRate) {
      (alarms, judged) = (rate.alarms, rate.judged)
      self.rate = .ratio(rate.rate)
      upperBound = rate.upperBound.map(JSONNumber.ratio)
    }
  }

  struct Warning: Encodable {
    let kind: String
    let text: String

    init(_ warning: ComparisonWarning) {
      kind =
        switch warning {
        case .stateChanged: "stateChanged"
        case .toolchainChanged: "toolchainChanged"
        case .noNoiseKnown: "noNoiseKnown"
        case .noiseKnown: "noiseKnown"
        case .fewProcesses: "fewProcesses"
        case .controlDiffers: "controlDiffers"
        case .endedEarly: "endedEarly"
        case .oneLayout: "oneLayout"
        case .confirmed: "confirmed"
        case .sessions: "sessions"
        case .slowerSinceRelease: "slowerSinceRelease"
        case .countedElsewhere: "countedElsewhere"
        }
      text = WarningText.text(warning)
    }
  }
}
