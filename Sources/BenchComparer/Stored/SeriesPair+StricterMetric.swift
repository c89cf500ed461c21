import BenchModel

extension SeriesPair {
  /// What the series is judged as, which HEAD alone may not loosen: it gates where it gates on
  /// either side, and of two tolerances the stricter holds. So a commit can't make a series slower
  /// and unjudged at once without saying so.
  var metric: Metric? {
    guard let base, let head else { return any?.metric }
    return head.metric.stricter(than: base.metric)
  }
}

extension Metric {
  /// The same metric, gating where either does, with the smaller tolerance where both are exact.
  func stricter(than other: Metric) -> Metric {
    let judgement: Judgement =
      if let own = tolerance, let others = other.tolerance {
        .exact(tolerance: min(own, others))
      } else {
        judgement
      }
    return gated(isGate || other.isGate, judgement: judgement)
  }
}
