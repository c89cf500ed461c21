import BenchModel

extension ComparisonWarning {
  /// What a paired session lets a reader doubt.
  static func all(
    on progress: PairedProgress, rows: [ComparisonRow], rounds: Int, planned: Int
  ) -> [ComparisonWarning] {
    let judged = progress.judgements.filter { $0.standing == .judged && $0.isGate }
    guard !judged.isEmpty else { return [] }
    var warnings = toolchains(judged)
    if !progress.contaminated.isEmpty {
      warnings.append(.controlDiffers(progress.contaminated))
    } else if !progress.undecided.isEmpty, rounds < planned {
      warnings.append(.endedEarly(rounds: rounds, planned: planned))
    }
    // Processes that count have the same layout in every round.
    let timed = judged.filter { $0.metric?.judgement == .statistical }
    if rows.contains(where: \.isMoved), timed.contains(where: { !$0.series.isLayoutVaried }) {
      warnings.append(.oneLayout)
    }
    return warnings
  }

  private static func toolchains(_ judged: [PairedSeriesJudgement]) -> [ComparisonWarning] {
    let base = Set(judged.compactMap(\.series.base?.toolchain)).subtracting([""])
    let head = Set(judged.compactMap(\.series.head?.toolchain)).subtracting([""])
    guard !base.isEmpty, !head.isEmpty, base != head else { return [] }
    return [
      .toolchainChanged(
        base: base.sorted().joined(separator: ", "), head: head.sorted().joined(separator: ", "))
    ]
  }
}

extension ComparisonRow {
  /// A gate series that chance can touch was convicted.
  fileprivate var isMoved: Bool {
    guard metric.isGate, metric.judgement == .statistical else { return false }
    return [.slower, .faster].contains(answer.kind)
  }
}
