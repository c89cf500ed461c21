internal import Logging
internal import StreamingPipeline
internal import Synchronization

/// Writes one line for each event. The events of a healthy run are at `debug` and `trace`, as is
/// usual for a library; events that may need action are at higher levels.
final class PipelineLog: Sendable {
  private let logger: Logger
  /// The runs whose group limit was warned of, because that event repeats with every batch.
  private let limited = Mutex<Set<UInt64>>([])

  init(pipeline: String, logger: Logger) {
    var logger = logger
    logger[metadataKey: "pipeline"] = "\(pipeline)"
    self.logger = logger
  }

  func tell(_ event: PipelineEvent) {
    let level = level(of: event)
    guard level >= logger.logLevel else { return }
    let line = event.kind.line
    let metadata: Logger.Metadata = ["run": "\(event.runID)", "time": "\(event.time)"]
    logger.log(
      level: level, "\(line.message)", metadata: metadata.merging(line.facts) { $1 },
      source: "StreamingPipeline")
  }

  private func level(of event: PipelineEvent) -> Logger.Level {
    switch event.kind {
    case .groupLimitReached:
      return limited.withLock { $0.insert(event.runID).inserted } ? .warning : .debug
    case .completed, .stopped, .failed: limited.withLock { _ = $0.remove(event.runID) }
    default: break
    }
    return event.kind.level
  }
}

extension PipelineEvent.Kind {
  /// The log level of an event.
  fileprivate var level: Logger.Level {
    switch self {
    case .chunkFetched, .batchTransformed: .trace
    case .started, .aggregationComputed, .bufferNearlyFull, .throughput, .completed, .stopped,
      .paused(.user), .resumed(.user):
      .debug
    case .resumed(.memory): .notice
    case .groupLimitReached, .memoryWarning, .paused(.memory), .sourceError: .warning
    case .failed: .error
    }
  }
}
