package import BenchModel

/// An acceptance that speaks of a row's change, and what it comes to.
package struct AcceptedChange: Sendable, Hashable {
  package let acceptance: Acceptance
  package let standing: Standing

  package enum Standing: String, Sendable, Hashable, Codable {
    /// The row is not red.
    case inForce = "in_force"
    /// Its last day is over: the row gates again.
    case expired
    /// The change is surely larger than what was accepted: the row gates again.
    case exceeded
  }
}

extension Comparison {
  /// The comparison with its accepted changes marked; those in force are not counted as slower any
  /// more.
  /// - Parameters:
  ///   - acceptances: those whose range of commits lies within the compared one.
  ///   - today: decides what is over.
  /// - Returns: the same rows, sorted and counted anew.
  package func accepting(_ acceptances: [Acceptance], on today: Day) -> Comparison {
    let known = Dictionary(grouping: acceptances, by: \.series)
    guard !known.isEmpty else { return self }
    let marked = rows.map { row in
      row.accepted(row.acceptedChange(known[row.key] ?? [], on: today))
    }
    return Comparison(
      mode: mode, rule: rule, rows: marked.sorted(by: ComparisonRow.isWorse),
      counts: ComparisonCounts(of: marked), warnings: warnings)
  }

  /// Rows that an acceptance speaks of, in the comparison's order.
  package var acceptedRows: [(row: ComparisonRow, accepted: AcceptedChange)] {
    rows.compactMap { row in row.acceptance.map { (row, $0) } }
  }
}

extension ComparisonRow {
  /// Taken by an acceptance in force, so that it does not fail a commit.
  package var isAccepted: Bool { acceptance?.standing == .inForce }

  fileprivate func acceptedChange(_ acceptances: [Acceptance], on today: Day) -> AcceptedChange? {
    guard metric.isGate, answer.kind.movement == .worse, let change = answer.change else {
      return nil
    }
    return AcceptedChange.foremost(
      of: acceptances, taking: change.lower, tolerance: metric.tolerance, on: today)
  }
}

extension AcceptedChange {
  /// The one of several acceptances that says most for a change: one in force goes before one that
  /// was exceeded, and that before one that expired; then the larger, then the newer goes first.
  ///
  /// A change goes beyond what was accepted by the standard by which it is called one: its whole
  /// interval does, from `lower` on, relative. An exact count may differ by its tolerance on top,
  /// as it may anywhere.
  static func foremost(
    of acceptances: [Acceptance], taking lower: Double, tolerance: Double?, on today: Day
  ) -> AcceptedChange? {
    let candidates = acceptances.map { acceptance in
      let most =
        acceptance.isUnlimited
        ? .infinity : (1 + acceptance.size) * (1 + (tolerance ?? 0)) - 1
      let standing: Standing =
        acceptance.isExpired(on: today) ? .expired : lower > most ? .exceeded : .inForce
      return AcceptedChange(acceptance: acceptance, standing: standing)
    }
    return candidates.min { left, right in
      if left.standing != right.standing { return left.standing.rank < right.standing.rank }
      let (first, second) = (left.acceptance, right.acceptance)
      if first.size != second.size { return first.size > second.size }
      return (second.accepted, second.idText) < (first.accepted, first.idText)
    }
  }
}

extension AcceptedChange.Standing {
  fileprivate var rank: Int {
    switch self {
    case .inForce: 0
    case .exceeded: 1
    case .expired: 2
    }
  }
}

extension Change {
  /// How much of it an acceptance takes: the upper end of the interval, but not more than twice the
  /// estimate. A wide interval says that little is known, and must not let everything through. A
  /// change from or to zero has no size, and is taken whatever it comes to.
  package var acceptedSize: Double {
    zero == nil ? Acceptance.written(min(upper, 2 * estimate)) : Acceptance.unlimited
  }
}
