import BenchKit
import StreamingPipeline

extension Work {
  /// Runs a whole pipeline in each iteration, and checks the result.
  ///
  /// - Parameters:
  ///   - pipeline: the pipeline to run.
  ///   - field: the field that the consumer reads of every record.
  ///   - options: the options of the run.
  ///   - expectation: the expected result.
  ///   - owner: the owner of the source's data, which is kept as long as the work.
  /// - Returns: the work, which a benchmark's setup returns.
  static func running(
    _ pipeline: PipelineDefinition, consuming field: String = "id",
    options: PipelineOptions = PipelineOptions(), expecting expectation: Expectation,
    keeping owner: (any AnyObject & Sendable)? = nil
  ) -> Work {
    .measuring {
      try ConsumedRun(of: pipeline, consuming: field, options: options)
    } checking: { seen in
      withExtendedLifetime(owner) { expectation.complaint(about: seen) }
    }
  }

  /// Reads a source in each iteration, without a pipeline, which shows the cost of making the
  /// records beside the pipeline that reads them.
  static func draining(_ source: some Source, expecting expectation: Expectation) -> Work {
    .measuring {
      try ConsumedRun(draining: source, consuming: "id")
    } checking: { seen in
      expectation.complaint(about: seen)
    }
  }
}

/// A value and the time that it took to make.
struct Timed<Value> {
  let value: Value
  /// The elapsed time.
  let seconds: Double

  init(_ body: () throws -> Value) rethrows {
    let start = ContinuousClock.now
    value = try body()
    seconds = start.duration(to: .now) / .seconds(1)
  }
}
