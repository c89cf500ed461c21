import Foundation

/// A lock that one process at a time holds, for as long as the value lives; the system releases it
/// when its holder dies.
package final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock named by the file at `path`, which is made where it is missing and stays.
  ///
  /// `onWait` is called once where another process holds it, before waiting for that one. Throws
  /// `RunnerError.unwritable` where there can be no such file, `.interrupted` where the user does
  /// not want to wait.
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
      // A wait for a lock can't be ended but by a signal, and a wait for a signal not by a lock.
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
