import Foundation

/// The small files of `/proc` and `/sys`, below a root that tests replace.
struct MachineFiles: Sendable {
  let root: String

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + path) }

  func text(_ path: String) -> String? {
    // Such files report a size of 0 bytes, and have to be read to their end.
    guard let file = FileHandle(forReadingAtPath: root + path) else { return nil }
    defer { try? file.close() }
    guard let bytes = try? file.readToEnd() else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of a file of one line, without surrounding white space; `nil` where it is empty.
  func line(_ path: String) -> String? {
    let line = text(path)?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    return line.isEmpty ? nil : line
  }

  /// The names in a folder, sorted because the system does not.
  func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root + path)) ?? []).sorted()
  }

  /// A file of a control group. Inside a container the group is mounted as the root, although its
  /// path is another one.
  func inGroup(_ mount: String, _ group: String, _ name: String) -> String? {
    line("\(mount)\(group == "/" ? "" : group)/\(name)") ?? line("\(mount)/\(name)")
  }
}
