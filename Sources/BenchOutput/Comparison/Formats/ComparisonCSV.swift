package import BenchComparer
import BenchModel

/// A comparison as comma-separated values (RFC 4180): a header, then one line a series in the
/// comparison's order.
///
/// Relative changes are fractions, and positive is worse; those from or to zero are empty. `answer`
/// is the word that JSON has; the fields of what is not there are empty.
package enum ComparisonCSV {
  package static func text(_ comparison: Comparison) -> String {
    RowCSV.line(columns.map { .text($0.name) })
      + comparison.rows.map { row in RowCSV.line(columns.map { $0.value(row) }) }.joined()
  }

  private struct Column: Sendable {
    let name: String
    let value: @Sendable (ComparisonRow) -> SQLValue

    init(_ name: String, _ value: @escaping @Sendable (ComparisonRow) -> SQLValue) {
      self.name = name
      self.value = value
    }
  }

  private static let columns: [Column] = [
    Column("series") { .text($0.key.description) },
    Column("suite") { .text($0.key.benchmark.suite) },
    Column("metric") { .text($0.metric.name) },
    Column("unit") { .text($0.metric.unit.rawValue) },
    Column("direction") { .text($0.metric.direction.rawValue) },
    Column("gate") { .text($0.metric.isGate ? "true" : "false") },
    Column("answer") { .text(ComparisonRowJSON($0).answer) },
    Column("text") { .text(AnswerText.text($0)) },
    Column("reason") { ComparisonRowJSON($0).reason.map { .text($0.rawValue) } ?? .null },
    Column("base") { real($0.base?.value) },
    Column("head") { real($0.head?.value) },
    Column("base_processes") { count($0.base?.processes) },
    Column("head_processes") { count($0.head?.processes) },
    Column("change") { real($0.ratios?.estimate) },
    Column("change_lower") { real($0.ratios?.lower) },
    Column("change_upper") { real($0.ratios?.upper) },
    Column("paired") { .text($0.mode == .paired ? "true" : "false") },
    Column("accepted_by") { text($0.acceptance?.acceptance.author) },
    Column("accepted_until") { text($0.acceptance?.acceptance.until?.description) },
    Column("accepted_up_to") {
      real($0.acceptance.flatMap { $0.acceptance.isUnlimited ? nil : $0.acceptance.size })
    },
    Column("accepted_because") { text($0.acceptance?.acceptance.reason) },
    Column("file") { text($0.source?.file) },
    Column("line") { count($0.source?.line) },
  ]

  private static func real(_ value: Double?) -> SQLValue {
    value.flatMap { $0.isFinite ? .real($0) : nil } ?? .null
  }

  private static func count(_ value: Int?) -> SQLValue {
    value.map { .integer(Int64($0)) } ?? .null
  }

  private static func text(_ value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }
}

extension ComparisonRow {
  /// Its change where ratios say something of it.
  fileprivate var ratios: Change? { answer.change.flatMap { $0.zero == nil ? $0 : nil } }
}
