internal import CoreMetrics
internal import StreamingPipeline

/// The counters, timers and gauges of one kind of run. Concurrent runs add to the same counters; a
/// gauge shows the last value set.
struct PipelineMetrics: Sendable {
  private let started: Counter
  private let completed: Counter
  private let stopped: Counter
  private let failed: Counter
  private let source: SourceMetrics
  private let records: RecordMetrics
  private let limits: LimitMetrics

  init(pipeline: String, factory: any MetricsFactory) {
    let maker = MetricMaker(pipeline: pipeline, factory: factory)
    started = maker.counter("runs_started")
    completed = maker.counter("runs_ended", ("outcome", "completed"))
    stopped = maker.counter("runs_ended", ("outcome", "stopped"))
    failed = maker.counter("runs_ended", ("outcome", "failed"))
    source = SourceMetrics(maker)
    records = RecordMetrics(maker)
    limits = LimitMetrics(maker)
  }

  func tell(_ kind: PipelineEvent.Kind) {
    switch kind {
    case .started: started.increment()
    case .completed: completed.increment()
    case .stopped: stopped.increment()
    case .failed: failed.increment()
    case .chunkFetched(let records, let bytes, let duration):
      source.fetched(records: records, bytes: bytes, in: duration)
    case .sourceError: source.errors.increment()
    case .batchTransformed(let read, let delivered, let filtered, let failed, let time, let left):
      records.counters.add(read: read, delivered: delivered, filtered: filtered, failed: failed)
      records.batches.record(time)
      records.buffered.record(left)
    case .aggregationComputed(_, let groups, let duration):
      records.groups.record(groups)
      records.aggregations.record(duration)
    case .throughput(let count, let duration):
      if duration > .zero { records.throughput.record(Double(count) / (duration / .seconds(1))) }
    case .bufferNearlyFull: limits.nearlyFull.increment()
    case .groupLimitReached(let rejected): limits.rejected.increment(by: rejected)
    case .memoryWarning(let bytes, _, _): limits.warned(bytes: bytes)
    case .paused(.user): limits.userPauses.increment()
    case .paused(.memory): limits.memoryPauses.increment()
    case .resumed: break
    }
  }
}

/// The metrics of reading the source.
private struct SourceMetrics: Sendable {
  private let chunks: Counter
  private let bytes: Counter
  private let reads: Timer
  let errors: Counter

  init(_ maker: MetricMaker) {
    chunks = maker.counter("source_records")
    bytes = maker.counter("source_bytes")
    reads = maker.timer("source_read_duration")
    errors = maker.counter("source_errors")
  }

  func fetched(records: Int, bytes: Int, in duration: Duration) {
    chunks.increment(by: records)
    self.bytes.increment(by: bytes)
    reads.record(duration)
  }
}

/// The metrics of what happened to the records.
private struct RecordMetrics: Sendable {
  /// Every record that was read is counted by exactly one of the other three.
  struct Counters: Sendable {
    let read: Counter
    let delivered: Counter
    let filtered: Counter
    let failed: Counter

    func add(read: Int, delivered: Int, filtered: Int, failed: Int) {
      self.read.increment(by: read)
      self.delivered.increment(by: delivered)
      self.filtered.increment(by: filtered)
      self.failed.increment(by: failed)
    }
  }

  let counters: Counters
  let batches: Timer
  let buffered: Gauge
  let groups: Gauge
  let aggregations: Timer
  let throughput: Gauge

  init(_ maker: MetricMaker) {
    counters = Counters(
      read: maker.counter("records_read"), delivered: maker.counter("records_delivered"),
      filtered: maker.counter("records_filtered"), failed: maker.counter("records_failed"))
    batches = maker.timer("batch_duration")
    buffered = maker.gauge("buffered_records")
    groups = maker.gauge("groups")
    aggregations = maker.timer("aggregation_duration")
    throughput = maker.gauge("records_per_second")
  }
}

/// The metrics of limits that were reached.
private struct LimitMetrics: Sendable {
  let nearlyFull: Counter
  let rejected: Counter
  private let warnings: Counter
  private let bytes: Gauge
  let userPauses: Counter
  let memoryPauses: Counter

  init(_ maker: MetricMaker) {
    nearlyFull = maker.counter("buffer_nearly_full")
    rejected = maker.counter("group_limit_rejections")
    warnings = maker.counter("memory_warnings")
    bytes = maker.gauge("memory_bytes")
    userPauses = maker.counter("pauses", ("cause", "user"))
    memoryPauses = maker.counter("pauses", ("cause", "memory"))
  }

  func warned(bytes: Int) {
    warnings.increment()
    self.bytes.record(bytes)
  }
}
