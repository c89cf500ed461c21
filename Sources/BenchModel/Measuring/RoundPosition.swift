package import Foundation

/// The part that one process took in a paired session.
package struct RoundPosition: Sendable, Hashable {
  /// The number of the round, from 0.
  package let round: Int
  package let arm: Arm

  package init(round: Int, arm: Arm) {
    self.round = round
    self.arm = arm
  }

  package enum Arm: String, Sendable, Hashable, Codable, CaseIterable {
    case base, head
    /// The A/A control: a second process of BASE, run as if it were another revision.
    case control
  }
}

/// A stored process of a paired session, which resuming the session need not run again.
package struct RoundProcess: Sendable, Hashable {
  package let benchmark: BenchmarkKey
  package let pass: MeasurementPass
  package let position: RoundPosition
  /// The session; the processes of one round belong to the same.
  package let session: UUID
  package let isCompleted: Bool

  package init(
    benchmark: BenchmarkKey, pass: MeasurementPass, position: RoundPosition, session: UUID,
    isCompleted: Bool
  ) {
    self.benchmark = benchmark
    self.pass = pass
    self.position = position
    self.session = session
    self.isCompleted = isCompleted
  }
}
