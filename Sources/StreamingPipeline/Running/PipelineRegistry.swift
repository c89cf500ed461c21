internal import Synchronization

/// The runs of a process: those that live, and the last of those that have ended.
///
/// A run is listed from its start. One that nobody consumes or keeps is gone with its handle.
public final class PipelineRegistry: Sendable {
  /// Where runs are listed unless told otherwise.
  public static let shared = PipelineRegistry()
  /// How many ended runs are listed, the newest.
  public static let retainedEnded = 100

  private struct Entry {
    weak var run: PipelineRun?
  }

  private struct State {
    var live: [UInt64: Entry] = [:]
    /// A ring: the place of the next is `endedCount` modulo its size.
    var ended: [PipelineState] = []
    var endedCounts: [PipelineStatus.Kind: Int] = [:]

    init() { ended.reserveCapacity(PipelineRegistry.retainedEnded) }

    var endedCount: Int { endedCounts.values.reduce(0, +) }
  }

  private let state = Mutex(State())

  /// An empty registry.
  public init() {}

  /// What is known about the runs, by ascending id; of those in one state where one is given.
  public func list(status kind: PipelineStatus.Kind? = nil) -> [PipelineState] {
    let (runs, ended) = state.withLock { state in
      (state.live.values.map(\.run), state.ended)
    }
    // Each run is asked outside the lock; one that ended in between is listed once.
    let live = runs.compactMap { $0?.info }
    let known = Set(live.map(\.id))
    let all = live + ended.filter { !known.contains($0.id) }
    return all.filter { kind == nil || $0.status.kind == kind }.sorted { $0.id < $1.id }
  }

  /// How many runs live in each state, and how many have ever ended in each.
  public var counts: [PipelineStatus.Kind: Int] {
    let (runs, ended) = state.withLock { state in
      (state.live.values.map(\.run), state.endedCounts)
    }
    var counts = Dictionary(uniqueKeysWithValues: PipelineStatus.Kind.allCases.map { ($0, 0) })
    counts.merge(ended) { $1 }
    for run in runs {
      guard let kind = run?.status.kind, kind == .running || kind == .paused else { continue }
      counts[kind, default: 0] += 1
    }
    return counts
  }

  /// A run that lives, to steer it; nil when there is none of this id.
  public func run(_ id: UInt64) -> PipelineRun? { state.withLock { $0.live[id]?.run } }

  func add(_ run: PipelineRun) { state.withLock { $0.live[run.id] = Entry(run: run) } }

  /// A run has ended.
  func retire(_ info: PipelineState) {
    state.withLock { state in
      let index = state.endedCount % Self.retainedEnded
      state.live[info.id] = nil
      state.endedCounts[info.status.kind, default: 0] += 1
      if state.ended.count < Self.retainedEnded {
        state.ended.append(info)
      } else {
        state.ended[index] = info
      }
    }
  }

  /// A run is gone.
  func forget(_ id: UInt64) { state.withLock { $0.live[id] = nil } }
}
