import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether the user wants to stop: a flag and a descriptor that becomes readable, both safe to set inside a signal handler.
package final class Interruption: Sendable {
  /// Becomes readable once interruption is requested, and stays so.
  let descriptor: Int32
  private let writeEnd: Int32
  private let requests = Atomic<Int>(0)
  /// The process group that measures at the moment, or 0.
  private let group = Atomic<Int32>(0)

  package init() throws {
    var pipes = SpawnPipes()
    let pipe = try pipes.make()
    descriptor = pipe.readEnd
    writeEnd = pipe.writeEnd
    setNonBlocking(writeEnd)
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  package var isRequested: Bool { requests.load(ordering: .relaxed) > 0 }

  /// Asks for the end. Uses nothing that a signal handler must not use.
  /// - Returns: how often it has been asked for by now.
  @discardableResult
  package func request() -> Int {
    var byte: UInt8 = 0
    let count = requests.add(1, ordering: .relaxed).newValue
    _ = write(writeEnd, &byte, 1)
    return count
  }

  /// Names the group that an impatient second signal kills.
  func watch(group identifier: Int32) { group.store(identifier, ordering: .relaxed) }

  fileprivate func killGroup() {
    let identifier = group.load(ordering: .relaxed)
    if identifier > 0 { kill(-identifier, SIGKILL) }
  }
}

extension Interruption {
  /// The address of the one that signals reach, which is never freed; 0 until there is one.
  private static let shared = Atomic<UInt>(0)

  /// From now on the first SIGINT or SIGTERM requests the interruption, and the second kills the worker and ends benchdb at once with
  /// status 128 + signal.
  package func handleSignals() {
    Self.shared.store(
      UInt(bitPattern: Unmanaged.passRetained(self).toOpaque()), ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        // A handler must leave errno as the interrupted code had it.
        let code = errno
        let address = Interruption.shared.load(ordering: .sequentiallyConsistent)
        if let pointer = UnsafeRawPointer(bitPattern: address) {
          let interruption = Unmanaged<Interruption>.fromOpaque(pointer)
          let count = interruption._withUnsafeGuaranteedRef { $0.request() }
          if count > 1 {
            interruption._withUnsafeGuaranteedRef { $0.killGroup() }
            _exit(128 + number)
          }
        }
        errno = code
      }
    }
  }
}
