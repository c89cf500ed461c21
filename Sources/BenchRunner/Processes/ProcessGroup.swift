import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Several programs that are alive at the same time, in one process group: it starts them, sends
/// them input, waits for what any of them does, and ends them together.
///
/// It sleeps in `poll` until something happens, so it is not on the processor while one of them
/// measures.
struct ProcessGroup {
  /// What a member did.
  enum Occurrence: Hashable {
    /// There is more in its `answers`.
    case answered(Int)
    case ended(Int)
    /// It wrote more than is taken.
    case flooded(Int)
    case late
    case interrupted
  }

  private struct Member {
    var child: SpawnedChild
    var answers: [UInt8] = []
    var tail = OutputTail(limit: 8 << 10)
    var hasEnded = false
    var isFlooding = false
    /// Why it was ended; `nil` where it ended by itself.
    var stop: ChildExit.Stop?
  }

  private var members: [Member] = []
  private let interruption: Interruption?
  /// The most bytes of answers that are kept of a member.
  private let maximumBytes: Int

  private static let blindMilliseconds: Int32 = 20
  /// How long the members have between SIGTERM and SIGKILL.
  private static let gracePeriod: Duration = .milliseconds(500)
  /// One for each stream and one for the end.
  private static let descriptorsOfMember = ChildStream.allCases.count + 1

  init(interruption: Interruption?, maximumBytes: Int) {
    self.interruption = interruption
    self.maximumBytes = maximumBytes
  }

  /// Starts a program, which joins the group of the first one.
  mutating func start(_ program: ChildProcess) throws {
    var program = program
    program.group = members.first?.child.identifier
    members.append(Member(child: try SpawnedChild(program)))
    if members.count == 1 { interruption?.watch(group: members[0].child.identifier) }
  }

  /// Sends a few bytes to the standard input of a member. Nothing happens where it is gone.
  func send(_ line: String, to index: Int) {
    var line = line
    line.withUTF8 { bytes in
      let input = members[index].child.inputDescriptor
      while write(input, bytes.baseAddress!, bytes.count) < 0, errno == EINTR {}
    }
  }

  mutating func closeInput(of index: Int) { members[index].child.closeInput() }

  /// Takes the next line, without its newline, out of what a member answered.
  mutating func takeLine(of index: Int) -> [UInt8]? {
    guard let end = members[index].answers.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let line = Array(members[index].answers[..<end])
    members[index].answers.removeFirst(end + 1)
    return line
  }

  /// Puts a line back in front of what a member answered.
  mutating func putBack(_ line: [UInt8], of index: Int) {
    members[index].answers.insert(contentsOf: line + [UInt8(ascii: "\n")], at: 0)
  }

  /// Waits until a member answers or ends, the time is over, or the user interrupts.
  mutating func wait(until deadline: ContinuousClock.Instant) throws -> Occurrence {
    while true {
      var events = members.flatMap { member in
        (member.child.descriptors + [member.hasEnded ? -1 : member.child.exitDescriptor]).map {
          pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
      }
      events.append(
        pollfd(fd: interruption?.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
      if poll(&events, nfds_t(events.count), milliseconds(until: deadline)) < 0, errno != EINTR {
        throw RunnerError.system("wait for processes", code: errno)
      }
      let occurrence = try occurrence(in: events)
      // One that goes on answering does not keep the others from being late.
      if case .answered? = occurrence, deadline <= .now { return .late }
      if let occurrence { return occurrence }
      if deadline <= .now { return .late }
    }
  }

  private mutating func occurrence(in events: [pollfd]) throws -> Occurrence? {
    if events.last?.revents != 0 { return .interrupted }
    for index in members.indices {
      let first = index * Self.descriptorsOfMember
      var hasAnswered = false
      for stream in ChildStream.allCases where events[first + stream.rawValue].revents != 0 {
        hasAnswered = read(stream, of: index) && stream == .protocolAnswers || hasAnswered
      }
      if members[index].isFlooding { return .flooded(index) }
      if hasAnswered { return .answered(index) }
    }
    for index in members.indices where !members[index].hasEnded {
      let event = events[(index + 1) * Self.descriptorsOfMember - 1]
      let child = members[index].child
      guard child.exitDescriptor >= 0 ? event.revents != 0 : child.hasEnded else { continue }
      members[index].hasEnded = true
      drain(index)
      return .ended(index)
    }
    return nil
  }

  /// Reads what is left in the pipes of a member.
  private mutating func drain(_ index: Int) {
    for stream in ChildStream.allCases {
      var pieces = 0
      while pieces < SpawnedChild.mostPiecesAtEnd, read(stream, of: index) { pieces += 1 }
    }
  }

  /// - Returns: whether there was something to read.
  private mutating func read(_ stream: ChildStream, of index: Int) -> Bool {
    var member = members[index]
    defer { members[index] = member }
    members[index].answers = []
    let limit = maximumBytes
    return member.child.readPiece(of: stream) { bytes in
      switch stream {
      case .standardOutput: break
      case .standardError: member.tail.append(bytes)
      case .protocolAnswers:
        if member.answers.count + bytes.count <= limit {
          member.answers.append(contentsOf: bytes)
        } else {
          member.isFlooding = true
          member.stop = .stoppedByReader
        }
      }
      return true
    } ?? false
  }

  private func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
    let left = (deadline - .now) / .milliseconds(1)
    let rounded = Int32(max(0, min(left.rounded(.up), Double(Int32.max))))
    let isBlind = members.contains { $0.child.exitDescriptor < 0 }
    return isBlind ? min(rounded, Self.blindMilliseconds) : rounded
  }

  /// Ends every member that is still there.
  mutating func end(because reason: ChildExit.Stop) {
    for index in members.indices where !members[index].hasEnded {
      members[index].stop = members[index].stop ?? reason
    }
    signalAll(SIGTERM)
    let deadline = ContinuousClock.now + Self.gracePeriod
    while !members.allSatisfy(\.hasEnded) {
      guard let occurrence = try? wait(until: deadline, ignoringInterruption: true) else { break }
      if occurrence == .late || deadline <= .now { break }
    }
  }

  /// Signals the group, and every member by itself, which may have left it.
  private func signalAll(_ signal: Int32) {
    guard let group = members.first?.child.identifier else { return }
    kill(-group, signal)
    for member in members where !member.hasEnded { kill(member.child.identifier, signal) }
  }

  private mutating func wait(
    until deadline: ContinuousClock.Instant, ignoringInterruption: Bool
  ) throws -> Occurrence {
    let occurrence = try wait(until: deadline)
    // A requested interruption stays readable; the processes get a moment all the same.
    if occurrence == .interrupted {
      usleep(1_000)
      for index in members.indices where members[index].child.hasEnded {
        members[index].hasEnded = true
      }
      return deadline <= .now ? .late : .interrupted
    }
    return occurrence
  }

  /// Kills what is left of the group, and reaps every member.
  /// - Returns: the answers of the members, in order.
  mutating func close() -> [WorkerAnswer] {
    signalAll(SIGKILL)
    interruption?.watch(group: 0)
    let answers = members.indices.map { index in
      let exit = members[index].child.reap(stop: members[index].stop)
      drain(index)
      members[index].child.closeAll()
      return WorkerAnswer(
        exit: exit, bytes: Data(members[index].answers),
        standardError: members[index].tail.text)
    }
    members = []
    return answers
  }
}
