import Foundation

/// How the samples of one metric are divided into turns, in a process that took turns with the
/// other side's process.
///
/// Each turn has the same number of samples, so the sample at index `i` belongs to turn
/// `i / samples` and stands at position `i % samples` there. The samples at the same index of two
/// processes of a round were taken within the same few milliseconds.
package struct SampleTurns: Sendable, Hashable, Codable {
  /// The number of samples of a turn.
  package let samples: Int
  /// The number of samples at the beginning of each turn that do not count, because the other
  /// side's turn has left its own data in the caches.
  package let uncounted: Int

  /// - Parameters:
  ///   - samples: at least 1.
  ///   - uncounted: at least 0 and less than `samples`.
  package init(samples: Int, uncounted: Int) {
    self.samples = samples
    self.uncounted = uncounted
  }

  /// Whether it can describe a measurement of `count` samples.
  package func fits(count: Int, warmUpCount: Int) -> Bool {
    samples >= 1 && (0..<samples).contains(uncounted) && count.isMultiple(of: samples)
      && warmUpCount.isMultiple(of: samples)
  }

  /// The samples that count: those after warm-up, without the first ones of each turn.
  package func counted(_ values: [Double], warmUpCount: Int) -> [Double] {
    values.indices.dropFirst(warmUpCount).filter { $0 % samples >= uncounted }.map { values[$0] }
  }
}

extension MetricSamples {
  /// The samples that count.
  package var countedValues: [Double] {
    turns?.counted(values, warmUpCount: warmUpCount) ?? Array(values.dropFirst(warmUpCount))
  }

  /// The number of a round: by how much the samples of this process differ from those that a
  /// process of BASE took in the same turns, as the median of the logarithms of their ratios.
  ///
  /// Both samples of a ratio were taken within the same few milliseconds, so what the machine did
  /// to them is the same.
  /// - Returns: `nil` where the two did not take the same turns, or most samples have no logarithm.
  package func shift(from base: MetricSamples) -> Double? {
    guard let turns, turns == base.turns, values.count == base.values.count,
      warmUpCount == base.warmUpCount, iterations == base.iterations
    else { return nil }
    let before = turns.counted(base.values, warmUpCount: warmUpCount)
    let after = turns.counted(values, warmUpCount: warmUpCount)
    let ratios = zip(before, after).filter { $0 > 0 && $1 > 0 }.map { log($1) - log($0) }
    guard !ratios.isEmpty, 2 * ratios.count > before.count else { return nil }
    return MeasurementSummary(of: ratios).median
  }

  /// The number of a round whose processes ran at once on one core without taking turns: the
  /// logarithm of the ratio of their means.
  /// - Returns: `nil` where a mean has no logarithm, and for elapsed time, which then holds the
  ///   other side's work too.
  package func shiftOfMeans(from base: MetricSamples) -> Double? {
    guard metric.name == Metric.cpu.name, base.summary.mean > 0, summary.mean > 0 else {
      return nil
    }
    return log(summary.mean) - log(base.summary.mean)
  }
}
