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
    let doubtful = rows.compactMap(\.isCountedDespiteLayout)
    if !doubtful.isEmpty { warnings.append(.oneLayout(isCounted: !doubtful.contains(false))) }
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
  /// Whether the instructions of a gate series were counted that may have moved by its layout;
  /// `nil` for other rows.
  fileprivate var isCountedDespiteLayout: Bool? {
    guard metric.isGate, case .judged(.codeOrLayout(_, let isCounted)) = answer else { return nil }
    return isCounted
  }
}
