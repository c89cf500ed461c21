import BenchOutput
import Foundation
import TextCoding

/// Where an answer goes that is kept: a file, or standard output. A file gets its name when it is
/// whole, so that a stop leaves what was there before.
///
/// Every command that writes a file where the user says does it through this type, so that none of
/// them can replace what `ProtectedFiles` guards.
package final class OutputFile {
  private let handle: FileHandle
  private let destination: (partial: URL, final: URL)?

  /// - Parameters:
  ///   - path: `nil` is standard output.
  ///   - flag: that asked for it, as `--output`, for what is said against it.
  ///   - protected: what must not be replaced.
  /// - Throws: `CommandFailure` where the file is protected, or can't be written.
  package init(_ path: String?, of flag: String, sparing protected: ProtectedFiles) throws {
    guard let path else {
      (handle, destination) = (.standardOutput, nil)
      return
    }
    try Self.check(path, of: flag, sparing: protected)
    if Self.isStream(path) {
      guard let handle = FileHandle(forWritingAtPath: path) else { throw Self.refused(path, flag) }
      (self.handle, destination) = (handle, nil)
      return
    }
    // A link stays one: what it leads to is replaced.
    let final = URL(filePath: path).resolvingSymlinksInPath()
    let partial = final.deletingLastPathComponent()
      .appending(path: ".\(final.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    guard FileManager.default.createFile(atPath: partial.path, contents: nil),
      let handle = FileHandle(forWritingAtPath: partial.path)
    else { throw Self.refused(path, flag) }
    self.handle = handle
    destination = (partial, final)
  }

  deinit {
    if let destination { try? FileManager.default.removeItem(at: destination.partial) }
  }

  package func write(_ bytes: [UInt8]) throws {
    do { try handle.write(contentsOf: bytes) } catch {
      throw CommandFailure(
        "writing \(destination.map { Printable.text($0.final.path) } ?? "the answer") failed: "
          + error.localizedDescription)
    }
  }

  package func close() throws {
    guard let destination else { return }
    try handle.close()
    guard rename(destination.partial.path, destination.final.path) == 0 else {
      throw CommandFailure(
        "\(Printable.text(destination.final.path)) can't be written: \(String(cString: strerror(errno)))"
      )
    }
  }

  /// Says at once what `init` would say: before anything is measured whose answer could then not be
  /// kept.
  package static func check(_ path: String, of flag: String, sparing protected: ProtectedFiles)
    throws
  {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isThere, isFolder.boolValue {
      throw CommandFailure("\(flag): \(Printable.text(path)) is a folder; name a file in it.")
    }
    if let reason = protected.reason(path) {
      throw CommandFailure(
        "\(flag): \(Printable.text(path)) is \(reason), and would be lost; choose another file.")
    }
  }

  /// What is there and is no file, as a terminal or a pipe, is written to and not replaced.
  static func isStream(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private static func refused(_ path: String, _ flag: String) -> CommandFailure {
    CommandFailure("\(flag): \(Printable.text(path)) can't be written; check its folder.")
  }
}
