package import BenchModel
package import Foundation

extension MachineProbe {
  /// This process, as a run remembers it.
  package func currentRecorder() -> Recorder {
    let state = state()
    let number = Int(ProcessInfo.processInfo.processIdentifier)
    return Recorder(
      hostName: state.hostName ?? "", bootIdentifier: state.bootIdentifier ?? "",
      processIdentifier: number, startTicks: startTicks(of: number) ?? 0)
  }

  /// Whether the process that made a run may still be at it.
  ///
  /// On this host it is looked up: alive is the same boot, the same number and the same start. A
  /// process on another host, or in another container of this one, can't be looked up, so it is
  /// taken for alive until `started` is 24 hours ago (no profile takes so long): marking a running
  /// run as interrupted would invite a second recorder, and leaving a dead one marked as running
  /// only delays its `--resume`.
  package func isAlive(_ recorder: Recorder, started: Date, now: Date = Date()) -> Bool {
    let state = state()
    guard recorder.hostName == state.hostName ?? "" else {
      return now.timeIntervalSince(started) < 24 * 3_600
    }
    return recorder.bootIdentifier == state.bootIdentifier ?? ""
      && startTicks(of: recorder.processIdentifier) == recorder.startTicks
  }
}
