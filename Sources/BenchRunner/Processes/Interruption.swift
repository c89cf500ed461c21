import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether the user wants to stop: a flag and a descriptor that becomes readable, both safe to set
/// inside a signal handler.
package final class Interruption: Sendable {
  /// The descriptor, which becomes readable once interruption is requested, and stays so.
  let descriptor: Int32
  private let writeEnd: Int32
  private let requests = Atomic<Int>(0)
  /// The process group that measures now, or 0.
  private let group = Atomic<Int32>(0)
  /// Whether nothing notices a request now, so that a signal must end benchdb by itself.
  private let isDeaf = Atomic<Bool>(false)

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

  /// Requests the interruption. It uses nothing that a signal handler must not use.
  ///
  /// - Returns: the number of requests so far.
  @discardableResult
  package func request() -> Int {
    var byte: UInt8 = 0
    let count = requests.add(1, ordering: .relaxed).newValue
    _ = write(writeEnd, &byte, 1)
    return count
  }

  /// Sets the process group that a second signal kills.
  func watch(group identifier: Int32) { group.store(identifier, ordering: .relaxed) }

  /// Runs `body`, which does not notice a request: the first signal meanwhile ends benchdb at once.
  /// `body` must do nothing that must not be cut off.
  package func endingAtOnce<Value>(_ body: () throws -> Value) throws -> Value {
    isDeaf.store(true, ordering: .sequentiallyConsistent)
    defer { isDeaf.store(false, ordering: .sequentiallyConsistent) }
    // A signal from before was only noted.
    if isRequested { throw RunnerError.interrupted }
    return try body()
  }

  fileprivate var endsAtOnce: Bool { isDeaf.load(ordering: .sequentiallyConsistent) }

  fileprivate func killGroup() {
    let identifier = group.load(ordering: .relaxed)
    if identifier > 0 { kill(-identifier, SIGKILL) }
  }
}

extension Interruption {
  /// The address of the interruption that signals request, which is never freed; 0 until there is
  /// one.
  private static let shared = Atomic<UInt>(0)

  /// The interruption that signals request; `nil` until there is one.
  package static var ofSignals: Interruption? {
    UnsafeRawPointer(bitPattern: shared.load(ordering: .sequentiallyConsistent))
      .map { Unmanaged<Interruption>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Handles signals from now on: the first SIGINT, SIGTERM or SIGHUP requests the interruption,
  /// and the second kills the worker and ends benchdb at once with status 128 + signal. Under
  /// `nohup`, benchdb still ignores SIGHUP.
  package func handleSignals() {
    Self.shared.store(
      UInt(bitPattern: Unmanaged.passRetained(self).toOpaque()), ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] where number != SIGHUP || !isIgnoredSignal(number) {
      signal(number) { number in
        // A handler must leave errno as the interrupted code had it.
        let code = errno
        let address = Interruption.shared.load(ordering: .sequentiallyConsistent)
        if let pointer = UnsafeRawPointer(bitPattern: address) {
          let interruption = Unmanaged<Interruption>.fromOpaque(pointer)
          let count = interruption._withUnsafeGuaranteedRef { $0.request() }
          if count > 1 || interruption._withUnsafeGuaranteedRef({ $0.endsAtOnce }) {
            interruption._withUnsafeGuaranteedRef { $0.killGroup() }
            _exit(128 + number)
          }
        }
        errno = code
      }
    }
  }
}

/// Whether this process ignores a signal.
private func isIgnoredSignal(_ number: Int32) -> Bool {
  let before = signal(number, SIG_IGN)
  signal(number, before)
  return unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
