package import BenchComparer
package import Foundation

/// What a check was made of, for its heading.
package struct TargetSetting: Sendable, Hashable {
  package let run: UUID
  /// The measured revision, as people read it.
  package let revision: String
  package let profile: String
  package let machine: String

  package init(run: UUID, revision: String, profile: String, machine: String) {
    self.run = run
    self.revision = revision
    self.profile = profile
    self.machine = machine
  }

  /// `run 1a2b3c4d of 4f2c1aa (profile quick) on AMD EPYC, 2 cores`
  var text: String {
    "run \(run.short) of \(revision) (profile \(profile))"
      + (machine.isEmpty ? "" : " on \(machine)")
  }
}

extension TargetCheck {
  /// `13 of 16 targets met, 1 missed, 1 cannot be told, 1 not measured`
  package var sentence: String {
    let others = [
      (missed, "missed"), (undecided, "cannot be told"), (unmeasured, "not measured"),
    ]
    let rest = others.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
    return "\(met) of \(English.count(rows.count, "target")) met\(rest)"
  }
}

/// How `benchdb check` ends: the status, and the one line that says why, the last on standard
/// error.
package struct TargetExit: Sendable, Hashable {
  package let status: ExitStatus
  /// `exit 1: 1 of 14 targets met, 13 missed`
  package let reason: String

  /// The gravest finding decides: a target missed, then that none could be judged, then one that
  /// cannot be told.
  ///
  /// - Parameters:
  ///   - check: what was found.
  ///   - requiresConclusive: a target that cannot be told, or was not measured, is not good enough.
  ///   - exitZero: the answer is advice, whatever it is.
  package init(of check: TargetCheck, requiresConclusive: Bool, exitZero: Bool) {
    let status: ExitStatus =
      if check.missed > 0 {
        .regression
      } else if check.met == 0 {
        .coverage
      } else if requiresConclusive, check.undecided + check.unmeasured > 0 {
        .inconclusive
      } else {
        .success
      }
    let isForgiven = exitZero && status != .success
    self.status = isForgiven ? .success : status
    reason =
      "exit \(self.status.rawValue): \(check.sentence)"
      + (isForgiven ? " (\(status.rawValue) without --exit-zero)" : "")
  }
}
