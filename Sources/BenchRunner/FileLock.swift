import Foundation

/// A lock that one process at a time holds, for as long as the value lives; the system releases it when its holder dies.
package final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock named by the file at `path`, which is made where it is missing and stays.
  ///
  /// `onWait` is called once where another process holds it, before waiting for that one.
  /// Throws `RunnerError.unwritable` where there can be no such file.
  package init(path: String, onWait: () -> Void) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw RunnerError.unwritable(path, reason: String(cString: strerror(errno)))
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    onWait()
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let reason = String(cString: strerror(errno))
        close(descriptor)
        throw RunnerError.unwritable(path, reason: reason)
      }
    }
  }

  deinit { close(descriptor) }
}
