#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Splits a stream of bytes into lines; at most one line and one chunk are in memory.
///
/// It is a class because it owns memory; it belongs to the one reader that made it and is not
/// shared.
final class LineReader {
  /// Reads some bytes into the buffer and returns their number; 0 at the end.
  typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

  enum Line {
    /// The bytes of a line, valid until the next call.
    case bytes(UnsafeRawBufferPointer)
    /// A line was longer than the limit, and was skipped.
    case tooLong
  }

  private let source: Source
  private let limit: Int
  private var buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// The number of the line that was returned last, counted from 1.
  private(set) var number = 0

  init(limit: Int, chunk: Int = 1 << 18, source: @escaping Source) {
    self.limit = limit
    self.source = source
    buffer = .allocate(byteCount: min(chunk, limit + 1), alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// The next line without its end, or `nil` after the last one.
  func next() throws -> Line? {
    var searched = start
    while true {
      if let newline = find(from: searched) { return finish(at: newline, next: newline + 1) }
      searched = end
      if isAtEnd {
        if start == end { return nil }
        return finish(at: end, next: end)
      }
      if end - start > limit { return try skipLine() }
      let moved = start
      try fill()
      // Filling moves the unread bytes to the front.
      searched -= moved - start
    }
  }

  private func finish(at lineEnd: Int, next: Int) -> Line {
    number += 1
    let first = start
    start = next
    if lineEnd - first > limit { return .tooLong }
    var last = lineEnd
    if last > first, buffer[last - 1] == UInt8(ascii: "\r") { last -= 1 }
    return .bytes(UnsafeRawBufferPointer(rebasing: buffer[first..<last]))
  }

  private func find(from searched: Int) -> Int? {
    guard searched < end, let base = buffer.baseAddress,
      let found = memchr(base + searched, Int32(UInt8(ascii: "\n")), end - searched)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private func fill() throws {
    if start > 0 {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
      end -= start
      start = 0
    }
    if end == buffer.count { grow() }
    let count = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
    if count == 0 { isAtEnd = true }
    end += count
  }

  private func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(buffer.count * 2, limit + 2), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<end]))
    buffer.deallocate()
    buffer = larger
  }

  /// Reads to the end of a line that is too long, without storing it.
  private func skipLine() throws -> Line {
    number += 1
    while true {
      start = 0
      end = 0
      try fill()
      if end == 0 { return .tooLong }
      if let newline = find(from: 0) {
        start = newline + 1
        return .tooLong
      }
    }
  }
}
