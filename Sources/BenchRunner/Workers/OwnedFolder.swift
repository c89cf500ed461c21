import Foundation

/// A folder that is removed with its last owner. One that a killed process left is removed by the
/// next that is made, a day later.
final class OwnedFolder: Sendable {
  let path: String

  init(in parent: String) throws {
    try createFolder(parent)
    Self.removeAbandoned(in: parent)
    path = "\(parent)/\(UUID().uuidString)"
    try createFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func removeAbandoned(in parent: String) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: parent)) ?? [] {
      let path = "\(parent)/\(name)"
      let made = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
      if let made, made.timeIntervalSinceNow < -24 * 3_600 { try? files.removeItem(atPath: path) }
    }
  }
}
