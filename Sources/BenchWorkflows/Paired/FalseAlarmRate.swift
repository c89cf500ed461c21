package import BenchComparer
package import BenchModel
package import BenchOutput
package import BenchStore

extension ResultsStore {
  /// How often the paired rule called unchanged code slower on this class of machines: every
  /// completed calibration whose series had layouts of this `standing`, and whose processes took
  /// turns or did not, judged by the rule that judges now.
  package func falseAlarms(
    of rule: ComparisonRule, on machine: MachineClass, standing: LayoutStanding, inTurns: Bool
  ) throws -> MeasuredFalseAlarmRate {
    let judge = PairedJudge(rule: rule, inTurns: inTurns)
    let calibrations = try completedRuns(purpose: .calibrate, machine: machine)
      .filter { ($0.profile.turns != nil) == inTurns }
      .map { try pairedSeries(ofRun: $0.id) }
    return MeasuredFalseAlarmRate(
      calibrations.filter { $0.layoutStanding == standing }
        .map { judge.decision(on: $0, judgeIdentical: true).comparison })
  }

  /// The rate that applies to a paired comparison of `series`; `nil` where none was measured.
  ///
  /// A calibration compares the same code with itself. With one layout it does not show what
  /// another layout does, so it says nothing of two builds that have one each.
  package func falseAlarms(
    of rule: ComparisonRule, on machine: MachineClass, like series: [PairedSeries]
  ) throws -> MeasuredFalseAlarmRate? {
    guard let standing = series.layoutStanding, [.varied, .unconcerned].contains(standing) else {
      return nil
    }
    let measured = try falseAlarms(
      of: rule, on: machine, standing: standing, inTurns: series.tookTurns)
    return measured.judged > 0 ? measured : nil
  }
}

extension [PairedSeries] {
  /// Whether processes of any series took turns.
  package var tookTurns: Bool {
    contains { $0.method == .lockstep || $0.method == .longTurns || $0.method == .apart }
  }

  /// What is known about the layouts of all series that were measured and can fail a commit by
  /// chance, or else of all that were measured; `nil` where they differ in it, or nothing was
  /// measured.
  package var layoutStanding: LayoutStanding? {
    let measured = filter { !$0.rounds.isEmpty }
    let gates = measured.filter {
      $0.head?.metric.isGate == true && $0.head?.metric.judgement == .statistical
    }
    let standings = Set((gates.isEmpty ? measured : gates).map(\.layout))
    return standings.count == 1 ? standings.first : nil
  }
}

extension ComparisonSetting.FalseAlarmRate {
  package init(_ measured: MeasuredFalseAlarmRate) {
    self.init(
      alarms: measured.alarms, judged: measured.judged, upperBound: measured.upperBound())
  }
}
