package import BenchKit
import Foundation

/// The suites that measure the streaming pipeline and the report language.
package let pipelineSuites: [Suite] = [
  .throughput, .latency, .memory, .scalability, .concurrency, .aggregation,
  .dsl,
]

@main
struct PipelineBenchmarks {
  static func main() {
    if let export = OrdersExport(CommandLine.arguments.dropFirst()) { exit(export.run()) }
    BenchmarkMain.run { pipelineSuites }
  }
}

extension Gate {
  /// The allocations of benchmarks that look up groups in hash tables. Every process hashes with
  /// another seed, so that a table occasionally grows once more: in 25 processes the counts of one
  /// benchmark differed by no more than 1.3 %.
  static let groupedAllocations = Gate.allocations(.exact(tolerance: 0.02))
}
