internal import Synchronization

/// What a pipeline does: source, transformer and aggregator.
public struct PipelineDefinition: Sendable {
  /// Where the records come from.
  public var source: any Source
  /// What is done to each, in order.
  public var transforms: [Transform]
  /// What is computed over those that remain.
  public var aggregation: Aggregation

  /// Describes a pipeline.
  public init(
    source: any Source, transforms: [Transform] = [], aggregation: Aggregation = Aggregation()
  ) {
    self.source = source
    self.transforms = transforms
    self.aggregation = aggregation
  }
}

/// Starts pipelines.
public enum Pipeline {
  private static let lastID = Atomic<UInt64>(0)

  /// Checks a definition and returns a run of it. Nothing is read until the run is consumed.
  ///
  /// - Parameters:
  ///   - definition: what the pipeline does.
  ///   - options: how.
  ///   - registry: where the run is listed.
  /// - Returns: the run, to consume, to watch and to steer.
  /// - Throws: `PipelineError` for options outside their range, and for fields and functions that
  ///   do not exist or do not fit.
  public static func start(
    _ definition: PipelineDefinition, options: PipelineOptions = PipelineOptions(),
    in registry: PipelineRegistry = .shared
  ) throws(PipelineError) -> PipelineRun {
    let id = lastID.add(1, ordering: .relaxed).newValue
    let run = try PipelineRun(id: id, definition, options: options, registry: registry)
    registry.add(run)
    return run
  }
}
