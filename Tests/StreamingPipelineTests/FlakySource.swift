import StreamingPipeline
import Synchronization

/// Any source, made to fail: the test chooses at which of its attempts to open or to read, counted
/// over all its cursors. A read that fails has already moved its cursor, as a real one may have.
struct FlakySource: Source {
  struct Broken: Error, Equatable {
    let attempt: Int
  }

  private final class Attempts: Sendable {
    private let state = Mutex((count: 0, opened: [SourcePosition]()))

    func next() -> Int {
      state.withLock { state in
        defer { state.count += 1 }
        return state.count
      }
    }

    func open(_ position: SourcePosition) { state.withLock { $0.opened.append(position) } }

    var opened: [SourcePosition] { state.withLock { $0.opened } }
  }

  private let inner: any Source
  private let fails: @Sendable (Int) -> Bool
  private let attempts = Attempts()
  private let transient: Bool

  init(
    _ inner: any Source, transient: Bool = true, failingAt fails: @escaping @Sendable (Int) -> Bool
  ) {
    self.inner = inner
    self.transient = transient
    self.fails = fails
  }

  var schema: Schema { inner.schema }
  var totalCount: Int? { inner.totalCount }

  /// The positions at which it was opened, in order.
  var opened: [SourcePosition] { attempts.opened }

  func open(after position: SourcePosition) throws -> any SourceCursor {
    attempts.open(position)
    try attempt()
    return Cursor(source: self, inner: try inner.open(after: position))
  }

  func isTransient(_ error: any Error) -> Bool { transient }

  private func attempt() throws {
    let attempt = attempts.next()
    if fails(attempt) { throw Broken(attempt: attempt) }
  }

  private final class Cursor: SourceCursor {
    private let source: FlakySource
    private let inner: any SourceCursor

    init(source: FlakySource, inner: any SourceCursor) {
      self.source = source
      self.inner = inner
    }

    var key: [Value] { inner.key }

    func next(atMost demand: Int) throws -> Batch? {
      let batch = try inner.next(atMost: demand)
      try source.attempt()
      return batch
    }
  }
}

/// A counter that any task may increment.
final class Count: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  func add() { count.add(1, ordering: .sequentiallyConsistent) }
}
