import BenchComparer
import BenchModel

extension Comparison {
  /// The command that shows more of the row that a reader looks at first.
  package var nextSteps: [String] {
    let notable = rows.first { row in
      row.metric.isGate
        && (row.answer.kind.movement == .worse || row.answer.kind == .inconclusive)
    }
    return notable.map { ["benchdb show '\($0.key.benchmark)'"] } ?? ["benchdb show"]
  }
}
