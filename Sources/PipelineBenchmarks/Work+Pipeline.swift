import BenchKit
import StreamingPipeline

extension Work {
  /// One whole run of a pipeline an iteration, its answer checked.
  ///
  /// - Parameters:
  ///   - pipeline: what runs.
  ///   - field: the field that the consumer reads of every record.
  ///   - options: how it runs.
  ///   - expectation: what it must answer.
  ///   - owner: what the source's data lives in, kept for as long as the work.
  /// - Returns: what a benchmark's setup returns.
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

  /// One reading of a source an iteration, without a pipeline: what making the records costs,
  /// beside the pipeline that reads them.
  static func draining(_ source: some Source, expecting expectation: Expectation) -> Work {
    .measuring {
      try ConsumedRun(draining: source, consuming: "id")
    } checking: { seen in
      expectation.complaint(about: seen)
    }
  }
}
