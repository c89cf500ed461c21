import BenchModel

/// What a pilot round found out about one benchmark.
package struct PilotFinding: Hashable {
  /// How many samples at the beginning of a turn cost more than the rest.
  package let uncounted: Int
  /// By how much a turn costs more than one of a process alone, beside those samples; relative.
  package let coldness: Double

  /// From this on the series is sensitive to what the caches hold.
  package static let sensitive = 0.05
  /// A position of a turn that costs this much more than the end of the turn does not count.
  private static let coldPosition = 0.02

  /// - Parameters:
  ///   - turns: the values of each turn of a process, for each process.
  ///   - parts: what each turn was for.
  package init(_ turns: [[Int: [Double]]], parts: [PilotTurns.Part]) {
    let inTurn = turns.map { turns in
      parts.indices.filter { if case .lockstep = parts[$0] { true } else { false } }
        .compactMap { turns[$0] }
    }
    let excess = { position in inTurn.map { Self.excess(of: $0, at: position) }.max() ?? 0 }
    let length = inTurn.joined().map(\.count).min() ?? 0
    // Of a turn of many samples the first one never counts.
    let candidates = length >= 4 ? [1, 3] : [0, 1]
    uncounted =
      candidates.first { excess($0) <= Self.coldPosition } ?? candidates.last ?? 0
    let first = uncounted
    let within = first < length ? excess(first) : 0
    let levels = turns.map { Self.excessOverAlone($0, parts: parts, uncounted: first) }
    coldness = max(within, levels.max() ?? 0)
  }

  /// By how much the samples at a position of a turn cost more than those at its end.
  private static func excess(of turns: [[Double]], at position: Int) -> Double {
    let ratios = turns.compactMap { values -> Double? in
      guard position + 1 < values.count else { return nil }
      let end = MeasurementSummary(of: values.suffix(max(1, values.count / 2))).median
      return end > 0 ? values[position] / end : nil
    }
    return ratios.isEmpty ? 0 : MeasurementSummary(of: ratios).median - 1
  }

  /// By how much the turns between those of the other side cost more than turns in a row.
  private static func excessOverAlone(
    _ turns: [Int: [Double]], parts: [PilotTurns.Part], uncounted: Int
  ) -> Double {
    var between: [Int: [Double]] = [:]
    var alone: [Int: [[Double]]] = [:]
    for (turn, part) in parts.enumerated() {
      guard let values = turns[turn] else { continue }
      switch part {
      case .sizing: break
      case .lockstep(let block):
        between[block, default: []] += values.dropFirst(min(uncounted, values.count - 1))
      case .alone(let block): alone[block, default: []].append(values)
      }
    }
    let ratios = between.compactMap { block, values -> Double? in
      // The first turn in a row follows one of the other side.
      let own = alone[block, default: []].dropFirst().flatMap(\.self)
      guard !values.isEmpty, !own.isEmpty else { return nil }
      let level = MeasurementSummary(of: own).median
      return level > 0 ? MeasurementSummary(of: values).median / level : nil
    }
    return ratios.isEmpty ? 0 : MeasurementSummary(of: ratios).median - 1
  }
}
