public import CoreMetrics
public import Logging
public import StreamingPipeline

/// Passes the events of runs to swift-metrics and swift-log.
///
/// One bridge can serve any number of runs, concurrent or not; it makes its metrics once. For their
/// names and the log levels see <doc:StreamingPipelineTelemetry>.
///
/// ```swift
/// let bridge = TelemetryBridge(pipeline: "nightly sales")
/// var options = PipelineOptions()
/// options.addTelemetry(bridge)
/// let run = try Pipeline.start(definition, options: options)
/// ```
public struct TelemetryBridge: Sendable {
  private let metrics: PipelineMetrics
  private let log: PipelineLog

  /// Makes a bridge to the systems that the application has bootstrapped before.
  ///
  /// - Parameters:
  ///   - pipeline: the name that distinguishes the metrics and lines. Every name is a time series
  ///     of its own in a metrics system, so use one for each kind of run, not for each run.
  ///   - logger: the logger of the lines. Only lines that may need attention are above `debug`.
  ///   - metricsFactory: the factory of the metrics; nil for the one that was bootstrapped.
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
  /// Adds a bridge that receives every event after any listener that is there already.
  public mutating func addTelemetry(_ bridge: TelemetryBridge) {
    let listener = onEvent
    onEvent = { event in
      listener?(event)
      bridge.tell(event)
    }
  }
}
