package import BenchComparer
import BenchModel
import TextCoding

/// `benchdb show SERIES --why` for a terminal: every metric of the benchmark on both sides, then
/// the cause in a sentence.
package enum ExplanationText {
  package static func text(
    _ explanation: Explanation, setting: ComparisonSetting, width: Int = 80,
    style: TerminalStyle = .plain
  ) -> String {
    let heading = style.text(Printable.text(explanation.benchmark.description), .heading)
    let sides =
      "comparing \(setting.head.text) with \(setting.base.text) on "
      + Printable.text(setting.machine)
    let sentence = CauseText.sentence(explanation.cause, outcome: explanation.outcome)
    return
      ([heading] + Elision.wrap(Printable.text(sides), width: width) + [""]
      + table(explanation, setting).lines(width: width, style: style) + [""]
      + Elision.wrap(sentence, width: width).map { style.text($0, .bold) }
      + explanation.circumstances.flatMap {
        Elision.wrap("Besides, \(WarningText.text($0)).", width: width)
      }).joined(separator: "\n") + "\n"
  }

  private static func table(_ explanation: Explanation, _ setting: ComparisonSetting) -> TextTable {
    var table = TextTable(columns: [
      .init("metric"), .init(setting.base.title, alignment: .right),
      .init(setting.head.title, alignment: .right), .init("change", alignment: .right),
      .init("", fitting: .wrapping(minimum: 20)),
    ])
    for row in explanation.rows {
      table.add([
        .init(row.metric.name, row.metric.isGate ? .bold : nil), cell(row.base, row),
        cell(row.head, row), .init(relative(row)),
        .init(AnswerText.text(row.answer, of: row.metric), row.shownRole),
      ])
    }
    return table
  }

  private static func cell(_ side: SideSummary?, _ row: ComparisonRow) -> TextTable.Cell {
    .init(side.map { Quantity($0.value, row.metric.unit).description } ?? "–")
  }

  /// The relative change of the value itself, whichever way is better.
  private static func relative(_ row: ComparisonRow) -> String {
    guard let base = row.base?.value, let head = row.head?.value, base != 0, head != 0 else {
      return ""
    }
    return RelativeSize.signed((head - base) / abs(base))
  }
}
