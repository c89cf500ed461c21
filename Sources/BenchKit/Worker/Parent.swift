import BenchModel
import CBenchCounters

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process that started this one as a worker. It is nil when a person did, whose shell may well
/// end before the measuring does.
enum Parent {
  private static let atStart: pid_t? =
    getenv(WorkerProtocol.versionVariable) != nil ? getppid() : nil

  /// Remembers the parent, and asks the system to end this process with it. It must be called
  /// first.
  ///
  /// The system then ends this process at once, even in the middle of a body that hangs. Where it
  /// cannot, or where the parent ended before it was asked, `leaveIfGone` does so between samples.
  static func remember() {
    guard atStart != nil else { return }
    benchdb_end_with_parent()
    leaveIfGone()
  }

  /// Ends this process when its parent has ended: nothing reads its results any more, and a worker
  /// that continues would disturb the next one.
  static func leaveIfGone() {
    if let atStart, getppid() != atStart { exit(0) }
  }
}
