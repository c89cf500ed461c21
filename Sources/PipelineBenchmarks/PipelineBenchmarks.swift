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
