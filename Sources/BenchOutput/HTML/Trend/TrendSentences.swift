import BenchComparer
import BenchModel
import TextCoding

/// The verdict of a page of history, and what belongs beside it.
struct TrendSentences {
  let rows: [OverviewRow]
  let setting: TrendSetting

  private var worse: [OverviewRow] { rows.filter { $0.standing.kind == .worse } }

  private func count(_ kind: SeriesStanding.Kind) -> Int {
    rows.count { $0.standing.kind == kind }
  }

  private var words: VerdictSentence.Words {
    let told = worse.isEmpty ? rows : worse
    return told.allSatisfy(\.metric.isPace) ? .pace : .amount
  }

  /// `3 of 200 series are slower than at v1.2.`
  var verdict: String {
    guard !rows.isEmpty else { return "Nothing has been measured on this line of commits yet." }
    let judged = rows.count - count(.unjudged)
    guard judged > 0 else {
      return "No series has enough commits yet to tell how it changes."
    }
    let than = "than at \(setting.sinceName)"
    return worse.isEmpty
      ? "No series is \(words.worse) \(than)."
      : "\(Digits.grouped(worse.count)) of \(Digits.grouped(judged)) series "
        + "\(worse.count == 1 ? "is" : "are") \(words.worse) \(than)\(accepted)."
  }

  /// `, 1 of them accepted`
  private var accepted: String {
    let count = worse.count(where: \.isAccepted)
    return switch count {
    case 0: ""
    case worse.count: count == 1 ? ", which was accepted" : ", all of them accepted"
    default: ", \(Digits.grouped(count)) of them accepted"
    }
  }

  /// What else happened, in one or two sentences; empty where nothing did.
  var beside: String {
    let parts = [
      Self.part(
        count(.undone), "was \(words.worse) for a while", "were \(words.worse) for a while"),
      Self.part(count(.better), "is \(words.better)", "are \(words.better)"),
      Self.part(count(.unchanged), "shows no change point", "show no change point"),
      Self.part(
        count(.unjudged), "has too few commits to tell", "have too few commits to tell"),
    ].compactMap(\.self)
    return parts.isEmpty ? "" : English.list(parts) + "."
  }

  private static func part(_ count: Int, _ singular: String, _ plural: String) -> String? {
    count == 0 ? nil : "\(Digits.grouped(count)) \(count == 1 ? singular : plural)"
  }

  /// The commit in which the change of a row happened, or the two between which it did.
  static func position(of step: ChangePoint, on line: CommitLine) -> String {
    let distance = line.distance(from: step.lastBefore, to: step.firstAfter)
    return distance == 1 ? "in" : "in one of \(Digits.grouped(distance)) commits, up to"
  }

  /// `Accepted by Ada until 2026-12-31: reason.`
  static func acceptance(_ change: AcceptedChange) -> String {
    let acceptance = change.acceptance
    let until = acceptance.until.map { " until \($0)" } ?? ""
    let author = Printable.excerpt(acceptance.author)
    return switch change.standing {
    case .inForce:
      "Accepted by \(author)\(until)"
        + (acceptance.reason.isEmpty ? "." : ": \(Printable.excerpt(acceptance.reason))")
    case .expired: "It was accepted\(until), which is over."
    case .exceeded:
      "It is more than the \(AcceptanceText.size(acceptance)) that \(author) accepted."
    }
  }

  /// How sure one can be, and whether it is still so.
  static func standing(of row: OverviewRow) -> String {
    let sessions = English.count(row.sessionsSince, "session")
    switch row.standing.kind {
    case .undone: return "Undone since."
    case .worse where row.standing.step?.isProvisional == true:
      return "Recent: only \(sessions) so far; the next ones may move or undo it."
    case .worse where row.standing.step == nil:
      return "A drift without a step, still going on."
    case .worse:
      guard let remains = row.standing.remains, let worst = row.standing.change?.estimate,
        remains < worst * 4 / 5
      else { return "Still so after \(sessions)." }
      return "Partly undone: \(RelativeSize.signed(remains)) is left after \(sessions)."
    case .better where row.standing.step == nil: return "A drift without a step, still going on."
    case .better: return "Seen in \(sessions)."
    case .unchanged, .unjudged: return ""
    }
  }
}
