package import BenchComparer
import BenchModel

/// `benchdb show SERIES --why` for programs: `schemaVersion` 1, `kind` "explanation", and for every
/// benchmark its `series` as in a comparison, the `cause` (`code`, `machine`, `identical_code` or
/// `unknown`) with the counters that differ, and the sentence.
package enum ExplanationJSON {
  package static func text(_ explanations: [Explanation], setting: ComparisonSetting) -> String {
    JSONDocument.text(
      "explanation",
      Document(
        base: setting.base.shortHash, head: setting.head.shortHash, machine: setting.machine,
        benchmarks: explanations.map(Benchmark.init)))
  }

  private struct Document: Encodable {
    let base, head, machine: String
    let benchmarks: [Benchmark]
  }

  private struct Benchmark: Encodable {
    let benchmark: String
    let series: [ComparisonRowJSON]
    let cause: Cause.Kind
    let outcome: Explanation.Outcome
    let differences: [Difference]
    let circumstances: [String]
    let text: String

    init(_ explanation: Explanation) {
      benchmark = explanation.benchmark.description
      series = explanation.rows.map(ComparisonRowJSON.init)
      cause = explanation.cause.kind
      outcome = explanation.outcome
      differences = explanation.cause.differences.map(Difference.init)
      circumstances = explanation.circumstances.map(WarningText.text)
      text = CauseText.sentence(explanation.cause, outcome: explanation.outcome)
    }
  }

  private struct Difference: Encodable {
    let counter: String
    let base, head: JSONNumber
    let relative: JSONNumber?

    init(_ difference: Cause.Difference) {
      counter = difference.counter
      let unit = counter == Cause.Difference.cpuShare ? "ratio" : "count"
      base = JSONNumber(difference.base, unit)
      head = JSONNumber(difference.head, unit)
      relative = difference.relative.map(JSONNumber.ratio)
    }
  }
}
