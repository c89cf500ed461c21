import BenchModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The worker's end of taking turns: commands from standard input, and one word as the answer to
/// each.
struct TurnChannel {
  private let answers: AnswerChannel
  private let input: Int32
  /// The bytes that were read and not used yet. A command fits in many times.
  private var bytes = [UInt8](repeating: 0, count: 256)
  private var count = 0

  /// Takes standard input for itself: a program that the benchmark starts must not read commands.
  init(answers: AnswerChannel) {
    self.answers = answers
    let own = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10)
    guard own >= 0 else {
      input = STDIN_FILENO
      return
    }
    input = own
    let null = open("/dev/null", O_RDONLY)
    if null >= 0 {
      dup2(null, STDIN_FILENO)
      close(null)
    }
  }

  /// Says that the benchmark is set up, and waits for the first command.
  mutating func ready() throws(MeasurementFailure) -> TurnCommand {
    answers.send(Self.ready)
    return try next()
  }

  /// Says that a turn is over, and waits for the next command. This process does nothing until
  /// then.
  mutating func done() throws(MeasurementFailure) -> TurnCommand {
    answers.send(Self.done)
    return try next()
  }

  private static let ready: StaticString = "ready\n"
  private static let done: StaticString = "done\n"

  private mutating func next() throws(MeasurementFailure) -> TurnCommand {
    let input = input
    while true {
      if let end = bytes[..<count].firstIndex(of: UInt8(ascii: "\n")) { return try take(end) }
      guard count < bytes.count else {
        throw .unreadableRequest("a command is longer than \(bytes.count) bytes")
      }
      let room = bytes.count - count
      let added = bytes.withUnsafeMutableBytes { read(input, $0.baseAddress! + count, room) }
      if added > 0 {
        count += added
      } else if added == 0 {
        throw .unreadableRequest("standard input ended before the command 'end'")
      } else if errno != EINTR {
        throw .unreadableRequest(
          "standard input can't be read: \(String(cString: strerror(errno)))")
      }
    }
  }

  /// Takes the line that ends at this index, and moves what follows it to the front.
  private mutating func take(_ end: Int) throws(MeasurementFailure) -> TurnCommand {
    let line = String(decoding: bytes[..<end], as: UTF8.self)
    for index in (end + 1)..<max(count, end + 1) { bytes[index - end - 1] = bytes[index] }
    count -= end + 1
    guard let command = TurnCommand(line) else {
      throw .unreadableRequest("'\(line)' is neither 'go TURN SAMPLES ITERATIONS' nor 'end'")
    }
    return command
  }
}
