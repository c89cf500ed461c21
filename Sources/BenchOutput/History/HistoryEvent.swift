package import BenchComparer
package import BenchModel

/// Something that happened to a series, with the commits between which it did.
package struct HistoryEvent: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  package let machine: MachineClass
  package let kind: Kind
  /// The last commit before a shift; the first of a drift or an excursion; an outlier's own.
  package let from: Commit
  /// The first commit after a shift; the last of a drift or an excursion; an outlier's own.
  package let to: Commit
  /// How many commits may have done it: those after `from` up to `to`; how many measured commits an
  /// excursion lasted.
  package let commits: Int
  /// The index of `to` on the line, to sort by.
  package let position: Int
  /// The values in the metric's unit: the levels of a shift, the ends of a drift, what an outlier
  /// or an excursion should have been and was.
  package let before: Double
  package let after: Double
  package let change: RelativeShift
  /// What is still to come may move or undo it; a drift that goes on.
  package let isProvisional: Bool
  /// What somebody has accepted of a shift for the worse.
  package let accepted: AcceptedChange?

  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case shift, drift, excursion, outlier
  }

  /// Worse than before; an outlier is neither worse nor better.
  package var isWorse: Bool { change.estimate > 0 }
  /// Taken by an acceptance in force.
  package var isAccepted: Bool { accepted?.standing == .inForce }
}

extension HistoryEvent {
  /// Everything that happened to a series, latest first.
  package static func all(
    of history: SeriesHistory, on line: CommitLine, accepted: AcceptedHistory? = nil
  ) -> [HistoryEvent] {
    let source = EventSource(history: history, line: line, accepted: accepted)
    let events =
      history.changePoints.map(source.event) + history.drifts.map(source.event)
      + history.excursions.map(source.event) + history.outliers.map(source.event)
    return events.sorted { ($0.position, $0.kind.rawValue) > ($1.position, $1.kind.rawValue) }
  }
}

private struct EventSource {
  let history: SeriesHistory
  let line: CommitLine
  let accepted: AcceptedHistory?

  func event(_ point: ChangePoint) -> HistoryEvent {
    event(
      .shift, from: point.lastBefore, to: point.firstAfter, before: point.before.value,
      after: point.after.value, change: point.change, isProvisional: point.isProvisional,
      accepted: accepted?.accepted(point, of: history))
  }

  func event(_ drift: Drift) -> HistoryEvent {
    event(
      .drift, from: history.points[drift.points.lowerBound].commit,
      to: history.points[drift.points.upperBound - 1].commit, before: drift.start,
      after: drift.end, change: drift.change, isProvisional: drift.isOngoing)
  }

  func event(_ excursion: Excursion) -> HistoryEvent {
    event(
      .excursion, from: history.points[excursion.points.lowerBound].commit,
      to: history.points[excursion.points.upperBound - 1].commit, before: excursion.level,
      after: excursion.value, change: excursion.change, isProvisional: excursion.isProvisional,
      commits: Set(history.points[excursion.points].map(\.commit)).count)
  }

  func event(_ outlier: Outlier) -> HistoryEvent {
    let point = history.points[outlier.point]
    let change = RelativeShift(
      estimate: outlier.deviation, lower: outlier.deviation, upper: outlier.deviation,
      zero: ZeroChange(from: outlier.expected, to: point.median))
    return event(
      .outlier, from: point.commit, to: point.commit, before: outlier.expected,
      after: point.median, change: change, isProvisional: outlier.isProvisional)
  }

  private func event(
    _ kind: HistoryEvent.Kind, from: Int, to: Int, before: Double, after: Double,
    change: RelativeShift, isProvisional: Bool, accepted: AcceptedChange? = nil,
    commits: Int? = nil
  ) -> HistoryEvent {
    HistoryEvent(
      key: history.key, metric: history.metric, machine: history.machine, kind: kind,
      from: line.commits[from].commit, to: line.commits[to].commit,
      commits: commits ?? line.distance(from: from, to: to), position: to, before: before,
      after: after,
      change: change, isProvisional: isProvisional, accepted: accepted)
  }
}
