import BenchComparer
import BenchModel
import BenchOutput
import TextCoding

/// `benchdb show SERIES --why`: whether the code or the machine changed a benchmark's values.
package struct WhyRequest {
  let workspace: Workspace
  let subject: String
  let base: String?
  let head: String?

  package init(_ subject: String, base: String? = nil, head: String? = nil, in workspace: Workspace)
  {
    self.subject = subject
    self.base = base
    self.head = head
    self.workspace = workspace
  }

  /// - Throws: `CommandFailure` where nothing is stored of the sides or of the subject.
  package func run() throws -> DataAnswer {
    let store = try ComparedSides.openStore(in: workspace)
    let sides = try ComparedSides.read(
      SideNames(workspace: workspace, store: store).named(base: base, head: head),
      isCheckedOut: head == nil, from: store, in: workspace)
    let settings = workspace.settings
    let rule = try ComparisonRule(settings: settings, floor: nil, alpha: nil)
    let comparison = Comparer(rule: rule).compare(
      base: sides.base.series, head: sides.head.series, identicalCode: sides.identicalCode,
      judgeIdentical: try settings.isOn(.judgeIdentical, flag: false))
    let setting = ComparisonSetting(
      base: sides.base.description, head: sides.head.description, machine: sides.machine.summary)
    let explanations = try benchmarks(of: comparison).map { benchmark in
      Explanation(
        of: benchmark, in: comparison, base: sides.base.series, head: sides.head.series,
        machine: sides.machine)
    }
    return DataAnswer(json: ExplanationJSON.text(explanations, setting: setting)) { width, style in
      explanations.map { ExplanationText.text($0, setting: setting, width: width, style: style) }
        .joined(separator: "\n")
    }
  }

  /// The benchmark of the series that the subject names, else the benchmark that it names, else
  /// those whose name it begins.
  private func benchmarks(of comparison: Comparison) throws -> [BenchmarkKey] {
    let keys = comparison.rows.map(\.key)
    let candidates = [
      keys.filter { $0.description == subject },
      keys.filter { $0.benchmark.description == subject },
      keys.filter { $0.benchmark.id == subject },
      keys.filter { $0.description.hasPrefix(subject) },
    ]
    let found = Set((candidates.first { !$0.isEmpty } ?? []).map(\.benchmark)).sorted()
    guard found.isEmpty else { return found }
    let names = Set(keys.map(\.benchmark.id)).sorted()
    let meant = Suggestion.closest(to: subject, in: names).map {
      " Did you mean '\(Printable.text($0))'?"
    }
    throw CommandFailure(
      "neither side measured a series '\(Printable.text(subject))'."
        + (meant ?? " `benchdb compare --all` lists those that are there."))
  }
}
