import BenchOutput
import Foundation
import TextCoding

/// Bytes that are written before their offset in a file is known: on the disk, without a name, and
/// gone with this value.
final class SpoolFile {
  private let handle: FileHandle

  /// - Throws: `CommandFailure` where the folder of temporary files can't be written.
  init() throws {
    let template = FileManager.default.temporaryDirectory.appending(path: "benchdb.XXXXXX").path
    var path = Array(template.utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw CommandFailure(
        "no temporary file can be made as \(Printable.text(template)): \(Self.reason)")
    }
    unlink(path)
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  func write(_ bytes: [UInt8]) throws {
    do { try handle.write(contentsOf: bytes) } catch {
      throw CommandFailure("writing a temporary file failed: \(error.localizedDescription)")
    }
  }

  /// Writes all of it to a file, a piece at a time.
  func copy(to file: OutputFile) throws {
    do {
      try handle.seek(toOffset: 0)
      while let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty {
        try file.write(Array(piece))
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure("reading a temporary file failed: \(error.localizedDescription)")
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}
