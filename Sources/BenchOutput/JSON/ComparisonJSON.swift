package import BenchComparer
import BenchModel

/// A comparison for programs: everything the text says, and every number it rests on.
///
/// One object: `schemaVersion` 1, `kind` "comparison", `mode` ("stored" or "paired"), `verdict`
/// (the sentence), `exit` (`status`, `reason`), `base`, `head`, `machine`, `rule` (`floor`,
/// `margin`, `alpha`, `statistic`, `unitOfAnalysis`), `counts`, `falseAlarmRate` where it was
/// measured,
/// `rows` in the comparison's order, `warnings` (`kind`, `text`), and `notes` where something was
/// decided for the reader.
///
/// A row has `series`, `benchmark`, `parameters`, `metric`, `unit`, `direction`, `isGate`,
/// `judgement`, `answer` (the raw value of its `AnswerKind`, or "not_judged"), `text` (as people
/// read it), `base` and `head` where a side has data, `change` where one was estimated, and
/// `reason` (an `AnswerKind` as well) where it was not judged. Keys are in camel case, the words
/// for programs in snake case.
///
/// Numbers carry their unit; relative changes are of unit "ratio", and positive is worse whichever
/// way the metric counts. A change from or to zero has no ratio: its values are null, and its key
/// `zero` has both ends in the metric's unit, `{"from":0,"to":12}`.
package enum ComparisonJSON {
  package static func text(
    _ comparison: Comparison, setting: ComparisonSetting, exit: ComparisonExit
  ) -> String {
    JSONDocument.text("comparison", Document(comparison, setting: setting, exit: exit))
  }
}

private struct Document: Encodable {
  let mode: Comparison.Mode
  let verdict: String
  let exit: Exit
  let base: Side
  let head: Side
  let machine: String
  let rule: Rule
  /// Whose benchmarks were measured side by side: `same` in both commits, those of `head` on both
  /// sides, or each side's `own`; left out in a stored comparison.
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
    let margin: JSONNumber
    let alpha: JSONNumber
    let statistic = "lower quartile of a process's samples, upper where higher is better"
    let unitOfAnalysis = "process"

    init(_ rule: ComparisonRule) {
      floor = .ratio(rule.floor)
      margin = .ratio(rule.margin)
      alpha = .ratio(rule.alpha)
    }
  }

  /// `total`, `judged`, `shown`, `notJudged` by the reason, `smallestDetectable`, and for every
  /// verdict its count under its own name: `{"slower":1,"suspected":0,…}`.
  struct Counts: Encodable {
    let counts: ComparisonCounts

    init(_ counts: ComparisonCounts) { self.counts = counts }

    /// Verdicts that are left out where no series has them.
    private static let rare: Set<AnswerKind> = [.layoutOrMachine, .codeOrLayout, .accepted]

    private struct Range: Encodable {
      let lower, upper: JSONNumber
    }

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }

      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      func key(_ name: String) -> Key { Key(stringValue: name) }
      try values.encode(counts.total, forKey: key("total"))
      try values.encode(counts.judged, forKey: key("judged"))
      try values.encode(counts.shown, forKey: key("shown"))
      try values.encode(counts.notJudged, forKey: key("notJudged"))
      for kind in AnswerKind.verdicts where counts[kind] > 0 || !Self.rare.contains(kind) {
        try values.encode(counts[kind], forKey: key(kind.rawValue))
      }
      let range = counts.smallestDetectable.map {
        Range(lower: .ratio($0.lowerBound), upper: .ratio($0.upperBound))
      }
      try values.encodeIfPresent(range, forKey: key("smallestDetectable"))
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
        case .stateChanged: "state_changed"
        case .toolchainChanged: "toolchain_changed"
        case .noNoiseKnown: "no_noise_known"
        case .noiseKnown: "noise_known"
        case .fewProcesses: "few_processes"
        case .controlDiffers: "control_differs"
        case .endedEarly: "ended_early"
        case .oneLayout: "one_layout"
        case .sessionsDisagree: "sessions_disagree"
        case .confirmed: "confirmed"
        case .sessions: "sessions"
        case .slowerSinceRelease: "slower_since_release"
        case .countedElsewhere: "counted_elsewhere"
        }
      text = WarningText.text(warning)
    }
  }
}
