package import Foundation

/// A change for the worse that somebody examined and accepted: of one series, in one range of
/// commits, up to one size, perhaps until one day.
///
/// It accepts that change and no other. A further one of the same series, before or after the range
/// or beyond the size, is judged as ever.
package struct Acceptance: Sendable, Hashable {
  package let id: UUID
  package let series: SeriesKey
  /// Hash of the commit after which the change happened.
  package let from: String
  /// Hash of the commit at or before which it happened.
  package let to: String
  /// The accepted relative change, as it was measured then: 0.05 is five per cent worse;
  /// `unlimited` where it was one from or to zero.
  package let size: Double
  /// The reason in the words of the author; may be empty.
  package let reason: String
  /// Who accepted it.
  package let author: String
  package let accepted: Day
  /// The last day on which it holds; `nil` for good.
  package let until: Day?

  package init(
    id: UUID = UUID(), series: SeriesKey, from: String, to: String, size: Double,
    reason: String = "", author: String, accepted: Day, until: Day? = nil
  ) {
    self.id = id
    self.series = series
    self.from = from
    self.to = to
    self.size = size
    self.reason = reason
    self.author = author
    self.accepted = accepted
    self.until = until
  }

  /// The UUID in lower case, as benchdb writes every UUID.
  package var idText: String { id.uuidString.lowercased() }

  /// Whether the acceptance no longer holds on `day`.
  package func isExpired(on day: Day) -> Bool { until.map { $0 < day } ?? false }

  /// Any size. A finite number, as databases and JSON hold no others.
  package static let unlimited = Double.greatestFiniteMagnitude

  /// Whether it takes a change of any size.
  package var isUnlimited: Bool { size >= Self.unlimited }

  /// A measured size as it is written down: rounded up to a hundredth of a per cent, so that a file
  /// says exactly what the database does.
  package static func written(_ size: Double) -> Double {
    // A billionth of slack, so that 18.52 % of a binary fraction stays 18.52 %.
    min((size * 10_000 - 1e-9).rounded(.up) / 10_000, unlimited)
  }
}

/// An acceptance as it is stored, and whether it was withdrawn.
package struct StoredAcceptance: Sendable, Hashable {
  package let acceptance: Acceptance
  /// The date of the withdrawal; a withdrawn acceptance stays stored, so that merging does not
  /// bring it back.
  package let withdrawn: Date?

  package init(_ acceptance: Acceptance, withdrawn: Date? = nil) {
    self.acceptance = acceptance
    self.withdrawn = withdrawn
  }
}
