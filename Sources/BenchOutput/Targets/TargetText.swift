package import BenchComparer
import TextCoding

/// `benchdb check` for a terminal: the verdict in a sentence, a row a target, and why where the
/// numbers don't say it.
package enum TargetText {
  package static func text(
    _ check: TargetCheck, setting: TargetSetting, width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    let heading = [
      Printable.text(setting.text), style.text("\(check.sentence).", role(check)), "",
    ]
    let notes = check.rows.compactMap { note($0, width) }.flatMap(\.self)
    let lines =
      heading + table(check).lines(width: width, style: style) + (notes.isEmpty ? [] : [""])
      + notes
    return lines.joined(separator: "\n") + "\n"
  }

  private static func role(_ check: TargetCheck) -> TextRole {
    check.missed > 0 ? .bad : check.met < check.rows.count ? .warning : .good
  }

  private static func table(_ check: TargetCheck) -> TextTable {
    var table = TextTable(columns: [
      .init("target"), .init("series", fitting: .elidable(minimum: 20)),
      .init("limit", alignment: .right), .init("measured (95 % interval)", alignment: .right),
      .init("verdict"),
    ])
    for row in check.rows {
      table.add([
        .init(row.target.name), .init(TargetWords.subject(row), .dim),
        .init(TargetWords.limit(row.target)), .init(TargetWords.measured(row)),
        .init(TargetWords.verdict(row), TargetWords.role(row)),
      ])
    }
    return table
  }

  private static func note(_ row: TargetRow, _ width: Int) -> [String]? {
    TargetWords.reason(row).map {
      Elision.wrap(
        "\(Printable.text(row.target.name)), \(TargetWords.verdict(row)): \(Printable.text($0)).",
        width: width)
    }
  }
}
