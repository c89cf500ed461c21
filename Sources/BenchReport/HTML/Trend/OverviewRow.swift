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
  /// Of the latest session.
  let latest: Double?
  /// Index in the line's commits; −1 where there is no session.
  let lastCommit: Int
  /// Sessions after the change that is told of.
  let sessionsSince: Int
  let changePoints: Int
  let sparkline: HTML

  init(_ history: SeriesHistory, number: Int, standing: SeriesStanding, sparkline: HTML) {
    self.number = number
    key = history.key
    metric = history.metric
    machine = history.machine
    self.standing = standing
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

  /// The larger, the sooner it is read: what is worse and still so by its size, then what was undone, then all else.
  var urgency: Double {
    switch standing.kind {
    case .worse: 1e6 + (standing.change?.estimate ?? 0)
    case .undone: 1e3 + min(standing.change?.estimate ?? 0, 1e3)
    default: standing.change?.estimate ?? 0
    }
  }
}
