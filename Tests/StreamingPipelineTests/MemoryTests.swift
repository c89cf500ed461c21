import BenchTestSupport
import PipelineWorkloads
import StreamingPipeline
import Synchronization
import Testing

@Suite struct MemoryBudgetTests {
  @Test(
    "a read that ends over 80 % halves the next, down to 100; one that ends under 40 % doubles it")
  func degraded() {
    var budget = MemoryBudget(limit: 1_000, chunk: 1_000)
    #expect(budget.weigh(buffers: 800, groups: 0, afterRead: true) == [])
    func chunks(_ bytes: Int) -> [Int] {
      (0..<6).map { _ in
        _ = budget.weigh(buffers: bytes - 300, groups: 300, afterRead: true)
        return budget.chunk
      }
    }
    #expect(chunks(801) == [500, 250, 125, 100, 100, 100])
    #expect(budget.weigh(buffers: 0, groups: 0, afterRead: false) == [])
    #expect(budget.chunk == 100)
    #expect(chunks(401) == [100, 100, 100, 100, 100, 100])
    #expect(chunks(400) == [200, 400, 800, 1_000, 1_000, 1_000])
  }

  @Test("a chunk that is small from the start is not made larger")
  func smallChunk() {
    var budget = MemoryBudget(limit: 10, chunk: 7)
    #expect(budget.weigh(buffers: 9, groups: 0, afterRead: true) == [])
    #expect(budget.chunk == 7)
  }

  @Test("over the limit nothing is read until 80 %, or until nothing more can fall")
  func held() {
    var budget = MemoryBudget(limit: 1_000, chunk: 1_000)
    #expect(
      budget.weigh(buffers: 1_001, groups: 0, afterRead: true) == [.warned(chunk: 500), .held])
    #expect(budget.weigh(buffers: 801, groups: 0, afterRead: false) == [])
    #expect(budget.isHeld)
    #expect(budget.weigh(buffers: 800, groups: 0, afterRead: false) == [.released])
    #expect(
      budget.weigh(buffers: 100, groups: 950, afterRead: true) == [.warned(chunk: 250), .held])
    #expect(budget.weigh(buffers: 0, groups: 950, afterRead: false) == [.released])
    #expect(budget.chunk == 250)
  }

  @Test("it never holds an empty buffer, and every hold is followed by a release")
  func properties() {
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      let chunk = Int.random(in: 1...2_000, using: &random)
      var budget = MemoryBudget(limit: Int.random(in: 1...1_000, using: &random), chunk: chunk)
      var holds = 0
      for _ in 0..<100 {
        let buffers = Int.random(in: 0...1_500, using: &random)
        let changes = budget.weigh(
          buffers: buffers, groups: Int.random(in: 0...600, using: &random),
          afterRead: Bool.random(using: &random))
        for change in changes {
          if change == .held { holds += 1 }
          if change == .released { holds -= 1 }
        }
        #expect(holds == (budget.isHeld ? 1 : 0), "seed \(seed)")
        #expect(!(budget.isHeld && buffers == 0), "seed \(seed)")
        #expect(budget.chunk >= min(100, chunk) && budget.chunk <= chunk, "seed \(seed)")
      }
    }
  }
}

@Suite struct MemoryTests {
  /// The kinds of events about memory, as words.
  private final class Log: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func take(_ event: PipelineEvent) {
      let line: String? =
        switch event.kind {
        case .memoryWarning(_, _, let chunk): "warning \(chunk)"
        case .paused(.memory): "paused"
        case .resumed(.memory): "resumed"
        case .chunkFetched(let records, _, _): "read \(records)"
        default: nil
        }
      if let line { lines.withLock { $0.append(line) } }
    }
  }

  private func options(
    _ execution: PipelineOptions.Execution, limit: Int, _ log: Log? = nil
  ) -> PipelineOptions {
    var options = PipelineOptions.unhurried(execution)
    options.memoryLimit = limit
    if let log { options.onEvent = { log.take($0) } }
    return options
  }

  @Test("degraded mode in and out, and a pause for memory that ends by itself")
  func degradedRun() throws {
    let log = Log()
    let schema = try Schema([Field("text", .string)])
    let lengths = Array(repeating: 100, count: 3_000) + Array(repeating: 1, count: 5_000)
    let source = try MemorySource(
      schema: schema, rows: lengths.map { [.string(String(repeating: "x", count: $0))] })
    // A long record takes 104 bytes and a short one 5, so a chunk of 1,000 long ones exceeds the
    // limit.
    let run = try Pipeline.start(
      PipelineDefinition(source: source), options: options(.pull, limit: 70_000, log))
    var statuses: [String] = []
    var count = 0
    try run.forEachBatch { batch in
      count += batch.count
      statuses.append(run.status.description)
    }
    #expect(count == 8_000)
    // Half of the first chunk is kept, and the run is held until it has been delivered.
    #expect(Array(statuses.prefix(2)) == ["paused (memory)", "running"])
    #expect(
      log.all == [
        "read 1000", "warning 500", "paused", "resumed", "read 500", "read 500", "read 500",
        "read 500", "read 500", "read 1000", "read 1000", "read 1000", "read 1000", "read 500",
      ])
    #expect(run.state.chunkSize == 1_000)
  }

  @Test(
    "however small the limit, every record arrives once",
    arguments: [100, 1_000, 5_000, 30_000, 60_000]
  )
  func tinyLimits(limit: Int) async throws {
    for execution in PipelineOptions.Execution.allCases {
      let run = try Pipeline.start(
        PipelineDefinition(source: try PlainWorkload(count: 10_000)),
        options: options(execution, limit: limit))
      var seen: [Int64] = []
      for try await batch in run.batches { seen += ids(batch) }
      #expect(seen.elementsEqual(1...10_000))
    }
  }

  @Test("groups near the limit slow a run down and don't stop it; beyond it they fail it")
  func groups() async throws {
    let aggregation = Aggregation(groupings: [Grouping(by: "id", computing: [.count])])
    for execution in PipelineOptions.Execution.allCases {
      var options = options(execution, limit: 0)
      options.maxGroups = 1_000
      options.chunkSize = 500
      func run(_ limit: Int) throws -> PipelineRun {
        options.memoryLimit = limit
        return try Pipeline.start(
          PipelineDefinition(source: try PlainWorkload(count: 16_000), aggregation: aggregation),
          options: options)
      }
      let whole = try run(.max)
      for try await _ in whole.batches {}
      let bytes = whole.state.bytes
      #expect(bytes > 10_000)
      let near = try run(bytes * 20 / 19)
      #expect(try await near.batches.reduce(0) { $0 + $1.count } == 16_000)
      #expect(near.aggregationState == whole.aggregationState)
      #expect(near.state.chunkSize < 500)
      let beyond = try run(bytes - 1)
      await #expect(
        throws: PipelineError.memoryExceeded(groupBytes: bytes, limit: bytes - 1)
      ) { for try await _ in beyond.batches {} }
      #expect(beyond.status.kind == .failed)
    }
  }

  @Test("a pause by the user does not end because memory falls")
  func userPause() async throws {
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 3_000)),
      options: options(.pull, limit: 100)
    )
    var iterator = run.batches.makeAsyncIterator()
    _ = try await iterator.next()
    #expect(run.status.description == "paused (memory)")
    #expect(!run.resume(), "it is not the user who paused it")
    #expect(run.pause())
    #expect(run.status.description == "paused (user)")
    #expect(run.resume())
    #expect(run.status.description == "paused (memory)")
    var count = 500
    while let batch = try await iterator.next() { count += batch.count }
    #expect(count == 3_000)
  }

  @Test(
    "what is held at 1,000,000 records is within 1.5 × of 10,000",
    arguments: PipelineOptions.Execution.allCases)
  func flat(execution: PipelineOptions.Execution) async throws {
    let small = try await peak(10_000, execution)
    let large = try await peak(1_000_000, execution)
    #expect(small.bytes > 0 && small.chunks > 0)
    #expect(large.bytes * 2 <= small.bytes * 3)
    // A chunk that has just been read may exist together with the consumer's last one, whatever the
    // size.
    #expect(large.chunks * 2 <= small.chunks * 3 + 2)
  }

  /// The most bytes that a run reported, and the most chunks of its source that existed at once.
  private func peak(
    _ count: Int, _ execution: PipelineOptions.Execution
  ) async throws -> (bytes: Int, chunks: Int) {
    let chunks = LiveChunks()
    let aggregation = Aggregation(groupings: [Grouping(by: "group", computing: [.count])])
    let run = try Pipeline.start(
      PipelineDefinition(
        source: try CountedSource(count: count, chunks: chunks), aggregation: aggregation),
      options: .unhurried(execution))
    var most = (bytes: 0, chunks: 0)
    var seen = 0
    for try await batch in run.batches {
      seen += batch.count
      let info = run.state
      most = (max(most.bytes, info.bytes), max(most.chunks, chunks.alive))
    }
    #expect(seen == count)
    return most
  }
}

/// Counts the chunks of a source that still exist.
private final class LiveChunks: Sendable {
  private struct Entry {
    weak var schema: StringDictionary?
  }

  private let entries = Mutex<[Entry]>([])

  func add(_ marker: StringDictionary) {
    entries.withLock { $0.append(Entry(schema: marker)) }
  }

  var alive: Int {
    entries.withLock { entries in
      entries.removeAll { $0.schema == nil }
      return entries.count
    }
  }
}

/// A source of numbers, each in a group of its own; every chunk has an object that is released with
/// it.
private struct CountedSource: Source {
  let schema: Schema
  let count: Int
  let chunks: LiveChunks
  var totalCount: Int? { count }

  init(count: Int, chunks: LiveChunks) throws {
    self.count = count
    self.chunks = chunks
    schema = try Schema([
      Field("id", .int64), Field("group", .int64), Field("marker", .string),
    ])
  }

  func open(after position: SourcePosition) -> any SourceCursor {
    Cursor(source: self, next: position.records)
  }

  final class Cursor: SourceCursor {
    let source: CountedSource
    var next: Int

    init(source: CountedSource, next: Int) {
      self.source = source
      self.next = next
    }

    func next(atMost demand: Int) throws -> Batch? {
      let range = next..<min(source.count, next + demand)
      if range.isEmpty { return nil }
      next = range.upperBound
      let marker = StringDictionary(["chunk"])
      source.chunks.add(marker)
      let numbers = range.map(Int64.init)
      let codes = [UInt32](repeating: 0, count: range.count)
      return try Batch(
        schema: source.schema,
        columns: [
          Column(.int64, .int64(numbers)), Column(.int64, .int64(numbers.map { $0 % 50 })),
          Column(.string, .dictionary(codes, marker)),
        ])
    }
  }
}
