package import BenchOutput
import Foundation
import TextCoding

/// The streams that a command writes to, and how it writes to them.
package struct Console {
  /// The style of answers, on standard output.
  package let style: TerminalStyle
  /// The style of notes and progress, on standard error.
  let errorStyle: TerminalStyle
  package let width: Int
  let isErrorTerminal: Bool
  let environment: [String: String]
  private let streams: StandardStreams

  /// - Throws: `CommandFailure` where the choice of colour is not one.
  package init(
    color: String?, settings: Settings, environment: [String: String], streams: StandardStreams
  ) throws {
    let choice = try settings.value(of: .colour, flag: color) ?? .auto
    let isTerminal = streams.isOutputTerminal
    isErrorTerminal = streams.isErrorTerminal
    style = TerminalStyle(choice: choice, isTerminal: isTerminal, environment: environment)
    errorStyle = TerminalStyle(
      choice: choice, isTerminal: isErrorTerminal, environment: environment)
    width = Self.width(isTerminal: isTerminal, environment: environment)
    self.environment = environment
    self.streams = streams
  }

  /// Whether this is continuous integration, which most services say by the variable `CI`.
  var isContinuousIntegration: Bool {
    ProgressLine.isContinuousIntegration(environment: environment)
  }

  /// One or more lines of an answer.
  package func answer(_ text: String) {
    streams.write(text, STDOUT_FILENO)
  }

  /// A line beside the answer.
  package func note(_ text: String) {
    streams.write(Printable.lines(text), STDERR_FILENO)
  }

  /// Ends a command that judges: the status and its reason, the last line on standard error.
  /// - Throws: `CommandFailure` for every status but success.
  package func conclude(_ status: ExitStatus, _ reason: String) throws {
    guard status == .success else { throw CommandFailure(reason, status: status) }
    note("benchdb: \(reason)")
  }

  /// Writes without buffering, so that what was said stays said when the process is killed; a
  /// reader that has gone away ends the writing.
  package static func write(_ text: String, to descriptor: Int32, terminator: String = "\n") {
    // Compared as bytes: the "\r\n" that ends a row of CSV is one character, which is not "\n".
    let line = text.utf8.last == 0x0A ? text : text + terminator
    var bytes = Array(line.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        if errno != EPIPE, descriptor == STDOUT_FILENO { answerIsLost() }
        return
      }
      bytes = bytes.dropFirst(written)
    }
  }

  /// An answer that a full disk cut off must not look like a whole one.
  private static func answerIsLost() -> Never {
    let reason = String(cString: strerror(errno))
    write("benchdb: the answer could not be written: \(reason).", to: STDERR_FILENO)
    exit(ExitStatus.usage.rawValue)
  }

  /// `COLUMNS`, where it is exported, is somebody's wish and goes before what the terminal says.
  private static func width(isTerminal: Bool, environment: [String: String]) -> Int {
    let wanted = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    return max(narrowest, wanted ?? (isTerminal ? terminalWidth ?? 80 : fileWidth))
  }

  /// The columns of answers that go to a file or another program.
  private static let fileWidth = 120
  /// The fewest columns that a table has.
  private static let narrowest = 40

  private static var terminalWidth: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// Standard output and standard error: whether each is a terminal, and how to write to it.
package struct StandardStreams: Sendable {
  let isOutputTerminal: Bool
  let isErrorTerminal: Bool
  /// Writes a text to a file descriptor, with a line break where it has none.
  package let write: @Sendable (_ text: String, _ descriptor: Int32) -> Void

  package init(
    isOutputTerminal: Bool = false, isErrorTerminal: Bool = false,
    write: @escaping @Sendable (_ text: String, _ descriptor: Int32) -> Void
  ) {
    self.isOutputTerminal = isOutputTerminal
    self.isErrorTerminal = isErrorTerminal
    self.write = write
  }

  /// The streams of this process.
  package static var ofProcess: StandardStreams {
    StandardStreams(
      isOutputTerminal: isatty(STDOUT_FILENO) == 1, isErrorTerminal: isatty(STDERR_FILENO) == 1
    ) { text, descriptor in Console.write(text, to: descriptor) }
  }
}
