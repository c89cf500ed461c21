import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells drifts from steps: a staircase of small steps in one direction is a drift where a ramp
/// explains it better.
struct DriftSearch {
  let history: JudgedHistory
  let rule: HistoryRule
  /// The level of one series.
  let alpha: Double
  /// What a cut costs, in squared units.
  let penalty: Double
  /// All cuts of the segmentation, those that did not stand included.
  let candidates: [Int]

  struct Finding {
    /// The judged values on which it moves.
    let moving: Range<Int>
    /// A value, on the scale.
    let slope: Double
    let interval: ClosedRange<Double>
    /// The fitted value at its start, on the scale.
    let start: Double
  }

  /// The drifts, oldest first, and the cuts that they leave to be steps.
  func search(_ cuts: [Int]) -> (drifts: [Finding], cuts: [Int]) {
    // What is judged exactly has no noise for a slope to hide in: its steps say it all.
    guard history.metric.judgement == .statistical else { return ([], cuts) }
    var taken: [Range<Int>] = []
    var drifts: [Finding] = []
    for stretch in stretches(cuts) where !taken.contains(where: stretch.range.overlaps) {
      guard let drift = drift(stretch) else { continue }
      taken.append(stretch.range)
      drifts.append(drift)
    }
    let explained = taken.map { $0.lowerBound + 1..<$0.upperBound }
    return (
      drifts.sorted { $0.moving.lowerBound < $1.moving.lowerBound },
      cuts.filter { cut in !explained.contains { $0.contains(cut) } }
    )
  }

  private struct Stretch {
    let range: Range<Int>
    let cuts: [Int]
  }

  /// Neighbouring segments whose steps all go one way, those with most steps first; single segments
  /// last.
  private func stretches(_ cuts: [Int]) -> [Stretch] {
    let bounds = [0] + cuts + [history.count]
    let means = bounds.indices.dropLast().map {
      history.clipped.mean(bounds[$0]..<bounds[$0 + 1])
    }
    var found: [Stretch] = []
    for first in means.indices {
      var (rises, falls) = (true, true)
      for last in first..<means.count {
        if last > first {
          rises = rises && means[last] > means[last - 1]
          falls = falls && means[last] < means[last - 1]
        }
        guard rises || falls else { break }
        found.append(
          Stretch(range: bounds[first]..<bounds[last + 1], cuts: Array(cuts[first..<last])))
      }
    }
    return found.sorted {
      ($1.cuts.count, $0.range.lowerBound) < ($0.cuts.count, $1.range.lowerBound)
    }
  }

  private func drift(_ stretch: Stretch) -> Finding? {
    let values = Array(history.clipped[stretch.range])
    let ramp = Ramp(values, minimumLength: rule.minimumDrift, bendPenalty: penalty / 2)
    guard let ramp,
      history.scale.exceeds(
        ramp.change, floor: history.floor(rule), from: values[ramp.moving.lowerBound]),
      // A cut's penalty pays for two numbers, where it is and how high. A ramp has three, a height
      // and the positions of both ends, which were searched even where they are the stretch's own.
      ramp.residual + 1.5 * penalty < stepsCost(stretch)
    else { return nil }
    let start = stretch.range.lowerBound
    return finding(start + ramp.moving.lowerBound..<start + ramp.moving.upperBound)
  }

  /// The cost of the steps that stand, or of those that the segmentation would have made, whichever
  /// is less: being too weak for a step does not make a drift.
  private func stepsCost(_ stretch: Stretch) -> Double {
    let range = stretch.range
    let others = candidates.filter { $0 > range.lowerBound && $0 < range.upperBound }
    return min(cost(of: stretch.cuts, in: range), cost(of: others, in: range))
  }

  private func cost(of cuts: [Int], in range: Range<Int>) -> Double {
    let bounds = [range.lowerBound] + cuts + [range.upperBound]
    let distances = bounds.indices.dropLast().reduce(0) {
      $0 + history.clipped.squaredDistances(bounds[$1]..<bounds[$1 + 1])
    }
    return distances + Double(cuts.count) * penalty
  }

  /// The slope of the medians of up to sixty groups, if it is surely one.
  private func finding(_ moving: Range<Int>) -> Finding? {
    let size = (moving.count + 59) / 60
    let groups = stride(from: moving.lowerBound, to: moving.upperBound, by: size).map {
      $0..<min($0 + size, moving.upperBound)
    }.filter { $0.count == size }
    let medians = groups.map { Quantile.median(Array(history.clipped[$0])) }
    guard medians.count > 3 else { return nil }
    let line = TheilSen(medians)
    let block = history.noise.blockLength(count: moving.count)
    let (deviation, interval) = line.uncertainty(
      medians, blockLength: max(1, block / size), confidence: 0.95, seed: history.seed)
    guard abs(line.slope) > deviation * Normal.quantile(1 - alpha / 2) else { return nil }
    let perValue = 1 / Double(size)
    let slope = line.slope * perValue
    let rise = slope * Double(moving.count - 1)
    let start = line.intercept - slope * Double(size - 1) / 2
    guard history.scale.exceeds(rise, floor: history.floor(rule), from: start) else { return nil }
    return Finding(
      moving: moving, slope: slope,
      interval: interval.lowerBound * perValue...interval.upperBound * perValue, start: start)
  }
}
