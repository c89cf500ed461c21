import BenchFormats
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// A file, or standard input, a block at a time.
package final class InputFile: Sendable {
  private let descriptor: Int32

  package init(_ path: String) throws {
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure(
        "\(Printable.text(path)) can't be read: \(String(cString: strerror(errno)))")
    }
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  package func read(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
  }
}
