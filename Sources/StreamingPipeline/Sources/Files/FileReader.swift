#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Reads a file from front to back through one buffer: unread bytes stay contiguous, and no more
/// than one record is held.
///
/// It is a class because it owns the file and the buffer; it belongs to one cursor.
final class FileReader {
  let path: String
  private let descriptor: Int32
  private let recordLimit: Int
  private var buffer: UnsafeMutableRawBufferPointer
  /// The index in the buffer of the first unread byte; `end` is the index after the last.
  private var start = 0
  private var end = 0
  /// The offset in the file of the first unread byte.
  private(set) var offset: Int
  private(set) var isAtEnd = false

  /// Opens a file at a byte offset.
  ///
  /// `recordLimit` is the most bytes that may be unread at once, so that a file without line ends
  /// causes an error instead of exhausting the memory. `chunk` is the number of bytes read at once
  /// at first.
  ///
  /// - Throws: `cannotOpen`, and `cannotRead` where the offset cannot be reached.
  init(_ path: String, offset: Int = 0, recordLimit: Int, chunk: Int = 1 << 18)
    throws(FileSourceError)
  {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    self.path = path
    self.descriptor = descriptor
    self.recordLimit = recordLimit
    self.offset = offset
    buffer = .allocate(byteCount: min(chunk, recordLimit), alignment: 16)
    guard offset == 0 || lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) else {
      throw .cannotRead(path: path, offset: offset, reason: String(cString: strerror(errno)))
    }
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  /// The bytes that were read from the file and not yet taken; valid until the next call.
  var unread: UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: buffer[start..<end]).assumingMemoryBound(to: UInt8.self)
  }

  /// Consumes the first `count` unread bytes.
  func take(_ count: Int) {
    start += count
    offset += count
  }

  /// Reads more bytes after the unread ones; false at the end of the file.
  ///
  /// - Throws: `recordTooLong` when there are already as many unread bytes as a record may have.
  func readMore() throws(FileSourceError) -> Bool {
    if isAtEnd { return false }
    makeRoom()
    guard end < buffer.count else {
      throw .recordTooLong(path: path, offset: offset, limit: recordLimit)
    }
    while true {
      let count = read(descriptor, buffer.baseAddress! + end, buffer.count - end)
      if count > 0 {
        end += count
        return true
      }
      if count == 0 {
        isAtEnd = true
        return false
      }
      if errno != EINTR {
        throw .cannotRead(
          path: path, offset: offset + end - start, reason: String(cString: strerror(errno)))
      }
    }
  }

  private func makeRoom() {
    if start > 0 {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
      end -= start
      start = 0
    }
    // At least half of the buffer is kept free, so that a long record is not read in ever smaller
    // pieces.
    guard end > buffer.count / 2, buffer.count < recordLimit else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(buffer.count * 2, recordLimit), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<end]))
    buffer.deallocate()
    buffer = larger
  }
}

/// A location between two records of a file, as a cursor's key holds it.
struct FileLocation {
  /// The number of bytes before it.
  var offset = 0
  /// The number of the line that begins there, counted from 1.
  var line = 1

  init(offset: Int, line: Int) {
    self.offset = offset
    self.line = line
  }

  /// Makes the location of a key. An empty key is the beginning of the file.
  init(key: [Value]) {
    guard key.count == 2, case .int64(let offset) = key[0], case .int64(let line) = key[1] else {
      return
    }
    self.offset = Int(offset)
    self.line = Int(line)
  }

  /// The key from which this location can be made again.
  var key: [Value] { [.int64(Int64(offset)), .int64(Int64(line))] }
}
