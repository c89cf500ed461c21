import Foundation

/// Whether the tests take their time: `BENCHDB_FULL_TESTS=1 swift test` tries everything that is
/// otherwise sampled.
enum FullTests {
  static let isOn = ProcessInfo.processInfo.environment["BENCHDB_FULL_TESTS"] == "1"
}
