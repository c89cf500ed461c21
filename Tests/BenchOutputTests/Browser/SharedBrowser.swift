import Foundation
import Testing

/// One browser for a suite: starting one takes longer than most tests.
///
/// Unchecked, since the tests of a serialised suite use it one after another.
final class SharedBrowser: @unchecked Sendable {
  @TaskLocal static var current: SharedBrowser?

  private var browser: Browser?

  /// Opens a file in the suite's browser, which is started for the first.
  func open(_ file: URL, _ look: Browser.Look) throws -> Page {
    let running = try browser ?? Browser()
    browser = running
    return try running.open(file, look)
  }

  /// Gives a suite its browser, and ends it with the suite.
  struct Scope: SuiteTrait, TestScoping {
    @concurrent func provideScope(
      for test: Test, testCase: Test.Case?,
      performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
      try await SharedBrowser.$current.withValue(SharedBrowser()) { try await function() }
    }
  }
}

extension Trait where Self == SharedBrowser.Scope {
  /// The tests of the suite share a browser; they must be `.serialized`.
  static var sharesBrowser: Self { Self() }
}
