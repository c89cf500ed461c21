import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits for one child: drains its pipes, enforces its deadline, and reaps it.
///
/// It sleeps in `poll` until something happens. Nothing does while a worker takes samples, so
/// benchdb is not on the processor.
struct ChildWatch {
  private var child: SpawnedChild
  private let interruption: Interruption?
  private var termination: ChildTermination

  /// The longest time for which an end may go unnoticed, where no descriptor signals it and a
  /// grandchild keeps the pipes open.
  private static let blindMilliseconds: Int32 = 20
  private static let pieceBytes = 1 << 16

  init(child: SpawnedChild, timeout: Double?, gracePeriod: Double, interruption: Interruption?) {
    self.child = child
    self.interruption = interruption
    termination = ChildTermination(
      deadline: timeout.map { child.started + .capped(seconds: $0) },
      gracePeriod: .capped(seconds: gracePeriod))
    interruption?.watch(group: child.identifier)
  }

  func close() {
    for descriptor in child.descriptors + [child.exitDescriptor] where descriptor >= 0 {
      _ = systemClose(descriptor)
    }
  }

  mutating func run(
    reader: (ChildStream, UnsafeRawBufferPointer) throws -> ChildReading
  ) throws -> ChildExit {
    do {
      while !(try waitOnce(reader: reader)) {}
      kill(-child.identifier, SIGKILL)
      try drain(reader: reader)
    } catch {
      kill(-child.identifier, SIGKILL)
      _ = reap()
      throw error
    }
    return reap()
  }

  /// Waits for the next event and handles it.
  ///
  /// - Returns: whether the child has ended.
  private mutating func waitOnce(
    reader: (ChildStream, UnsafeRawBufferPointer) throws -> ChildReading
  ) throws -> Bool {
    let listens = termination.isRunning ? interruption?.descriptor ?? -1 : -1
    var events = (child.descriptors + [child.exitDescriptor, listens]).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    if poll(&events, nfds_t(events.count), waitMilliseconds) < 0 {
      guard errno == EINTR else { throw RunnerError.system("wait for a process", code: errno) }
      return false
    }
    for stream in ChildStream.allCases where events[stream.rawValue].revents != 0 {
      try readPiece(of: stream, reader: reader)
    }
    if events[4].revents != 0 { end(.interrupted) }
    if let deadline = termination.deadline, deadline <= .now { end(.timedOut) }
    return child.exitDescriptor >= 0 ? events[3].revents != 0 : hasEnded
  }

  /// Rounded up, so that the deadline has passed when the wait is over.
  private var waitMilliseconds: Int32 {
    let blind: Int32 = child.exitDescriptor >= 0 ? -1 : Self.blindMilliseconds
    guard let deadline = termination.deadline else { return blind }
    let left = (deadline - .now) / .milliseconds(1)
    let rounded = Int32(max(0, min(left.rounded(.up), Double(Int32.max))))
    return blind < 0 ? rounded : min(blind, rounded)
  }

  /// Sends the group the signal that is due.
  private mutating func end(_ reason: ChildExit.Stop) {
    if let signal = termination.signal(because: reason, at: .now) {
      kill(-child.identifier, signal)
    }
  }

  /// Reads at most one piece.
  /// - Returns: whether there was one.
  @discardableResult
  private mutating func readPiece(
    of stream: ChildStream,
    reader: (ChildStream, UnsafeRawBufferPointer) throws -> ChildReading
  ) throws -> Bool {
    let descriptor = child.descriptors[stream.rawValue]
    guard descriptor >= 0 else { return false }
    let reading: ChildReading? = try withUnsafeTemporaryAllocation(
      byteCount: Self.pieceBytes, alignment: 1
    ) { buffer in
      let count = read(descriptor, buffer.baseAddress!, buffer.count)
      if count > 0 { return try reader(stream, UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      if count == 0 || (errno != EAGAIN && errno != EINTR) {
        _ = systemClose(descriptor)
        child.descriptors[stream.rawValue] = -1
      }
      return nil
    }
    if reading == .stop, termination.isRunning { end(.stoppedByReader) }
    return reading != nil
  }

  /// Reads the rest in the pipes. A pipe holds at most 1 MiB; a process that fills it faster has
  /// left the group and is not waited for.
  private mutating func drain(
    reader: (ChildStream, UnsafeRawBufferPointer) throws -> ChildReading
  ) throws {
    for stream in ChildStream.allCases {
      var pieces = 0
      while pieces < 16, try readPiece(of: stream, reader: reader) { pieces += 1 }
    }
  }

  /// Whether the child has ended. It is not reaped yet, so that its number names no other process.
  private var hasEnded: Bool {
    var state = siginfo_t()
    return waitid(P_PID, id_t(child.identifier), &state, WEXITED | WNOHANG | WNOWAIT) == 0
      && state.si_signo != 0
  }

  private func reap() -> ChildExit {
    var status: Int32 = 0
    while waitpid(child.identifier, &status, 0) < 0, errno == EINTR {}
    interruption?.watch(group: 0)
    let signal = status & 0x7F
    return ChildExit(
      ending: signal == 0 ? .exited(status: (status >> 8) & 0xFF) : .signalled(signal),
      stop: termination.reason, seconds: (.now - child.started) / .seconds(1))
  }
}

extension Duration {
  /// At most 30 days, which is as good as forever: converting a longer duration would trap.
  fileprivate static func capped(seconds: Double) -> Duration {
    let longest = 30 * 86_400.0
    return .seconds(seconds < longest ? max(0, seconds) : longest)
  }
}

/// Calls `close` where a method hides it.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
