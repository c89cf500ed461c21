import BenchComparer
import BenchModel

/// What the overview keeps of a series after its section was written.
struct OverviewRow: Sendable {
  /// Its section is `#s1`, `#s2`, ….
  let number: Int
  let key: SeriesKey
  let metric: Metric
  let machine: MachineClass
  let standing: SeriesStanding
  /// What was accepted of the change that is told of; `nil` where nothing was.
  let accepted: AcceptedChange?
  /// The median of the latest session.
  let latest: Double?
  /// Index in the line's commits; −1 where there is no session.
  let lastCommit: Int
  /// Sessions after the change that is told of.
  let sessionsSince: Int
  let changePoints: Int
  let sparkline: HTML

  init(
    _ history: SeriesHistory, number: Int, standing: SeriesStanding,
    accepted: AcceptedChange? = nil, sparkline: HTML
  ) {
    self.number = number
    key = history.key
    metric = history.metric
    machine = history.machine
    self.standing = standing
    self.accepted = accepted
    latest = history.points.last?.median
    lastCommit = history.points.last?.commit ?? -1
    sessionsSince = standing.step.map { history.points.count - $0.point } ?? 0
    changePoints = history.changePoints.count
    self.sparkline = sparkline
  }

  var anchor: String { "s\(number)" }

  /// `slower by 6.1–9.2 %`
  var changeText: String? {
    standing.change.map { ChangeWords(metric).text($0).unbroken }
  }

  /// Worse, and somebody has taken it.
  var isAccepted: Bool { standing.kind == .worse && accepted?.standing == .inForce }

  /// Worse, and nobody has said that it may be.
  var needsLook: Bool { standing.kind == .worse && !isAccepted }

  /// A class of the style sheet; `nil` for what needs no colour.
  var styleClass: String? {
    guard metric.isDirectionKnown else { return nil }
    return isAccepted ? "care" : standing.kind.styleClass
  }

  /// The larger, the sooner it is read: what is worse and still so by its size, then what of it was
  /// accepted, what was undone, and all else.
  var urgency: Double {
    let size = standing.change?.estimate ?? 0
    return switch standing.kind {
    case .worse where isAccepted: 1e5 + min(size, 1e4)
    case .worse: 1e6 + min(size, 1e9)
    case .undone: 1e3 + min(size, 1e3)
    default: max(size, -1e9)
    }
  }
}
