package import BenchModel
package import Foundation

extension MachineProbe {
  /// This process, to be stored with a run.
  package func currentRecorder() -> Recorder {
    let state = state()
    let number = Int(ProcessInfo.processInfo.processIdentifier)
    return Recorder(
      hostName: state.hostName ?? "", bootIdentifier: state.bootIdentifier ?? "",
      processIdentifier: number, startTicks: startTicks(of: number) ?? 0)
  }

  /// Whether the process that measures a run may still be alive.
  ///
  /// On this host it is looked up: it is alive where boot, number and start are the same. A process
  /// on another host, or in another container of this one, can't be looked up, and counts as alive
  /// until `started` is 24 hours ago, which is longer than any profile takes: marking a running run
  /// as interrupted would invite a second recorder, and leaving a dead one marked as running only
  /// delays its `--resume`.
  package func isAlive(_ recorder: Recorder, started: Date, now: Date = Date()) -> Bool {
    let state = state()
    guard recorder.hostName == state.hostName ?? "" else {
      return now.timeIntervalSince(started) < 24 * 3_600
    }
    return recorder.bootIdentifier == state.bootIdentifier ?? ""
      && startTicks(of: recorder.processIdentifier) == recorder.startTicks
  }
}
