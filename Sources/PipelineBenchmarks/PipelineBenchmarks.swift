package import BenchKit

/// The suites that measure the streaming pipeline.
package let pipelineSuites: [Suite] = [
  throughputSuite, latencySuite, memorySuite, scalabilitySuite, concurrencySuite, aggregationSuite,
]

@main
struct PipelineBenchmarks {
  static func main() {
    BenchmarkMain.run { pipelineSuites }
  }
}
