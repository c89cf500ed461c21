import BenchModel
import BenchOutput
package import BenchRunner

extension RecordingOrder {
  /// The same order in as many processes a benchmark as fit into the time, and at least one: every
  /// benchmark is measured, if less well.
  ///
  /// - Parameters:
  ///   - limit: about how many seconds measuring may take.
  ///   - executables: what there is to measure.
  ///   - console: is told what was left out.
  /// - Returns: this order where it fits.
  /// - Throws: `RunnerError` where the selection selects nothing.
  package func fitting(
    seconds limit: Double, _ executables: [SuiteExecutable], noting console: Console
  ) throws -> RecordingOrder {
    let (order, note) = try fitting(seconds: limit, executables)
    if let note { console.note(note) }
    return order
  }

  /// The same, with what is to be said about it.
  package func fitting(
    seconds limit: Double, _ executables: [SuiteExecutable]
  ) throws -> (order: RecordingOrder, note: String?) {
    let whole = try estimate(profile, executables)
    guard whole > limit else { return (self, nil) }
    var fitted = profile.with(processes: max(1, profile.processes - 1))
    while fitted.processes > 1, try estimate(fitted, executables) > limit {
      fitted = fitted.with(processes: fitted.processes - 1)
    }
    let rest = try estimate(fitted, executables)
    let note =
      "All \(profile.processes) processes a benchmark would take about "
      + "\(WaitingTime.text(seconds: whole)); within --time-limit there "
      + (fitted.processes == 1 ? "is 1" : "are \(fitted.processes)")
      + (rest > limit ? ", and even that takes about \(WaitingTime.text(seconds: rest))." : ".")
    return (with(fitted), note)
  }

  private func with(_ profile: Profile) -> RecordingOrder {
    RecordingOrder(
      revision: revision, profile: profile, selection: selection, seed: seed, purpose: purpose)
  }

  /// The seconds that measuring in such a profile takes.
  private func estimate(_ profile: Profile, _ executables: [SuiteExecutable]) throws -> Double {
    let schedule = try with(profile).schedule(of: executables)
    return Schedule.estimatedSeconds(of: schedule.processes, profile: profile)
  }
}
