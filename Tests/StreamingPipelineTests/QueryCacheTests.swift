import PipelineWorkloads
import StreamingPipeline
import Synchronization
import Testing

@Suite struct QueryCacheTests {
  /// A source that counts how often it is opened and read.
  private final class Counted: Source {
    let base: PlainWorkload
    let opened = Mutex(0)
    let read = Mutex(0)

    init(count: Int) throws { base = try PlainWorkload(count: count) }

    var schema: Schema { base.schema }
    var totalCount: Int? { base.totalCount }

    func open(after position: SourcePosition) -> any SourceCursor {
      opened.withLock { $0 += 1 }
      return Cursor(self, base.open(after: position))
    }

    private final class Cursor: SourceCursor {
      let source: Counted
      let cursor: any SourceCursor

      init(_ source: Counted, _ cursor: any SourceCursor) {
        self.source = source
        self.cursor = cursor
      }

      var key: [Value] { cursor.key }

      func next(atMost demand: Int) throws -> Batch? {
        source.read.withLock { $0 += 1 }
        return try cursor.next(atMost: demand)
      }
    }
  }

  /// A clock that stands still until a test moves it.
  private struct StillClock: Clock {
    struct Instant: InstantProtocol {
      var time = Duration.zero
      func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
      func duration(to other: Instant) -> Duration { other.time - time }
      static func < (left: Instant, right: Instant) -> Bool { left.time < right.time }
    }

    final class Hand: Sendable { let time = Mutex(Duration.zero) }

    let hand = Hand()
    var now: Instant { Instant(time: hand.time.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }
    func sleep(until deadline: Instant, tolerance: Duration?) {}
  }

  @Test(
    "a second reading comes from the cache whole, and opens nothing", arguments: [1, 7, 100, 250])
  func hits(demand: Int) throws {
    let source = try Counted(count: 100)
    let cache = try QueryCache()
    let cached = CachedSource(source, identity: "plain", in: cache)
    let first = try allRows(cached, demand: demand)
    let pages = source.read.withLock { $0 }
    let second = try allRows(cached, demand: demand)
    let plain = try allRows(source.base, demand: 100)
    #expect(first == plain && second == plain)
    #expect(source.opened.withLock { $0 } == 1)
    #expect(source.read.withLock { $0 } == pages)
    #expect(cache.statistics.hits == pages && cache.statistics.misses == pages)
  }

  @Test("another identity, position or size is another page")
  func bypass() throws {
    let source = try Counted(count: 10)
    let cache = try QueryCache()
    _ = try allRows(CachedSource(source, identity: "a", in: cache), demand: 5)
    _ = try allRows(CachedSource(source, identity: "b", in: cache), demand: 5)
    _ = try allRows(CachedSource(source, identity: "a", in: cache), demand: 4)
    #expect(cache.statistics.hits == 0)
    #expect(source.opened.withLock { $0 } == 3)
  }

  @Test("a reading that falls out of the cache goes on in the source where it stands")
  func mixed() throws {
    let source = try Counted(count: 40)
    let cache = try QueryCache(QueryCache.Limits(pages: 2))
    let cached = CachedSource(source, identity: "a", in: cache)
    let rows = try allRows(source.base, demand: 40)
    for _ in 0..<3 {
      let read = try allRows(cached, demand: 10)
      #expect(read == rows)
      #expect(cache.statistics.pages == 2)
    }
    #expect(cache.statistics.evictions == cache.statistics.misses - 2)
  }

  @Test("the page not asked for longest goes first")
  func leastRecentlyUsed() throws {
    let source = try Counted(count: 3)
    let cache = try QueryCache(QueryCache.Limits(pages: 2))
    func first(_ identity: String) throws {
      _ = try CachedSource(source, identity: identity, in: cache).open().next(atMost: 1)
    }
    for identity in ["a", "b", "a", "c", "a"] { try first(identity) }
    #expect(cache.statistics.hits == 2)
    try first("b")
    #expect(cache.statistics.hits == 2)
  }

  @Test("no more bytes are cached than permitted, and a page beyond that is not cached")
  func bytes() throws {
    let source = try Counted(count: 1_000)
    let cache = try QueryCache(QueryCache.Limits(bytes: 20_000))
    let cached = CachedSource(source, identity: "a", in: cache)
    _ = try allRows(cached, demand: 10)
    #expect(cache.statistics.bytes <= 20_000 && cache.statistics.bytes > 10_000)
    _ = try cached.open().next(atMost: 1_000)
    #expect(cache.statistics.bytes <= 20_000)
  }

  @Test("a page is given out until its lifetime is over")
  func lifetime() throws {
    let source = try Counted(count: 5)
    let clock = StillClock()
    let cache = try QueryCache(clock: PipelineClock(clock))
    let cached = CachedSource(source, identity: "a", in: cache)
    _ = try allRows(cached, demand: 5)
    clock.hand.time.withLock { $0 = .seconds(299) }
    _ = try allRows(cached, demand: 5)
    #expect(source.opened.withLock { $0 } == 1)
    clock.hand.time.withLock { $0 = .seconds(300) }
    _ = try allRows(cached, demand: 5)
    #expect(source.opened.withLock { $0 } == 2)
    #expect(cache.statistics.evictions == 2)
  }

  @Test("limits that are not positive are refused")
  func limits() {
    #expect(throws: PipelineError.self) { try QueryCache(QueryCache.Limits(pages: 0)) }
    #expect(throws: PipelineError.self) { try QueryCache(QueryCache.Limits(bytes: -1)) }
    #expect(throws: PipelineError.self) { try QueryCache(QueryCache.Limits(lifetime: .zero)) }
  }
}
