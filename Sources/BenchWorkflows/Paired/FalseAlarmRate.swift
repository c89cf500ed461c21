package import BenchComparer
package import BenchModel
import BenchOutput
package import BenchStore

extension ResultsStore {
  /// How often the paired rule called unchanged code slower on this class of machines: every
  /// completed calibration, judged by the rule that judges now.
  package func falseAlarms(
    of rule: ComparisonRule, on machine: MachineClass
  ) throws -> MeasuredFalseAlarmRate {
    let judge = PairedJudge(rule: rule)
    let comparisons = try completedRuns(purpose: .calibrate, machine: machine).map { run in
      judge.decision(on: try pairedSeries(ofRun: run.id), judgeIdentical: true).comparison
    }
    return MeasuredFalseAlarmRate(comparisons)
  }
}

extension ComparisonSetting.FalseAlarmRate {
  package init(_ measured: MeasuredFalseAlarmRate) {
    self.init(
      alarms: measured.alarms, judged: measured.judged, upperBound: measured.upperBound())
  }
}
