import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The distance of one side above the other on the log scale, positive being worse, and how
/// uncertain its processes leave it.
struct LogShift {
  /// The Hodges–Lehmann difference of the process statistics, on the log scale.
  let estimate: Double
  /// The standard deviation between processes of one session, on the log scale.
  let deviation: Double
  let degreesOfFreedom: Double
  let base: Side
  let head: Side
  /// The levels of each side's sessions.
  let levels: [SessionLevels]

  struct Side {
    let processes: Double
    /// (Σn)² ÷ Σn²: a session with few processes counts for little.
    let effectiveSessions: Double

    init(_ sessions: [[Double]]) {
      let counts = sessions.map { Double($0.count) }
      processes = counts.reduce(0, +)
      effectiveSessions = processes * processes / counts.reduce(0) { $0 + $1 * $1 }
    }
  }

  /// - Returns: `nil` where a value has no logarithm.
  init?(base: SeriesData, head: SeriesData) {
    guard let before = base.logarithms, let after = head.logarithms else { return nil }
    let spread = WithinSessions(before + after)
    let (x, y) = (before.flatMap(\.self), after.flatMap(\.self))
    var differences = HodgesLehmann.differences(from: x, to: y)
    let sides = (Side(before), Side(after))
    let unit = (1 / sides.0.processes + 1 / sides.1.processes).squareRoot()
    let rankDeviation =
      Self.isOneSession(before, after)
      ? Self.deviationByRanks(&differences, x: x.count, y: y.count) / unit : 0
    estimate = Selection.median(of: &differences)
    deviation = max(spread.deviation, rankDeviation)
    degreesOfFreedom = spread.degreesOfFreedom
    self.base = sides.0
    self.head = sides.1
    levels = [SessionLevels(before), SessionLevels(after)]
  }

  /// The variance that `more` processes on each side would leave.
  func processVariance(moreProcesses more: Double) -> Double {
    deviation * deviation * (1 / (base.processes + more) + 1 / (head.processes + more))
  }

  /// What the between-session variance is multiplied by.
  var sessionFactor: Double { 1 / base.effectiveSessions + 1 / head.effectiveSessions }

  /// Differences between sessions would count as differences between processes.
  private static func isOneSession(_ before: [[Double]], _ after: [[Double]]) -> Bool {
    before.count == 1 && after.count == 1
  }

  /// The shift's standard error, from the distribution-free 95 % interval. Where processes fall
  /// into two modes, a scale like Qn sees only the spread within a mode, while the estimate jumps
  /// between them; the ranks see both.
  ///
  /// - Returns: 0 where the sides are too small for 95 %, or so large that the scale estimate alone
  ///   is good enough.
  private static func deviationByRanks(_ differences: inout [Double], x: Int, y: Int) -> Double {
    guard x + y <= RankSum.largestExactCount,
      let trim = RankDistributions.shared.rankSum(x: x, y: y).trim(tail: 0.025)
    else { return 0 }
    let width = HodgesLehmann.width(ofDifferences: &differences, trim: trim)
    return width / (2 * normalQuantile975)
  }

  /// Φ⁻¹(0.975), half the width of a 95 % interval in standard errors.
  private static let normalQuantile975 = 1.959963984540054
}

/// The deviation between the processes of a session, pooled over sessions.
struct WithinSessions {
  let deviation: Double
  let degreesOfFreedom: Double

  /// Each session's variance by Qn, weighted by its degrees of freedom; sessions of one process say
  /// nothing.
  init(_ sessions: [[Double]]) {
    var squares = 0.0
    var free = 0.0
    for session in sessions where session.count > 1 {
      let scale = RobustScale.qn(session)
      squares += Double(session.count - 1) * scale * scale
      free += Double(session.count - 1)
    }
    deviation = free > 0 ? (squares / free).squareRoot() : 0
    degreesOfFreedom = max(free * RobustScale.qnEfficiency, 0.5)
  }
}

extension SeriesData {
  /// The logarithms of its process statistics by session, so that larger is worse; `nil` where a
  /// value is not above 0.
  var logarithms: [[Double]]? {
    let sign: Double = metric.direction == .lower ? 1 : -1
    return judgedSessions.logarithms?.map { $0.map { sign * $0 } }
  }
}

extension [SeriesSession] {
  /// The logarithms of the process statistics by session; `nil` where a value is not above 0.
  var logarithms: [[Double]]? {
    guard allSatisfy({ $0.processes.allSatisfy { $0.value > 0 } }) else { return nil }
    return map { $0.processes.map { log($0.value) } }
  }
}
