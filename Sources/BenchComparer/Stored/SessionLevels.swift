import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// On which levels sessions of the same code lie, on the log scale, and how much they differ beyond
/// what their processes explain.
///
/// Sessions are mixtures: a workload that meets two states of a machine has two levels, and one
/// that meets another state in a tenth of its sessions has excursions. Just these make a comparison
/// red that should not be, so the variance is the plain one, which counts them in full. A robust
/// scale would leave them out.
struct SessionLevels {
  /// The Hodges–Lehmann location of every session's processes.
  let centers: [Double]
  /// The deviation between the processes of a session.
  let within: WithinSessions
  /// The variance between sessions, less what the processes alone explain; may be negative.
  let excess: Double

  /// `sessions` holds the logarithms of the process statistics, by session.
  init(_ sessions: [[Double]]) {
    centers = sessions.map(HodgesLehmann.location)
    within = WithinSessions(sessions)
    let mean = centers.reduce(0, +) / Double(max(1, centers.count))
    let squares = centers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let inverseCounts = sessions.reduce(0) { $0 + 1 / Double($1.count) }
    excess =
      centers.count < 2
      ? 0
      : squares / Double(centers.count - 1)
        - within.deviation * within.deviation * inverseCounts / Double(centers.count)
  }

  var degreesOfFreedom: Double { Double(max(0, centers.count - 1)) }

  /// How far apart the sessions lie, relative to the lowest of them, where that is more than
  /// `margin` and more than their processes explain; otherwise `nil`.
  func disagreement(beyond margin: Double) -> Double? {
    let explained = 4 * within.deviation
    guard centers.count > 1, excess > 0, range > max(log1p(margin), explained) else { return nil }
    return expm1(range)
  }

  /// Whether levels follow the ones before, where sessions are in the order of time.
  ///
  /// The squared differences of neighbours are compared with the squared distances from the mean
  /// (J. von Neumann, "Distribution of the ratio of the mean square successive difference to the
  /// variance", 1941). Of independent levels their ratio is 2 on average, and of twenty below 1 in
  /// one per cent of cases; of a random walk it is about 0.2.
  var wander: Bool {
    let mean = centers.reduce(0, +) / Double(max(1, centers.count))
    let squares = centers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let steps = zip(centers, centers.dropFirst()).reduce(0) {
      $0 + ($1.1 - $1.0) * ($1.1 - $1.0)
    }
    return squares > 0 && steps < squares
  }

  /// From the lowest to the highest level.
  var range: Double { (centers.max() ?? 0) - (centers.min() ?? 0) }
}

extension [SessionLevels] {
  /// The variance between sessions of the same code over several codes; 0 where no code has two
  /// sessions.
  var variance: Double {
    let free = reduce(0) { $0 + $1.degreesOfFreedom }
    guard free > 0 else { return 0 }
    return Swift.max(0, reduce(0) { $0 + $1.degreesOfFreedom * $1.excess } / free)
  }

  /// How far apart the sessions of one code lie at most.
  var range: Double { map(\.range).max() ?? 0 }
}
