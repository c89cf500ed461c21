internal import Synchronization

/// Keeps pages that sources returned, for whoever asks for the same again.
///
/// One cache serves any number of sources and pipelines at once. A page is kept under the whole of
/// what it answers (source, place, size), not a digest of it, so that no two pages can be taken for
/// one another.
public final class QueryCache: Sendable {
  /// How much is kept, and for how long.
  public struct Limits: Hashable, Sendable {
    /// How many pages.
    public var pages: Int
    /// How many bytes they may have together.
    public var bytes: Int
    /// How long after it was read a page is given out.
    public var lifetime: Duration

    /// A thousand pages of 100 MB together, for five minutes.
    public init(pages: Int = 1_000, bytes: Int = 100_000_000, lifetime: Duration = .seconds(300)) {
      self.pages = pages
      self.bytes = bytes
      self.lifetime = lifetime
    }
  }

  /// What a cache did so far, and what it holds.
  public struct Statistics: Hashable, Sendable {
    /// Pages that were given out again.
    public internal(set) var hits = 0
    /// Pages that had to be read.
    public internal(set) var misses = 0
    /// Pages that made room for others or grew too old.
    public internal(set) var evictions = 0
    /// Pages that are kept.
    public internal(set) var pages = 0
    /// Their bytes; dictionaries of strings, which batches share, left out.
    public internal(set) var bytes = 0
  }

  /// What a page answers.
  struct Key: Hashable {
    let identity: String
    let position: SourcePosition
    let demand: Int
  }

  /// What a source answered: records and the place after them, or that there are none left.
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

  /// An empty cache.
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

  /// What it did so far.
  public var statistics: Statistics { state.withLock(\.statistics) }

  /// Forgets all pages; what was counted stays.
  public func removeAll() {
    state.withLock { state in
      state.entries = [:]
      (state.statistics.pages, state.statistics.bytes) = (0, 0)
    }
  }

  /// The page kept under `key`, where it is not too old.
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

  /// Keeps a page, and lets go of those not asked for longest while there are too many.
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
        // A walk over a thousand entries, beside a page that had to be read.
        guard let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
        else { return }
        state.evict(oldest)
      }
    }
  }
}
