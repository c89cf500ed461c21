package import BenchModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Comparison {
  /// The benchmarks of which a count of instructions may decide what time does not: a gate series
  /// that its code or its layout moved, or that is open and seems to have moved by more than the
  /// floor. Those in doubt come first, then the largest moves.
  package var benchmarksWorthCounting: [BenchmarkKey] {
    let worth = rows.filter { row in
      guard row.metric.isGate, row.metric.dependsOnLayout else { return false }
      return switch row.answer {
      case .judged(.codeOrLayout(_, isCounted: false)): true
      case .judged(.inconclusive(let change, _)): abs(change.estimate) >= rule.floor
      default: false
      }
    }
    func size(_ row: ComparisonRow) -> Double { abs(row.answer.change?.estimate ?? 0) }
    let sorted = worth.sorted {
      ($0.kind.severity, size($0)) > ($1.kind.severity, size($1))
    }
    return sorted.map(\.key.benchmark).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

/// Whether an exact count moved with a duration, which tells the code's doing from its layout's.
///
/// Where a side was built once, it has one layout of its code, and interleaving does not cancel
/// that: of live comparisons of commits that changed a comment only, built with gcc, five of ten
/// turned red, and single workloads moved by up to 39 %. The count of what the code does has no
/// layout.
struct Corroboration {
  /// How far the counts went up on the log scale; `nil` where one side was not counted.
  private let instructions: Double?
  private let allocations: Double?

  /// Counters that do not repeat exactly are to be left out.
  init(base: ProcessCounters?, head: ProcessCounters?) {
    instructions = Self.move(base?.instructions, head?.instructions)
    allocations = Self.move(base?.allocations, head?.allocations)
  }

  /// The share of the lower end of a duration's shift by which a count must have moved with it.
  static let leastShare = 1.0 / 3
  /// Where nothing was counted, a shift whose lower end lies beyond this is no layout's.
  static let largestUncounted = 0.2
  /// Where the instructions were counted and did not move, the code may still wait longer than
  /// before: no layout was seen to move a duration by so much.
  static let largestCounted = 0.5

  /// The same verdict, or 'code or layout' where no count bears it out.
  func verdict(_ verdict: Verdict) -> Verdict {
    switch verdict {
    case .slower(let change): isBorneOut(change.lower, 1) ? verdict : doubtful(change)
    case .faster(let change): isBorneOut(-change.upper, -1) ? verdict : doubtful(change)
    default: verdict
    }
  }

  /// `nearest` is the end of the interval that lies nearest to no change, as a positive number.
  private func isBorneOut(_ nearest: Double, _ sign: Double) -> Bool {
    let limit = instructions == nil ? Self.largestUncounted : Self.largestCounted
    if nearest > limit { return true }
    // A rate of gain below −1 has no logarithm; no interval of a duration reaches that.
    let needed = abs(log1p(max(sign * nearest, -0.999_999))) * Self.leastShare
    return [instructions, allocations].contains { moved in
      moved.map { sign * $0 >= needed && $0 != 0 } ?? false
    }
  }

  /// Whether the code certainly does more or less work: the instructions went that way by more than
  /// `floor`, which is on the log scale.
  func shows(_ direction: Shift, beyond floor: Double) -> Bool {
    guard let instructions, instructions.isFinite else { return false }
    return direction == .worse ? instructions >= floor : instructions <= -floor
  }

  private func doubtful(_ change: Change) -> Verdict {
    .codeOrLayout(change, isCounted: instructions != nil)
  }

  /// From nothing to something, or the other way, is farther than any share.
  private static func move(_ before: Double?, _ after: Double?) -> Double? {
    guard let before, let after, before >= 0, after >= 0 else { return nil }
    if before == after { return 0 }
    return log(after) - log(before)
  }
}
