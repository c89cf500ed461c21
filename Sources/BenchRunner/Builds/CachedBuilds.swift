import Foundation

/// The folder of cached products, whose size is bounded.
struct CachedBuilds {
  /// The most products: six sides of a paired comparison, each with fifteen layouts and the
  /// executable in its usual order.
  static let limit = 96
  /// The seconds for which a used product is not evicted, since another recorder may be using it.
  static let protection = 3_600.0

  let folder: String

  /// Marks a cached product as used, and evicts those that were unused for longest.
  func use(_ name: String) {
    try? FileManager.default.setAttributes(
      [.modificationDate: Date()], ofItemAtPath: folder + "/" + name)
    evict()
  }

  /// Removes all but the most recently used products, and the incomplete copies of recorders that
  /// were killed.
  func evict(now: Date = Date()) {
    let files = FileManager.default
    guard let names = try? files.contentsOfDirectory(atPath: folder) else { return }
    let old = names.compactMap { name -> (name: String, used: Date)? in
      let used = try? files.attributesOfItem(atPath: folder + "/" + name)[.modificationDate]
      return (used as? Date).map { (name, $0) }
    }
    let partial = old.filter { $0.name.contains(".partial-") }
    let complete = old.filter { !$0.name.contains(".partial-") }.sorted { $0.used > $1.used }
    for item in partial + complete.dropFirst(Self.limit)
    where now.timeIntervalSince(item.used) > Self.protection {
      // A failure only costs disk space.
      try? files.removeItem(atPath: folder + "/" + item.name)
    }
  }
}
