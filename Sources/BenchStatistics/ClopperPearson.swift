/// Exact bounds of a rate: Clopper and Pearson, "The use of confidence or fiducial limits"
/// (Biometrika 26, 1934).
package enum ClopperPearson {
  /// The largest rate at which `events` or fewer of `trials` would still have the chance `1 −
  /// confidence`.
  ///
  /// ```swift
  /// ClopperPearson.upperBound(events: 0, trials: 600)  // 0.005: the rule of three
  /// ```
  ///
  /// `events`: in 0...trials;
  /// `trials`: at least 1.
  package static func upperBound(events: Int, trials: Int, confidence: Double = 0.95) -> Double {
    precondition(trials > 0 && (0...trials).contains(events), "events must be among the trials")
    guard events < trials else { return 1 }
    return IncompleteBeta.inverse(confidence, a: Double(events + 1), b: Double(trials - events))
  }

  /// The smallest rate at which `events` or more of `trials` would still have the chance `1 −
  /// confidence`.
  ///
  /// `events`: in 0...trials;
  /// `trials`: at least 1.
  package static func lowerBound(events: Int, trials: Int, confidence: Double = 0.95) -> Double {
    precondition(trials > 0 && (0...trials).contains(events), "events must be among the trials")
    guard events > 0 else { return 0 }
    return IncompleteBeta.inverse(1 - confidence, a: Double(events), b: Double(trials - events + 1))
  }
}
