/// The rule by which histories are judged; it travels with the result.
package struct HistoryRule: Sendable, Hashable {
  /// The chance that a change point or drift is found in any of all series although none of them
  /// changed.
  package let alpha: Double
  /// Smaller lasting changes are not reported: 0.03 is three per cent. A metric that is judged
  /// exactly has its own tolerance instead.
  package let floor: Double
  /// A level holds for at least so many commits.
  package let minimumSegment: Int
  /// A change point is provisional while fewer commits than this were measured after it.
  package let settledAfter: Int
  /// A drift takes at least so many measured commits: of shorter ones two steps close to each other
  /// can't be told, and a step says where to look.
  package let minimumDrift: Int

  package init(
    alpha: Double = 0.05, floor: Double = 0.03, minimumSegment: Int = 3, settledAfter: Int = 6,
    minimumDrift: Int = 30
  ) {
    self.alpha = alpha
    self.floor = floor
    self.minimumSegment = minimumSegment
    self.settledAfter = settledAfter
    self.minimumDrift = minimumDrift
  }
}
