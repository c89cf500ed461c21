package import BenchModel

/// What a reader should know before believing a comparison.
package enum ComparisonWarning: Sendable, Hashable {
  /// A fast fact of the machine differs between the sides: kernel, governor, …
  case stateChanged(fact: String, base: String, head: String)
  case toolchainChanged(base: String, head: String)
  /// No two sessions of identical code that lie as far apart as the sides are known for this
  /// machine class, so between-session noise is a prior.
  case noNoiseKnown
  /// The number of sessions of identical code that taught the comparer this machine's noise.
  case noiseKnown(sessions: Int)
  case fewProcesses(minimum: Int)
  /// The A/A control, a second copy of BASE, differs from BASE in these series: the session cannot
  /// be trusted.
  case controlDiffers([SeriesKey])
  /// A paired session ended before its last look, with series undecided.
  case endedEarly(rounds: Int, planned: Int)
  /// Series moved that have one code layout a side, which alone may have moved them, and no exact
  /// count moved with them; `isCounted` is false where instructions were not counted of one of
  /// them.
  case oneLayout(isCounted: Bool)
  /// Sessions of one side differ from one another in these series, in the worst of them by the
  /// relative change `largest`: they do not agree on a level.
  case sessionsDisagree(Reason.Side, [SeriesKey], largest: Double)
  /// The number of suspects of a stored comparison that were measured again in pairs.
  case confirmed(series: Int)
  /// The number of sessions in which every change was asked to show.
  case sessions(Int)
  /// These series look slower than at a release, though not than BASE.
  case slowerSinceRelease(tag: String, [DriftedSeries])
  /// The number of exact series that were compared with what another machine class counted, and the
  /// facts that differ, in words.
  case countedElsewhere(series: Int, [String])
}
