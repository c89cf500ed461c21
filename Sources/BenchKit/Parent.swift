#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process that started this one.
enum Parent {
  private static let atStart = getppid()

  /// Notes who the parent is; called first thing.
  static func remember() { _ = atStart }

  /// Ends this process when its parent has ended: nobody is left to read what it measures, and a worker that goes on would disturb the
  /// next one.
  static func leaveIfGone() {
    if getppid() != atStart { exit(0) }
  }
}
