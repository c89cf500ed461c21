package import BenchRunner
import Foundation

extension Interruption {
  /// An interruption for a command that measures: Ctrl-C ends it in order, and a reader that has
  /// gone away, as in `benchdb record 2>&1 | head`, is no reason to stop. Children get the default
  /// handling of both signals back.
  package static func whileMeasuring() throws -> Interruption {
    signal(SIGPIPE, SIG_IGN)
    let interruption = try Interruption()
    interruption.handleSignals()
    return interruption
  }
}
