/// The most that benchdb accepts from a worker; anything beyond is a protocol violation.
package enum WorkerLimits {
  package static let lineBytes = 1 << 20
  package static let totalBytes = 64 << 20
  package static let samples = 1_000_000
  package static let benchmarks = 10_000
  package static let nameBytes = 200
  /// The most parameters, and the most metrics, that one benchmark declares.
  package static let members = 200
  /// The longest path of a file that declares a benchmark.
  package static let pathBytes = 4 << 10
  /// A version or a line of source: whatever is larger is a mistake.
  package static let number = 1_000_000_000
  /// The longest reason, and the longest detail, of a failure.
  package static let failureBytes = 4 << 10
  /// The longest name of a harness.
  package static let harnessBytes = 200
}
