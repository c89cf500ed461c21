import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that are removed when the process exits, even if their owner is still referenced: a worker
/// exits while the task that measured may still hold it.
enum RemovedAtExit {
  private static let paths = Mutex<[String]>([])
  private static let registered: Void = {
    _ = atexit { RemovedAtExit.paths.withLock { for path in $0 { unlink(path) } } }
  }()

  static func add(_ path: String) {
    registered
    paths.withLock { $0.append(path) }
  }
}
