public import CoreMetrics
public import Logging
public import StreamingPipeline

/// Hands what runs tell to swift-metrics and swift-log.
///
/// One bridge serves any number of runs, at once and one after the other: it makes its metrics
/// once. Which names and levels there are stands in <doc:StreamingPipelineTelemetry>.
public struct TelemetryBridge: Sendable {
  private let metrics: PipelineMetrics
  private let log: PipelineLog

  /// Makes a bridge to the systems that the application has bootstrapped: do that first.
  ///
  /// - Parameters:
  ///   - pipeline: what the metrics and lines are told apart by. Every name is a time series of its
  ///     own in a metrics system, so it stands for a kind of run, not for one.
  ///   - logger: where lines go; only what is worth a look is above `debug`.
  ///   - metricsFactory: what makes the metrics; nil for the one that was bootstrapped.
  public init(
    pipeline: String, logger: Logger = Logger(label: "StreamingPipeline"),
    metricsFactory: (any MetricsFactory)? = nil
  ) {
    metrics = PipelineMetrics(
      pipeline: pipeline, factory: metricsFactory ?? MetricsSystem.factory)
    log = PipelineLog(pipeline: pipeline, logger: logger)
  }

  /// Counts one event and writes its line.
  public func tell(_ event: PipelineEvent) {
    metrics.tell(event.kind)
    log.tell(event)
  }
}

extension PipelineOptions {
  /// Tells every event to a bridge too, after whoever listens already.
  public mutating func addTelemetry(_ bridge: TelemetryBridge) {
    let listener = onEvent
    onEvent = { event in
      listener?(event)
      bridge.tell(event)
    }
  }
}
