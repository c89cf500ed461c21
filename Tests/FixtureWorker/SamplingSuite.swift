import BenchKit

/// What taking a sample costs: both read the clock 2,000 times an iteration, and one runs an empty batch between the reads.
///
/// `empty` divided by `clock` is what BenchKit's timed region adds to bare clock reads.
let samplingSuite = Suite("sampling") {
  Benchmark("empty") { _, _ in .measuring { SamplingCost.emptyBatches(1_000) } }
  Benchmark("clock") { _, _ in .measuring { SamplingCost.clockReads(1_000) } }
}
