import BenchKit

/// The suites that measure the streaming pipeline.
@main
struct PipelineBenchmarks {
  static func main() {
    BenchmarkMain.run {}
  }
}
