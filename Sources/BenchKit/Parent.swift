import BenchModel
import CBenchCounters

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process that started this one as a worker; `nil` when a person did, whose shell may well end
/// before the measuring does.
enum Parent {
  private static let atStart: pid_t? =
    getenv(WorkerProtocol.versionVariable) != nil ? getppid() : nil

  /// Notes who the parent is, and asks to end with it; called first thing.
  ///
  /// The system then ends this process at once, also in the middle of a body that hangs. Where it
  /// can't, or where the parent ended before it was asked, `leaveIfGone` does between samples.
  static func remember() {
    guard atStart != nil else { return }
    benchdb_end_with_parent()
    leaveIfGone()
  }

  /// Ends this process when its parent has ended: nobody is left to read what it measures, and a
  /// worker that goes on would disturb the next one.
  static func leaveIfGone() {
    if let atStart, getppid() != atStart { exit(0) }
  }
}
