import BenchComparer
import BenchModel
import Dispatch
import Foundation
import Synchronization

/// Judges series on all cores, none of which depends on another.
struct HistoryJudging {
  private let analyser: HistoryAnalyser
  private var waiting: [MeasuredSeries] = []
  /// Enough to keep all cores busy, and so few that memory does not grow with the number of series.
  private let most = 4 * ProcessInfo.processInfo.activeProcessorCount

  init(_ analyser: HistoryAnalyser) { self.analyser = analyser }

  /// - Returns: those that were waiting, in the order in which they were added, once they are
  ///   enough.
  mutating func add(_ series: [MeasuredSeries]) -> [SeriesHistory] {
    waiting += series
    return waiting.count < most ? [] : finish()
  }

  /// Judges the series that are still waiting.
  mutating func finish() -> [SeriesHistory] {
    let histories = Mutex([SeriesHistory?](repeating: nil, count: waiting.count))
    DispatchQueue.concurrentPerform(iterations: waiting.count) { [analyser, waiting] index in
      let history = analyser.analyse(waiting[index])
      histories.withLock { $0[index] = history }
    }
    waiting = []
    return histories.withLock { $0.compactMap(\.self) }
  }
}
