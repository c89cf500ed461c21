package import BenchComparer
import BenchModel

/// A comparison's warnings in words, the same in every format.
package enum WarningText {
  package static func text(_ warning: ComparisonWarning) -> String {
    switch warning {
    case .stateChanged(let fact, let base, let head):
      "\(fact) differs between the sides (\(base) against \(head))"
    case .toolchainChanged(let base, let head):
      "the toolchain differs between the sides (\(base) against \(head)): a change may be the compiler's"
    case .noNoiseKnown:
      "how sessions of unchanged code differ on this machine, as far apart as these, is not known "
        + "yet, so it is assumed; record unchanged code again, at another time, to teach it"
    case .noiseKnown(let sessions):
      "the noise between sessions was learnt from "
        + English.count(sessions, "session") + " of identical code on this machine"
    case .fewProcesses(let minimum):
      "some series stand on \(English.processes(minimum)) a side: small changes cannot be seen"
    case .controlDiffers(let series):
      "a second copy of the base differed from the base in "
        + English.list(series.map(\.description)) + ": nothing of this session can be trusted"
    case .endedEarly(let rounds, let planned):
      "the session ended after \(English.count(rounds, "round")) of \(planned): more may decide what is open"
    case .oneLayout(let isCounted):
      "each side was built with one code layout, which alone can move a series; a build that "
        + "heeds BENCHDB_LAYOUT would decide"
        + (isCounted ? "" : ", or a count of instructions (`apt-get install valgrind`)")
    case .sessionsDisagree(let side, let series, let largest):
      "the sessions \(sessions(of: side)) disagree by up to \(Percentage.text(largest)) in "
        + English.list(series.prefix(3).map(\.description))
        + (series.count > 3 ? " and \(Digits.grouped(series.count - 3)) more series" : "")
    case .confirmed(let series):
      English.series(series, "was", "were") + " measured again, both sides in turn"
    case .sessions(let count):
      "a change counts only where \(count) sessions show it"
    case .slowerSinceRelease(let tag, let series):
      "looks slower than at release \(tag), though not than the base: "
        + English.list(series.map(drift)) + "; `benchdb changes` shows when"
    case .countedElsewhere(let series, let differences):
      English.series(series, "was", "were")
        + " compared with exact counts of another machine class: \(English.list(differences))"
    }
  }

  private static func sessions(of side: Reason.Side) -> String {
    switch side {
    case .base: "of the base"
    case .head: "of the head"
    case .both: "of both sides"
    }
  }

  /// `throughput/grouped · wall by 5.0 % (4.1–6.0)`, `memory/grouped · allocations (rose from 0 to
  /// 12 allocations)`
  private static func drift(_ series: DriftedSeries) -> String {
    if let zero = series.change.zero {
      return "\(series.key) (\(ChangeWords(series.metric).text(zero)))"
    }
    let change = series.change
    return "\(series.key) by \(RelativeSize.estimate(change.estimate, change.lower, change.upper))"
  }
}
