import BenchModel
import BenchStatistics
import Foundation

/// Whether sessions of identical code show how a machine behaves over the time between two sides.
///
/// Only then may a stored comparison convict, only of a shift that is clearly larger than
/// everything these sessions did by themselves, and only where so many sessions of HEAD show it
/// that chance does not put them there. Replayed on measurements of unchanged code, stored
/// comparisons of ten against ten processes turned red in 23 % of cases with nothing known of
/// sessions, in 36 % with five of them, and still in 1 of 50 with twenty: of a workload that meets
/// another state of the machine in every eighth session, twenty sessions often show nothing.
struct SessionCoverage {
  /// From the lowest to the highest level of the sessions, on the log scale.
  let range: Double
  private let count: Int

  /// How many sessions of one code it takes.
  static let leastSessions = 20
  /// How many times their range a shift must exceed.
  static let leastMultiple = 1.25

  /// It is `nil` where the sessions of identical code are too few, do not cover the time between
  /// the first and the last session of the compared sides, or wander: then the latest sessions lie
  /// outermost by themselves, and the chance of that is not what `chance` counts.
  init?(_ sessions: [SeriesSession], between times: ClosedRange<Date>) {
    let distance = times.upperBound.timeIntervalSince(times.lowerBound)
    // Sessions of one instant are those of which nobody knows the time.
    let spread = sessions.lying(max(1, distance / Double(2 * Self.leastSessions)))
    guard distance > 0, spread.count >= Self.leastSessions, let first = spread.first,
      let last = spread.last,
      last.started.timeIntervalSince(first.started) >= 0.75 * distance,
      first.started.addingTimeInterval(-Self.slack - distance / 4) <= times.lowerBound,
      last.started.addingTimeInterval(Self.slack + distance / 4) >= times.upperBound,
      let values = sessions.sorted(by: { $0.started < $1.started }).logarithms
    else { return nil }
    let levels = SessionLevels(values)
    guard !levels.wander else { return nil }
    range = levels.range
    count = values.count
  }

  /// The chance that every session of HEAD lies apart from BASE by more than these sessions do from
  /// one another, if sessions of HEAD are like them: one of all the ways to choose the outermost.
  /// It rests on no distribution. 1 where a session of HEAD lies nearer, or on the other side.
  func chance(base: SessionLevels, head: SessionLevels) -> Double {
    let reference = Quantile.median(base.centers)
    let shifts = head.centers.map { $0 - reference }
    let least = Self.leastMultiple * range
    guard shifts.allSatisfy({ $0 > least }) || shifts.allSatisfy({ $0 < -least }) else { return 1 }
    return RankSum.chanceOfSeparation(x: shifts.count, y: count)
  }

  /// A day before the first session and after the last one is still like the days between.
  private static let slack: TimeInterval = 86_400
}

extension [SeriesSession] {
  /// Those that have processes and samples.
  var usable: [SeriesSession] { filter { $0.level != .summary && !$0.processes.isEmpty } }

  /// The sessions in the order of time, without those that began less than `seconds` after the one
  /// kept before.
  func lying(_ seconds: TimeInterval) -> [SeriesSession] {
    sorted { $0.started < $1.started }.reduce(into: []) { kept, session in
      if let last = kept.last, session.started.timeIntervalSince(last.started) < seconds { return }
      kept.append(session)
    }
  }
}
