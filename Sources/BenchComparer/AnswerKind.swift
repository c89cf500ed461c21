/// What an answer says, without its numbers: of a row of a comparison, of a target, of a commit
/// that was tried in a bisection.
///
/// The raw value is its name for programs, in JSON, in CSV and as a key of counts. All else that
/// outputs say of an answer stands in the table `traits`, one line an answer, so that no output
/// switches over all of them. A new verdict takes a case and a line here, a case of `Verdict`, and
/// its sentence in `AnswerText`.
package enum AnswerKind: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
  // Verdicts on a series.
  case slower
  case suspectedSlower = "suspected"
  case layoutOrMachine = "layout_or_machine"
  case codeOrLayout = "code_or_layout"
  case inconclusive
  /// Slower, or suspected of it, and accepted by somebody.
  case accepted
  case suspectedFaster = "suspected_faster"
  case faster
  case noChange = "no_change"
  case identicalCode = "identical_code"
  // Reasons why a series was not judged.
  case failed
  case new
  case gone
  case otherMachine = "other_machine"
  case versionChanged = "version_changed"
  case notMeasured = "not_measured"
  case tooShort = "too_short"
  case summaryOnly = "summary_only"
  case oneProcess = "one_process"
  case otherUnit = "other_unit"
  case otherDuration = "other_duration"
  case noLongerGates = "no_longer_gates"
  // Answers of targets and bisections that comparisons do not give.
  case met
  case missed
  case notSlower = "not_slower"
  case skipped

  /// What a series that was judged may get, the worst first.
  package static let verdicts: [AnswerKind] = [
    .slower, .suspectedSlower, .codeOrLayout, .layoutOrMachine, .inconclusive, .accepted,
    .suspectedFaster,
    .faster, .noChange, .identicalCode,
  ]

  /// The table.
  private var traits: Traits {
    switch self {
    case .slower: Traits("slower", severity: 10, .bad, .fails, .worse)
    case .suspectedSlower: Traits("looks slower", severity: 9, .doubtful, .open, .worse)
    case .codeOrLayout: Traits("code or layout", severity: 8, .doubtful, .open, .either)
    case .layoutOrMachine: Traits("layout or machine", severity: 7, .doubtful, .passes, .either)
    case .inconclusive: Traits("cannot tell", severity: 6, .plain, .open, .unknown)
    case .accepted: Traits("accepted", severity: 5, .doubtful, .passes, .worse)
    case .suspectedFaster: Traits("looks faster", severity: 4, .doubtful, .open, .better)
    case .faster: Traits("faster", severity: 3, .good, .passes, .better)
    case .noChange: Traits("no change", severity: 2, .quiet, .passes, .same)
    case .identicalCode: Traits("identical code", severity: 1, .quiet, .passes, .same)
    case .failed: Traits("failed", severity: 0, .bad, .breaks, .unknown)
    case .new: .unjudged("new")
    case .gone: .unjudged("gone")
    case .otherMachine: .unjudged("on another machine class")
    case .versionChanged: .unjudged("of another version")
    case .notMeasured: .unjudged("not measured")
    case .tooShort: .unjudged("too short for the clock")
    case .summaryOnly: .unjudged("with summaries only")
    case .oneProcess: .unjudged("with one process")
    case .otherUnit: .unjudged("with another unit")
    case .otherDuration: .unjudged("of another profile")
    case .noLongerGates: .unjudged("no longer gates")
    case .met: Traits("met", severity: 2, .good, .passes, .same)
    case .missed: Traits("missed", severity: 10, .bad, .fails, .worse)
    case .notSlower: Traits("not slower", severity: 2, .good, .passes, .same)
    case .skipped: .unjudged("skipped")
    }
  }

  private struct Traits {
    let word: String
    let severity: Int
    let tone: Tone
    let effect: Effect
    let movement: Movement

    init(
      _ word: String, severity: Int, _ tone: Tone, _ effect: Effect, _ movement: Movement
    ) {
      self.word = word
      self.severity = severity
      self.tone = tone
      self.effect = effect
      self.movement = movement
    }

    static func unjudged(_ word: String) -> Traits {
      Traits(word, severity: 0, .quiet, .unjudged, .unknown)
    }
  }
}

extension AnswerKind {
  /// What people read, also after a number: `slower`, `cannot tell`, `on another machine class`.
  package var word: String { traits.word }

  /// How bad the news is; rows are shown from the greatest to the least, and 0 is no news.
  package var severity: Int { traits.severity }

  /// How the answer is meant, for colours and style classes.
  package var tone: Tone { traits.tone }

  package enum Tone: Sendable, Hashable, CaseIterable {
    case bad, good
    /// It asks for a look, and condemns nothing.
    case doubtful
    case plain
    /// It needs nobody's attention.
    case quiet
  }

  /// What the answer on a gate series does to the comparison as a whole.
  package var effect: Effect { traits.effect }

  package enum Effect: Sendable, Hashable, CaseIterable {
    /// A regression: exit status 1.
    case fails
    /// A benchmark did not run: exit status 3.
    case breaks
    /// Undecided, which fails under `--require-conclusive`: exit status 5.
    case open
    /// It was not judged, and lacks in what `--require-coverage` asks: exit status 4.
    case unjudged
    case passes
    /// The series is only shown.
    case shown
  }

  /// There were results to judge it by.
  package var isJudged: Bool { effect != .breaks && effect != .unjudged }

  /// The direction in which the values went from BASE to HEAD.
  package var movement: Movement { traits.movement }

  package enum Movement: Sendable, Hashable, CaseIterable {
    case worse, better
    /// They moved, whichever way, and the code is not the reason.
    case either
    /// No change as large as the floor, or none at all.
    case same
    case unknown
  }
}
