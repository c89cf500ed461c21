internal import Synchronization

/// The stages of a pipeline: source, transformer and aggregator.
///
/// ```swift
/// let definition = PipelineDefinition(
///   source: source,
///   transforms: [.replaceNull(in: "amount", with: 0.0)],
///   aggregation: Aggregation(global: [.count, .sum("amount")]))
/// ```
public struct PipelineDefinition: Sendable {
  /// The source of the records.
  public var source: any Source
  /// The transforms to apply to every record, in order.
  public var transforms: [Transform]
  /// The aggregates to compute over the records that remain.
  public var aggregation: Aggregation

  /// Makes a definition.
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
  /// ```swift
  /// let run = try Pipeline.start(definition)
  /// for try await batch in run.batches {
  ///   for row in batch.rows { print(row.values) }
  /// }
  /// print(run.aggregationState?.global ?? [])  // [3, 19.5]
  /// ```
  ///
  /// - Parameters:
  ///   - definition: the stages of the pipeline.
  ///   - options: how the pipeline runs.
  ///   - registry: the registry that lists the run.
  /// - Returns: the run, to be consumed, observed and controlled.
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
