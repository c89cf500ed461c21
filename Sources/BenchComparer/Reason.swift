/// Why a series was not judged.
package enum Reason: Sendable, Hashable {
  case new
  case gone
  case failed(side: Side, [String])
  /// Each fact that differs, in words.
  case otherMachine([String])
  case versionChanged(base: Int, head: Int)
  /// The session ended before its first round.
  case notMeasured
  /// Durations of zero: the clock ticked too rarely to time what was measured.
  case tooShort(side: Side)
  /// Imported summaries hold no samples.
  case summaryOnly
  /// A single process can never convict.
  case oneProcess(side: Side)
  /// The sides disagree on unit or direction.
  case otherUnit(base: String, head: String)
  /// Processes sampled for another time on each side, in seconds: what a benchmark shows while it
  /// is short is not what it shows later.
  case otherDuration(base: [Double], head: [Double])
  /// It gates a commit on BASE, and no longer on HEAD.
  case noLongerGates

  package enum Side: String, Sendable, Hashable, Codable { case base, head, both }
}

extension Reason {
  /// What it says, without its details.
  package var kind: AnswerKind {
    switch self {
    case .new: .new
    case .gone: .gone
    case .failed: .failed
    case .otherMachine: .otherMachine
    case .versionChanged: .versionChanged
    case .notMeasured: .notMeasured
    case .tooShort: .tooShort
    case .summaryOnly: .summaryOnly
    case .oneProcess: .oneProcess
    case .otherUnit: .otherUnit
    case .otherDuration: .otherDuration
    case .noLongerGates: .noLongerGates
    }
  }
}
