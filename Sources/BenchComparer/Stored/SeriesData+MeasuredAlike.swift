import BenchModel

extension SeriesData {
  /// Both sides without the sessions whose processes sampled for a time that no session of the
  /// other side did; `nil` where that leaves nothing. What is counted exactly, and what does not
  /// say how long it sampled, stands beside everything.
  ///
  /// A benchmark that has not reached its steady state in 20 ms shows another level there than in
  /// half a second, and that is no change of the code.
  func measuredAlike(_ head: SeriesData) -> (base: SeriesData, head: SeriesData)? {
    guard head.metric.judgement == .statistical else { return (self, head) }
    let (before, after) = (keeping(durationsOf: head), head.keeping(durationsOf: self))
    return before.processCount == 0 || after.processCount == 0 ? nil : (before, after)
  }

  /// How many seconds its processes sampled for, ascending, each once.
  var durations: [Double] { Set(judgedSessions.compactMap(\.seconds)).sorted() }

  private func keeping(durationsOf other: SeriesData) -> SeriesData {
    let known = Set(other.judgedSessions.map(\.seconds))
    let kept = sessions.filter { session in
      session.seconds == nil || known.contains(nil) || known.contains(session.seconds)
    }
    return SeriesData(
      key: key, metric: metric, version: version, machine: machine, source: source,
      sessions: kept, failures: failures)
  }
}
