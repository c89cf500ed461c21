import BenchComparer
import BenchModel

extension Comparison {
  /// The command that shows more of the row that a reader looks at first.
  package var nextSteps: [String] {
    let notable = rows.first { row in
      guard row.metric.isGate, case .judged(let verdict) = row.answer else { return false }
      return switch verdict {
      case .slower, .suspectedSlower, .inconclusive: true
      default: false
      }
    }
    return notable.map { ["benchdb show '\($0.key.benchmark)'"] } ?? ["benchdb show"]
  }
}
