internal import Logging
internal import StreamingPipeline

/// An event as a log line: a message, the same for all events of a kind, and its metadata.
struct EventLine {
  let message: String
  let facts: Logger.Metadata

  init(_ message: String, _ facts: Logger.Metadata = [:]) {
    self.message = message
    self.facts = facts
  }
}

extension PipelineEvent.Kind {
  var line: EventLine {
    switch self {
    case .started(let total):
      EventLine("run started", total.map { ["total": "\($0)"] } ?? [:])
    case .completed: EventLine("run completed")
    case .stopped: EventLine("run stopped")
    case .failed(let error): EventLine("run failed", ["error": "\(error)"])
    case .paused(let pause): EventLine("run paused", ["cause": "\(pause)"])
    case .resumed(let pause): EventLine("run resumed", ["cause": "\(pause)"])
    case .chunkFetched(let records, let bytes, let duration):
      EventLine(
        "chunk fetched",
        ["records": "\(records)", "bytes": "\(bytes)", "duration": "\(duration)"])
    case .sourceError(let error, let retry, let of, let delay):
      EventLine(
        "source failed, to be tried again",
        ["error": "\(error)", "retry": "\(retry)", "retries": "\(of)", "delay": "\(delay)"])
    case .batchTransformed(let read, let delivered, let filtered, let failed, let time, let left):
      EventLine(
        "batch transformed",
        [
          "read": "\(read)", "delivered": "\(delivered)", "filtered": "\(filtered)",
          "failed": "\(failed)", "duration": "\(time)", "buffered": "\(left)",
        ])
    case .aggregationComputed(let records, let groups, let duration):
      EventLine(
        "aggregates computed",
        ["records": "\(records)", "groups": "\(groups)", "duration": "\(duration)"])
    case .throughput(let records, let duration):
      EventLine("records read", ["records": "\(records)", "duration": "\(duration)"])
    case .bufferNearlyFull(let records, let size):
      EventLine("buffer nearly full", ["records": "\(records)", "size": "\(size)"])
    case .groupLimitReached(let rejected):
      EventLine("group limit reached", ["rejected": "\(rejected)"])
    case .memoryWarning(let bytes, let limit, let chunk):
      EventLine(
        "memory is short", ["bytes": "\(bytes)", "limit": "\(limit)", "chunk": "\(chunk)"])
    }
  }
}
