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

  /// One-sided, of a change no larger than the floor.
  func pValue(rule: ComparisonRule) -> Double {
    let error = standardError()
    guard error > 0 else { return abs(shift.estimate) > log1p(rule.floor) ? 0 : 1 }
    return student().upperTail((abs(shift.estimate) - log1p(rule.floor)) / error)
  }

  /// The change with the interval that leaves out `tail` on each side.
  func change(tail: Double, rule: ComparisonRule) -> Change {
    let half = halfWidth(tail: tail)
    // What lies 80 % of the distribution above the threshold is convicted with 80 % power.
    let detectable = log1p(rule.floor) + half + halfWidth(tail: 0.2)
    return Change(
      estimate: relative(shift.estimate), lower: relative(shift.estimate - half),
      upper: relative(shift.estimate + half), smallestDetectable: relative(detectable))
  }

  /// How many more processes a side, in the sessions there are, would make the interval's half width `goal`; `nil` where the sessions' own
  /// differences are too large for any number.
  func moreProcesses(toReach goal: Double, tail: Double) -> Int? {
    guard goal > 0, halfWidth(tail: tail, moreProcesses: Self.mostProcesses) <= goal else {
      return nil
    }
    var (low, high) = (0, Self.mostProcesses)
    while high - low > 1 {
      let middle = (low + high) / 2
      if halfWidth(tail: tail, moreProcesses: middle) <= goal {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }

  /// Nobody waits for more processes of one series than this.
  private static let mostProcesses = 500

  private func halfWidth(tail: Double, moreProcesses more: Int = 0) -> Double {
    student(moreProcesses: more).upperQuantile(tail) * standardError(moreProcesses: more)
  }

  private func standardError(moreProcesses more: Int = 0) -> Double {
    parts(moreProcesses: more).reduce(0) { $0 + $1.variance }.squareRoot()
  }

  private func student(moreProcesses more: Int = 0) -> StudentT {
    StudentT(
      degreesOfFreedom: WelchSatterthwaite.degreesOfFreedom(parts(moreProcesses: more)))
  }

  private func parts(
    moreProcesses more: Int
  ) -> [(variance: Double, degreesOfFreedom: Double)] {
    [
      (
        shift.processVariance(moreProcesses: Double(more)),
        shift.degreesOfFreedom + 2 * Double(more) * RobustScale.qnEfficiency
      ),
      (sessions.value * shift.sessionFactor, sessions.degreesOfFreedom),
    ]
  }

  /// A relative change of a difference of logarithms, kept finite: e²³⁰ is 10¹⁰⁰.
  private func relative(_ logarithm: Double) -> Double { expm1(min(logarithm, 230)) }
}
