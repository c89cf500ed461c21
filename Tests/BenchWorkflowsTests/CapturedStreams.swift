import BenchWorkflows
import Foundation
import Synchronization

/// What a command says, kept for a test instead of being shown.
final class CapturedStreams: Sendable {
  private let texts = Mutex<(output: [String], errors: [String])>(([], []))

  var streams: StandardStreams {
    StandardStreams { [self] text, descriptor in
      texts.withLock {
        if descriptor == STDOUT_FILENO { $0.output.append(text) } else { $0.errors.append(text) }
      }
    }
  }

  /// Every answer so far, and forgets them.
  func takeAnswers() -> String {
    texts.withLock { texts in
      defer { texts.output = [] }
      return texts.output.joined(separator: "\n")
    }
  }

  /// Every note so far, and forgets them.
  func takeNotes() -> String {
    texts.withLock { texts in
      defer { texts.errors = [] }
      return texts.errors.joined(separator: "\n")
    }
  }
}
