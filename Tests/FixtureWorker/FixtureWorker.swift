import BenchKit

/// A worker whose benchmarks behave in every way a benchmark can, for tests of the worker protocol
/// and of the code that reads it.
///
/// It is an ordinary benchmark executable: started by hand it prints a table, and `sampling` shows
/// what taking a sample costs.
@main struct FixtureWorker {
  static func main() {
    BenchmarkMain.run {
      Suite.good
      Suite.bad
      Suite.sampling
    }
  }
}
