import Foundation

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
