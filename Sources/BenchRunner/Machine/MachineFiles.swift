import Foundation

/// Small files of `/proc` and `/sys`, below a root that tests replace.
struct MachineFiles: Sendable {
  let root: String

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + path) }

  func text(_ path: String) -> String? {
    // Such files say that they have 0 bytes; they have to be read to their end.
    guard let file = FileHandle(forReadingAtPath: root + path) else { return nil }
    defer { try? file.close() }
    guard let bytes = try? file.readToEnd() else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A file of one line, without white space around it; `nil` where it is empty.
  func line(_ path: String) -> String? {
    let line = text(path)?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    return line.isEmpty ? nil : line
  }

  /// In no particular order where the system has none; sorted here.
  func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root + path)) ?? []).sorted()
  }

  /// A control group's file. Inside a container the group is mounted as the root, although its path
  /// says otherwise.
  func inGroup(_ mount: String, _ group: String, _ name: String) -> String? {
    line("\(mount)\(group == "/" ? "" : group)/\(name)") ?? line("\(mount)/\(name)")
  }
}
