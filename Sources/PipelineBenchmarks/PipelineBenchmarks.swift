package import BenchKit
import Foundation

/// The suites that measure the streaming pipeline and the report language.
package let pipelineSuites: [Suite] = [
  throughputSuite, latencySuite, memorySuite, scalabilitySuite, concurrencySuite, aggregationSuite,
  dslSuite,
]

@main
struct PipelineBenchmarks {
  static func main() {
    if let export = OrdersExport(CommandLine.arguments.dropFirst()) { exit(export.run()) }
    BenchmarkMain.run { pipelineSuites }
  }
}
