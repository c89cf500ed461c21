import Foundation

/// A lock that one process at a time holds while the value lives; the system releases it when the
/// process dies.
package final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of the file at `path`, which is made where it is missing, and is never removed.
  /// `onWait` is called once before waiting, where another process holds the lock.
  /// - Throws: `RunnerError.unwritable` where there can be no such file, `.interrupted` where the
  ///   user stops waiting.
  package init(
    path: String, interruption: Interruption? = .ofSignals, onWait: () -> Void
  ) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw RunnerError.unwritable(path, reason: String(cString: strerror(errno)))
    }
    if try isTaken(path) { return }
    onWait()
    repeat {
      // Only a signal ends a wait for a lock, and a lock does not end a wait for a signal, so the
      // lock is tried repeatedly.
      var request = pollfd(fd: interruption?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, Self.pollMilliseconds) > 0 { throw RunnerError.interrupted }
    } while try !isTaken(path)
  }

  deinit { close(descriptor) }

  private static let pollMilliseconds: Int32 = 100

  private func isTaken(_ path: String) throws -> Bool {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    guard errno == EWOULDBLOCK || errno == EINTR else {
      throw RunnerError.unwritable(path, reason: String(cString: strerror(errno)))
    }
    return false
  }
}
