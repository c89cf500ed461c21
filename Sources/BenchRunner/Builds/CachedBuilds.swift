import Foundation

/// The folder of kept products, which must not grow without end.
struct CachedBuilds {
  /// As many as six sides of a paired comparison, each with fifteen layouts and the executable as
  /// it is usually linked.
  static let limit = 96
  /// Seconds for which whatever was used stays: another recorder may be at it.
  static let protection = 3_600.0

  let folder: String

  /// Takes down that a kept product is in use, and gives others up that have not been for longest.
  func use(_ name: String) {
    try? FileManager.default.setAttributes(
      [.modificationDate: Date()], ofItemAtPath: folder + "/" + name)
    evict()
  }

  /// Removes what is beyond the most recently used, and the incomplete copies of recorders that
  /// were killed.
  func evict(now: Date = Date()) {
    let files = FileManager.default
    guard let names = try? files.contentsOfDirectory(atPath: folder) else { return }
    let old = names.compactMap { name -> (name: String, used: Date)? in
      let used = try? files.attributesOfItem(atPath: folder + "/" + name)[.modificationDate]
      return (used as? Date).map { (name, $0) }
    }
    let partial = old.filter { $0.name.contains(".partial-") }
    let kept = old.filter { !$0.name.contains(".partial-") }.sorted { $0.used > $1.used }
    for item in partial + kept.dropFirst(Self.limit)
    where now.timeIntervalSince(item.used) > Self.protection {
      // Failing costs disk space only.
      try? files.removeItem(atPath: folder + "/" + item.name)
    }
  }
}
