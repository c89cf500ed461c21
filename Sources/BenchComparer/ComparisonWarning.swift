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
  /// Each side was built with one code layout only, which moves some series by more than the floor.
  case oneLayout
  /// The number of suspects of a stored comparison that were measured again in pairs.
  case confirmed(series: Int)
  /// The number of sessions in which every change was asked to show.
  case sessions(Int)
  /// These series are slower than at a release, though not than BASE.
  case slowerSinceRelease(tag: String, [DriftedSeries])
  /// The number of exact series that were compared with what another machine class counted, and the
  /// facts that differ, in words.
  case countedElsewhere(series: Int, [String])
}
