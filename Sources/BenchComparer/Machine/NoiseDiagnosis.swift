package import BenchModel
import BenchStatistics

/// What makes a machine noisy, judged from what was seen of it: facts in, findings out.
///
/// A gain that was measured is what was measured. That of a setting is what it typically costs:
/// rough, and good enough to say what to do first.
package struct NoiseDiagnosis: Sendable {
  /// The gravest first, of the same severity the one that would gain most; what is fine and what is
  /// not known last.
  package let findings: [NoiseFinding]

  package init(_ observation: MachineObservation) {
    let all =
      Self.measured(observation) + Self.limits(observation) + Self.settings(observation)
      + Self.surroundings(observation)
    findings = all.enumerated().sorted { left, right in
      let ranks = (left.element.severity.rank, right.element.severity.rank)
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      if left.element.gain != right.element.gain { return left.element.gain > right.element.gain }
      return left.offset < right.offset
    }.map(\.element)
  }

  package func findings(_ severities: NoiseFinding.Severity...) -> [NoiseFinding] {
    findings.filter { severities.contains($0.severity) }
  }
}

extension NoiseFinding.Severity {
  fileprivate var rank: Int {
    switch self {
    case .bad: 0
    case .warning: 1
    case .fine: 2
    case .unknown: 3
    }
  }
}

// MARK: What was measured

extension NoiseDiagnosis {
  private static func measured(_ seen: MachineObservation) -> [NoiseFinding] {
    [
      steal(seen), otherProcesses(seen), preemption(seen), spread(seen), drift(seen),
      pressure(seen),
    ]
  }

  /// `share` is fine below the first limit and bad from the second on.
  private static func finding(
    _ source: NoiseFinding.Source, _ share: Double?, fineBelow fine: Double, badFrom bad: Double
  ) -> NoiseFinding {
    guard let share else { return NoiseFinding(source, .unknown, .nothing) }
    let severity: NoiseFinding.Severity = share < fine ? .fine : share < bad ? .warning : .bad
    return NoiseFinding(source, severity, .share(share), gain: share)
  }

  /// Stolen time lengthens CPU time as much as wall time: no metric is safe from it. A tick in a
  /// hundred seconds of ticks is rounding.
  private static func steal(_ seen: MachineObservation) -> NoiseFinding {
    finding(.steal, seen.usage?.stolen, fineBelow: 0.005, badFrom: 0.05)
  }

  /// Their CPU time is compared with the CPUs there are: half a CPU matters little among 32.
  private static func otherProcesses(_ seen: MachineObservation) -> NoiseFinding {
    guard seen.usage != nil else { return NoiseFinding(.otherProcesses, .unknown, .nothing) }
    let cpus = seen.busyProcesses.reduce(0) { $0 + $1.cpus }
    let share = cpus / Double(max(1, seen.machine.cores))
    return NoiseFinding(
      .otherProcesses, share < 0.02 ? .fine : share < 0.25 ? .warning : .bad,
      .processes(Array(seen.busyProcesses.prefix(5)), cpus: cpus), gain: min(1, share))
  }

  /// Wall time in which the fixed work did not run although it wanted to.
  private static func preemption(_ seen: MachineObservation) -> NoiseFinding {
    let (wall, cpu) = seen.spins.reduce((0.0, 0.0)) { ($0.0 + $1.wall, $0.1 + $1.cpu) }
    let share = wall > 0 ? max(0, 1 - cpu / wall) : nil
    return finding(.preemption, share, fineBelow: 0.01, badFrom: 0.1)
  }

  /// Half the distance between the quartiles of the fixed work's CPU time: what a single sample
  /// varies by, whatever the code.
  private static func spread(_ seen: MachineObservation) -> NoiseFinding {
    let sorted = seen.spins.map(\.cpu).sorted()
    guard sorted.count >= 8, let middle = positive(Quantile.median(ofSorted: sorted)) else {
      return NoiseFinding(.spread, .unknown, .nothing)
    }
    let quartiles = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
    return finding(
      .spread, (quartiles.1 - quartiles.0) / 2 / middle, fineBelow: 0.01, badFrom: 0.05)
  }

  /// The change from the first third of the watch to the last: the clock frequency follows heat,
  /// and neighbours come and go.
  private static func drift(_ seen: MachineObservation) -> NoiseFinding {
    let times = seen.spins.map(\.cpu)
    let third = times.count / 3
    guard third >= 3, let before = positive(Quantile.median(Array(times.prefix(third)))) else {
      return NoiseFinding(.drift, .unknown, .nothing)
    }
    let after = Quantile.median(Array(times.suffix(third)))
    return finding(.drift, abs(after / before - 1), fineBelow: 0.01, badFrom: 0.05)
  }

  private static func positive(_ value: Double) -> Double? { value > 0 ? value : nil }

  /// Waiting for memory or a disk stalls what is measured; waiting for a CPU is counted by the
  /// other findings too.
  private static func pressure(_ seen: MachineObservation) -> NoiseFinding {
    guard let most = seen.pressure.values.max() else {
      return NoiseFinding(.pressure, .unknown, .nothing)
    }
    let severity: NoiseFinding.Severity = most < 0.02 ? .fine : most < 0.2 ? .warning : .bad
    return NoiseFinding(.pressure, severity, .resources(seen.pressure), gain: most / 2)
  }
}
