package import BenchComparer
package import BenchModel

/// Acceptances in words, the same in every format.
package enum AcceptanceText {
  /// `accepted until 2026-12-31: slower by 6.1–9.2 %`, where `answer` is the rest.
  static func answer(_ answer: String, _ change: AcceptedChange) -> String {
    let until = change.acceptance.until.map { " until \($0)" } ?? ""
    return switch change.standing {
    case .inForce: "accepted\(until): \(answer)"
    case .expired: "\(answer); accepted\(until), which is over"
    case .exceeded:
      "\(answer); more than the \(size(change.acceptance)) accepted\(until)"
    }
  }

  /// Beside a change: `accepted until 2026-12-31`, `acceptance over`, `more than the 5.0 %
  /// accepted`.
  static func standing(_ change: AcceptedChange) -> String {
    switch change.standing {
    case .inForce: "accepted" + (change.acceptance.until.map { " until \($0)" } ?? "")
    case .expired: "acceptance over"
    case .exceeded: "more than the \(size(change.acceptance)) accepted"
    }
  }

  /// Everything a reviewer asks: `throughput/grouped · cpu by up to 9.2 % in 91be037aa..4f2c1aa09,
  /// by Ada on 2026-11-23 until 2026-12-31: reason`.
  package static func note(_ row: ComparisonRow, _ change: AcceptedChange) -> String {
    let acceptance = change.acceptance
    let standing =
      switch change.standing {
      case .inForce: ""
      case .expired: " – expired, so the series gates again"
      case .exceeded: " – exceeded, so the series gates again"
      }
    return "\(row.key) \(terms(acceptance))\(standing)"
  }

  /// `by up to 9.2 % in 91be037aa..4f2c1aa09, by Ada on 2026-11-23 until 2026-12-31: reason`
  package static func terms(_ acceptance: Acceptance) -> String {
    let until = acceptance.until.map { " until \($0)" } ?? ""
    let reason = acceptance.reason.isEmpty ? "" : ": \(acceptance.reason)"
    let size = acceptance.isUnlimited ? "by any size" : "by up to \(size(acceptance))"
    return "\(size) in \(range(acceptance)), by "
      + "\(acceptance.author) on \(acceptance.accepted)\(until)\(reason)"
  }

  /// `9.2 %`; `any size` of a change from or to zero.
  static func size(_ acceptance: Acceptance) -> String {
    acceptance.isUnlimited ? "any size" : RelativeSize.range(acceptance.size, acceptance.size)
  }

  /// `91be037aa..4f2c1aa09`
  package static func range(_ acceptance: Acceptance) -> String {
    "\(acceptance.from.prefix(9))..\(acceptance.to.prefix(9))"
  }
}
