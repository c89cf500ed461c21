import Foundation

/// Where an answer goes that is kept: a file, or standard output. A file gets its name when it is whole, so that a stop leaves what was there before.
final class OutputFile {
  private let handle: FileHandle
  private let place: (partial: URL, final: URL)?

  init(_ path: String?) throws {
    guard let path else {
      (handle, place) = (.standardOutput, nil)
      return
    }
    let final = URL(filePath: path)
    let partial = final.deletingLastPathComponent()
      .appending(path: ".\(final.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    guard FileManager.default.createFile(atPath: partial.path, contents: nil),
      let handle = FileHandle(forWritingAtPath: partial.path)
    else { throw CommandFailure("\(path) can't be written; check its folder.") }
    self.handle = handle
    place = (partial, final)
  }

  deinit {
    if let place { try? FileManager.default.removeItem(at: place.partial) }
  }

  func write(_ bytes: [UInt8]) throws {
    do { try handle.write(contentsOf: bytes) } catch {
      throw CommandFailure(
        "writing \(place?.final.path ?? "to standard output") failed: \(error.localizedDescription)"
      )
    }
  }

  func close() throws {
    guard let place else { return }
    try handle.close()
    guard rename(place.partial.path, place.final.path) == 0 else {
      throw CommandFailure(
        "\(place.final.path) can't be written: \(String(cString: strerror(errno)))")
    }
  }
}
