internal import Synchronization

/// Lists the runs of a process: those that are alive and the last ones that ended.
///
/// A run is listed from its start. A run that nobody consumes or keeps leaves the list with its
/// last reference.
public final class PipelineRegistry: Sendable {
  /// The registry in which runs are listed by default.
  public static let shared = PipelineRegistry()
  /// The number of ended runs that stay listed, the newest.
  public static let retainedEnded = 100

  private struct Entry {
    weak var run: PipelineRun?
  }

  private struct State {
    var live: [UInt64: Entry] = [:]
    /// A ring buffer: the index of the next element is `endedCount` modulo its size.
    var ended: [PipelineState] = []
    var endedCounts: [PipelineStatus.Kind: Int] = [:]

    init() { ended.reserveCapacity(PipelineRegistry.retainedEnded) }

    var endedCount: Int { endedCounts.values.reduce(0, +) }
  }

  private let state = Mutex(State())

  /// Makes an empty registry.
  public init() {}

  /// The states of the runs, by ascending id, or of those in one state only.
  public func list(status kind: PipelineStatus.Kind? = nil) -> [PipelineState] {
    let (runs, ended) = state.withLock { state in
      (state.live.values.map(\.run), state.ended)
    }
    // Each run is asked outside the lock. A run that ends in between is listed once.
    let live = runs.compactMap { $0?.state }
    let known = Set(live.map(\.id))
    let all = live + ended.filter { !known.contains($0.id) }
    return all.filter { kind == nil || $0.status.kind == kind }.sorted { $0.id < $1.id }
  }

  /// The number of runs that are alive in each state, and of those that have ever ended in each.
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

  /// A run that is alive, to control it; nil when there is none of this id.
  public func run(_ id: UInt64) -> PipelineRun? { state.withLock { $0.live[id]?.run } }

  func add(_ run: PipelineRun) { state.withLock { $0.live[run.id] = Entry(run: run) } }

  /// Moves a run that has ended to the ended ones.
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

  /// Removes a run that was released.
  func forget(_ id: UInt64) { state.withLock { $0.live[id] = nil } }
}
