import BenchTestSupport
import CoreMetrics
import InMemoryLogging
import Logging
import MetricsTestKit
import PipelineWorkloads
import StreamingPipeline
import StreamingPipelineTelemetry
import Synchronization
import Testing

/// A bridge with both ends kept in memory.
private struct Recorded {
  let metrics = TestMetrics()
  let lines = InMemoryLogHandler()
  let bridge: TelemetryBridge

  init(level: Logger.Level = .trace) {
    let lines = lines
    var logger = Logger(label: "test") { _ in lines }
    logger.logLevel = level
    bridge = TelemetryBridge(pipeline: "sales", logger: logger, metricsFactory: metrics)
  }

  func tell(_ kind: PipelineEvent.Kind, run: UInt64 = 7) {
    bridge.tell(PipelineEvent(runID: run, time: .milliseconds(1_500), kind: kind))
  }

  func total(_ name: String, _ dimension: (String, String)...) throws -> Int64 {
    try metrics.expectCounter(
      "streaming_pipeline_" + name, [("pipeline", "sales")] + dimension
    ).totalValue
  }

  func gauge(_ name: String) throws -> Double? {
    try metrics.expectGauge("streaming_pipeline_" + name, [("pipeline", "sales")]).lastValue
  }

  func timer(_ name: String) throws -> [Int64] {
    try metrics.expectTimer("streaming_pipeline_" + name, [("pipeline", "sales")]).values
  }
}

private struct Broken: Error {}

/// One event of every kind.
private let everyKind: [PipelineEvent.Kind] = [
  .started(total: 1_200), .chunkFetched(records: 1_000, bytes: 8_000, duration: .microseconds(3)),
  .batchTransformed(
    read: 500, delivered: 300, filtered: 150, failed: 50, duration: .nanoseconds(42), buffered: 500
  ), .aggregationComputed(records: 300, groups: 12, duration: .seconds(2)),
  .bufferNearlyFull(records: 900, size: 1_000), .groupLimitReached(rejected: 5),
  .memoryWarning(bytes: 450, limit: 500, chunk: 250),
  .throughput(records: 500, duration: .milliseconds(250)),
  .sourceError(Broken(), retry: 1, of: 3, delay: .seconds(1)), .paused(.user), .resumed(.user),
  .paused(.memory), .resumed(.memory), .completed, .stopped, .failed(Broken()),
]

@Suite struct TelemetryBridgeTests {
  @Test("every event moves its metrics")
  func metrics() throws {
    let recorded = Recorded()
    for kind in everyKind { recorded.tell(kind) }
    #expect(try recorded.total("runs_started") == 1)
    for outcome in ["completed", "stopped", "failed"] {
      #expect(try recorded.total("runs_ended", ("outcome", outcome)) == 1)
    }
    #expect(try recorded.total("source_records") == 1_000)
    #expect(try recorded.total("source_bytes") == 8_000)
    #expect(try recorded.timer("source_read_duration") == [3_000])
    #expect(try recorded.total("source_errors") == 1)
    #expect(try recorded.total("records_read") == 500)
    #expect(try recorded.total("records_delivered") == 300)
    #expect(try recorded.total("records_filtered") == 150)
    #expect(try recorded.total("records_failed") == 50)
    #expect(try recorded.timer("batch_duration") == [42])
    #expect(try recorded.gauge("buffered_records") == 500)
    #expect(try recorded.gauge("groups") == 12)
    #expect(try recorded.timer("aggregation_duration") == [2_000_000_000])
    #expect(try recorded.gauge("records_per_second") == 2_000)
    #expect(try recorded.total("buffer_nearly_full") == 1)
    #expect(try recorded.total("group_limit_rejections") == 5)
    #expect(try recorded.total("memory_warnings") == 1)
    #expect(try recorded.gauge("memory_bytes") == 450)
    #expect(try recorded.total("pauses", ("cause", "user")) == 1)
    #expect(try recorded.total("pauses", ("cause", "memory")) == 1)
  }

  @Test("a run that took no time has no speed, and no time is too long to record")
  func extremes() throws {
    let recorded = Recorded()
    recorded.tell(.throughput(records: 0, duration: .zero))
    #expect(try recorded.gauge("records_per_second") == nil)
    recorded.tell(.chunkFetched(records: 1, bytes: 1, duration: .seconds(Int64.max)))
    #expect(try recorded.timer("source_read_duration") == [.max])
  }

  @Test("every event is a line of its level")
  func levels() {
    let recorded = Recorded()
    for kind in everyKind { recorded.tell(kind) }
    #expect(
      recorded.lines.entries.map { "\($0.level): \($0.message)" } == [
        "debug: run started", "trace: chunk fetched", "trace: batch transformed",
        "debug: aggregates computed", "debug: buffer nearly full", "warning: group limit reached",
        "warning: memory is short", "debug: records read",
        "warning: source failed, to be tried again", "debug: run paused", "debug: run resumed",
        "warning: run paused", "notice: run resumed", "debug: run completed",
        "debug: run stopped", "error: run failed",
      ])
  }

  @Test("a line carries pipeline, run, time and its facts as metadata")
  func metadata() {
    let recorded = Recorded()
    recorded.tell(.sourceError(Broken(), retry: 1, of: 3, delay: .seconds(1)))
    #expect(
      recorded.lines.entries.map(\.metadata) == [
        [
          "pipeline": "sales", "run": "7", "time": "1.5 seconds", "error": "Broken()",
          "retry": "1", "retries": "3", "delay": "1.0 seconds",
        ]
      ])
  }

  @Test("a run's group limit is warned of once, and again in the next run")
  func groupLimit() {
    let recorded = Recorded(level: .warning)
    for run: UInt64 in [1, 1, 2, 1, 2] { recorded.tell(.groupLimitReached(rejected: 1), run: run) }
    #expect(recorded.lines.entries.map(\.metadata["run"]) == ["1", "2"])
    recorded.tell(.completed, run: 1)
    recorded.tell(.groupLimitReached(rejected: 1), run: 1)
    #expect(recorded.lines.entries.count == 3)
  }

  @Test("a run with a bridge counts what it did, and whoever listened before still hears it")
  func wholeRun() throws {
    let recorded = Recorded(level: .info)
    let heard = Mutex(0)
    var options = PipelineOptions()
    options.onEvent = { _ in heard.withLock { $0 += 1 } }
    options.addTelemetry(recorded.bridge)
    for _ in 0..<2 {
      let definition = PipelineDefinition(
        source: try PlainWorkload(count: 1_200),
        transforms: [.filter(.compare("category", .equal, "odd"))],
        aggregation: Aggregation(groupings: [Grouping(by: "category", computing: [.count])]))
      let run = try Pipeline.start(definition, options: options, in: PipelineRegistry())
      try run.forEachBatch { _ in }
    }
    // There are start, two chunks, three batches, aggregates, throughput and end, in each of two
    // runs.
    #expect(heard.withLock { $0 } == 18)
    #expect(try recorded.total("runs_started") == 2)
    #expect(try recorded.total("runs_ended", ("outcome", "completed")) == 2)
    #expect(try recorded.total("source_records") == 2_400)
    #expect(try recorded.total("records_read") == 2_400)
    #expect(try recorded.total("records_delivered") == 1_200)
    #expect(try recorded.total("records_filtered") == 1_200)
    #expect(try recorded.timer("batch_duration").count == 6)
    #expect(recorded.lines.entries.isEmpty, "a healthy run says nothing from 'info' upwards")
  }

  @Test("with telemetry off a bridge hears nothing")
  func off() throws {
    let recorded = Recorded()
    var options = PipelineOptions()
    options.telemetry = false
    options.addTelemetry(recorded.bridge)
    let definition = PipelineDefinition(source: try PlainWorkload(count: 10))
    let run = try Pipeline.start(definition, options: options, in: PipelineRegistry())
    try run.forEachBatch { _ in }
    #expect(recorded.lines.entries.isEmpty)
    #expect(try recorded.total("runs_started") == 0)
  }

  @Test("the example in the comments is compiled here")
  func example() throws {
    #expect(
      try DocumentedExamples(ofTarget: "StreamingPipelineTelemetry").missing(from: #filePath) == [])
    let definition = PipelineDefinition(source: try PlainWorkload(count: 10))
    let bridge = TelemetryBridge(pipeline: "nightly sales")
    var options = PipelineOptions()
    options.addTelemetry(bridge)
    let run = try Pipeline.start(definition, options: options)
    try run.runToEnd()
    #expect(run.state.progress.delivered == 10)
  }
}
