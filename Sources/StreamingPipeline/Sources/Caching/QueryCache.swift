internal import Synchronization

/// Caches pages that sources returned, for later requests of the same pages.
///
/// One cache serves any number of sources and pipelines at once. The key of a page is the whole
/// request (source, position, size) and not a digest of it, so that no two pages can be confused.
public final class QueryCache: Sendable {
  /// The limits of a cache.
  public struct Limits: Hashable, Sendable {
    /// The most pages.
    public var pages: Int
    /// The most bytes of all pages together.
    public var bytes: Int
    /// The time after which a page is not used any more.
    public var lifetime: Duration

    /// The defaults permit a thousand pages of 100 MB together, for five minutes.
    public init(pages: Int = 1_000, bytes: Int = 100_000_000, lifetime: Duration = .seconds(300)) {
      self.pages = pages
      self.bytes = bytes
      self.lifetime = lifetime
    }
  }

  /// What a cache has done so far, and what it holds.
  public struct Statistics: Hashable, Sendable {
    /// The number of pages that were found.
    public internal(set) var hits = 0
    /// The number of pages that had to be read.
    public internal(set) var misses = 0
    /// The number of pages that were dropped, to make room or because they were too old.
    public internal(set) var evictions = 0
    /// The number of cached pages.
    public internal(set) var pages = 0
    /// The bytes of the cached pages, without dictionaries of strings, which batches share.
    public internal(set) var bytes = 0
  }

  /// The request that a page answers.
  struct Key: Hashable {
    let identity: String
    let position: SourcePosition
    let demand: Int
  }

  /// A source's answer: records and the position after them, or that there are none left.
  struct Page {
    let batch: Batch?
    let end: SourcePosition
  }

  private struct Entry {
    let page: Page
    let bytes: Int
    let read: Duration
    var lastUse: UInt64
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var statistics = Statistics()
    var uses: UInt64 = 0

    mutating func evict(_ key: Key) {
      remove(key)
      statistics.evictions += 1
    }

    mutating func remove(_ key: Key) {
      guard let entry = entries.removeValue(forKey: key) else { return }
      statistics.pages -= 1
      statistics.bytes -= entry.bytes
    }
  }

  private let limits: Limits
  private let clock: PipelineClock
  private let state = Mutex(State())

  /// Makes an empty cache.
  ///
  /// - Throws: `PipelineError.invalidOption` for limits that are not positive.
  public init(_ limits: Limits = Limits(), clock: PipelineClock = .continuous) throws(PipelineError)
  {
    try PipelineError.require("pages", limits.pages, in: 1...(.max))
    try PipelineError.require("bytes", limits.bytes, in: 1...(.max))
    guard limits.lifetime > .zero else {
      throw .invalidOption(
        name: "lifetime", value: "\(limits.lifetime)", permitted: "longer than 0 s")
    }
    self.limits = limits
    self.clock = clock
  }

  /// What the cache has done so far.
  public var statistics: Statistics { state.withLock(\.statistics) }

  /// Drops all pages. Counts of hits, misses and evictions stay.
  public func removeAll() {
    state.withLock { state in
      state.entries = [:]
      (state.statistics.pages, state.statistics.bytes) = (0, 0)
    }
  }

  /// The page cached under `key`, unless it is too old.
  func page(_ key: Key) -> Page? {
    let now = clock.now
    return state.withLock { state in
      if let entry = state.entries[key], now - entry.read >= limits.lifetime {
        state.evict(key)
      }
      guard let page = state.entries[key]?.page else {
        state.statistics.misses += 1
        return nil
      }
      state.statistics.hits += 1
      state.uses += 1
      state.entries[key]?.lastUse = state.uses
      return page
    }
  }

  /// Caches a page, and drops the least recently used ones while there are too many.
  func keep(_ page: Page, under key: Key) {
    let now = clock.now
    let bytes = page.batch?.byteCount ?? 0
    guard bytes <= limits.bytes else { return }
    state.withLock { state in
      state.remove(key)
      state.uses += 1
      state.entries[key] = Entry(page: page, bytes: bytes, read: now, lastUse: state.uses)
      state.statistics.pages += 1
      state.statistics.bytes += bytes
      while state.statistics.pages > limits.pages || state.statistics.bytes > limits.bytes {
        // This visits up to a thousand entries, which is little beside a page that had to be read.
        guard let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
        else { return }
        state.evict(oldest)
      }
    }
  }
}
