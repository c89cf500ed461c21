import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A shift on the log scale with the uncertainty of its processes and of its sessions.
struct ShiftEvidence {
  let shift: LogShift
  let sessions: SessionNoise.Variance
  /// What sessions of identical code did over the time between the sides; `nil` where nobody knows.
  let coverage: SessionCoverage?
  /// How far above the threshold of a test a true shift must lie to be found with 80 % power.
  private let powerMargin: Double

  init(
    shift: LogShift, sessions: SessionNoise.Variance, coverage: SessionCoverage? = nil
  ) {
    self.shift = shift
    self.sessions = sessions
    self.coverage = coverage
    powerMargin = Uncertainty(shift, sessions).halfWidth(tail: 0.2)
  }

  /// One-sided, of a change no larger than the floor; `nil` where stored sessions are not enough to
  /// convict by, which takes at least ten processes a side, and sessions of identical code that
  /// never came near such a shift.
  func pValue(rule: ComparisonRule) -> Double? {
    let processes = min(shift.base.processes, shift.head.processes)
    guard processes >= Self.leastProcesses, let coverage else { return nil }
    let chance = coverage.chance(base: shift.levels[0], head: shift.levels[1])
    guard chance < 1 else { return nil }
    let tail = Uncertainty(shift, sessions).upperTail(abs(shift.estimate) - log1p(rule.floor))
    return max(chance, tail)
  }

  private static let leastProcesses = 10.0

  /// The change with the interval that leaves out `tail` on each side.
  func change(tail: Double, rule: ComparisonRule) -> Change {
    let half = Uncertainty(shift, sessions).halfWidth(tail: tail)
    return Change(
      estimate: relative(shift.estimate), lower: relative(shift.estimate - half),
      upper: relative(shift.estimate + half),
      smallestDetectable: relative(log1p(rule.floor) + half + powerMargin))
  }

  /// How many more processes a side, in the sessions there are, would make the interval's half
  /// width `goal`; `nil` where the sessions' own differences are too large for any number.
  func moreProcesses(toReach goal: Double, tail: Double) -> Int? {
    func isEnough(_ more: Int) -> Bool {
      Uncertainty(shift, sessions, moreProcesses: more).halfWidth(tail: tail) <= goal
    }
    guard goal > 0, isEnough(Self.mostProcesses) else { return nil }
    var (low, high) = (0, Self.mostProcesses)
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// Nobody waits for more processes of one series than this.
  private static let mostProcesses = 500

  private func relative(_ logarithm: Double) -> Double { relativeChange(logarithm) }
}

/// The standard error of a shift, from processes and sessions together, and what its distribution
/// is.
private struct Uncertainty {
  private let standardError: Double
  private let student: StudentT

  init(_ shift: LogShift, _ sessions: SessionNoise.Variance, moreProcesses: Int = 0) {
    let more = Double(moreProcesses)
    let processes = (
      variance: shift.processVariance(moreProcesses: more),
      degreesOfFreedom: shift.degreesOfFreedom + 2 * more * RobustScale.qnEfficiency
    )
    let between = (
      variance: sessions.value * shift.sessionFactor, degreesOfFreedom: sessions.degreesOfFreedom
    )
    standardError = (processes.variance + between.variance).squareRoot()
    student = StudentT(
      degreesOfFreedom: WelchSatterthwaite.degreesOfFreedom([processes, between]))
  }

  func halfWidth(tail: Double) -> Double { student.upperQuantile(tail) * standardError }

  /// The chance of a shift of `distance` or more by chance. The prior keeps the standard error
  /// above 0.
  func upperTail(_ distance: Double) -> Double { student.upperTail(distance / standardError) }
}
