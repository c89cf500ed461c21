import BenchOutput
import Foundation

/// The line on standard error that shows how far measuring is and is drawn over and over again;
/// nothing where nobody watches.
struct RedrawnLine {
  private let console: Console
  private let isShown: Bool

  init(console: Console) {
    self.console = console
    isShown = ProgressLine.isShown(
      choice: .auto, isTerminal: console.isErrorTerminal, environment: console.environment)
  }

  /// Draws what `text` makes of the columns that there are.
  func draw(_ text: (_ width: Int) -> String) {
    guard isShown else { return }
    Console.write(text(min(console.width, Self.mostColumns)), to: STDERR_FILENO, terminator: "")
  }

  /// A line that runs across a wide terminal is hard to read.
  private static let mostColumns = 100

  /// Makes room for what is said next.
  func erase() {
    if isShown { Console.write(ProgressLine.erased, to: STDERR_FILENO, terminator: "") }
  }
}
