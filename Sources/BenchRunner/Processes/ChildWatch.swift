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

  init(child: SpawnedChild, timeout: Double?, gracePeriod: Double, interruption: Interruption?) {
    self.child = child
    self.interruption = interruption
    termination = ChildTermination(
      deadline: timeout.map { child.started + .capped(seconds: $0) },
      gracePeriod: .capped(seconds: gracePeriod))
    interruption?.watch(group: child.identifier)
  }

  mutating func close() { child.closeAll() }

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
    return child.exitDescriptor >= 0 ? events[3].revents != 0 : child.hasEnded
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
    let reading = try child.readPiece(of: stream) { try reader(stream, $0) }
    if reading == .stop, termination.isRunning { end(.stoppedByReader) }
    return reading != nil
  }

  /// Reads the rest in the pipes.
  private mutating func drain(
    reader: (ChildStream, UnsafeRawBufferPointer) throws -> ChildReading
  ) throws {
    for stream in ChildStream.allCases {
      var pieces = 0
      while pieces < SpawnedChild.mostPiecesAtEnd, try readPiece(of: stream, reader: reader) {
        pieces += 1
      }
    }
  }

  private func reap() -> ChildExit {
    defer { interruption?.watch(group: 0) }
    return child.reap(stop: termination.reason)
  }
}

extension Duration {
  /// At most 30 days, which is as good as forever: converting a longer duration would trap.
  static func capped(seconds: Double) -> Duration {
    let longest = 30 * 86_400.0
    return .seconds(seconds < longest ? max(0, seconds) : longest)
  }
}
