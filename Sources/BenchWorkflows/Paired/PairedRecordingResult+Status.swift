package import BenchModel
package import BenchRunner

extension PairedRecordingResult {
  /// How the run stands afterwards. One whose time was over can be resumed, as one that was
  /// interrupted.
  package var status: RunStatus {
    switch ending {
    case .complete: failed.isEmpty ? .completed : .failed
    case .interrupted, .outOfTime: .interrupted
    }
  }
}
