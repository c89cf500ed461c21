package import BenchModel
internal import Foundation
internal import Synchronization

/// Reads benchdb JSON Lines on a thread of its own, a little ahead of whoever stores them: reading
/// and storing take about as long.
///
/// A class because it owns the thread. Whoever takes the lines need not take them all: the thread
/// ends with this object.
package final class ReadingAhead {
  /// What one line gave.
  package struct Line: Sendable {
    /// Counted from 1.
    package let number: Int
    package let content: Result<InterchangeRecord, FormatError>
    /// Whether reading went on after an error.
    package let isReadable: Bool
  }

  private struct Block: Sendable {
    var lines: [Line] = []
    /// In the last block, unless reading broke off.
    var remainder: InterchangeRemainder?
    var isLast = false
  }

  private let handover = Handover()
  private var lines: [Line] = []
  /// The index of the next one.
  private var position = 0
  private var isAtEnd = false
  /// What the header holds beside the lines; once all of them were taken.
  package private(set) var remainder = InterchangeRemainder()

  /// Begins to read. `make` is called on the thread that reads.
  package init(_ make: @escaping @Sendable () -> InterchangeReader) {
    let handover = handover
    Thread.detachNewThread {
      var reader = make()
      var isReading = true
      while isReading {
        let block = Self.block(of: &reader)
        isReading = handover.give(block) && !block.isLast
      }
    }
  }

  deinit { handover.close() }

  /// The next line that is not a header, or `nil` after the last one.
  package func next() -> Line? {
    while position == lines.count {
      if isAtEnd { return nil }
      let block = handover.take()
      lines = block.lines
      position = 0
      isAtEnd = block.isLast
      if let remainder = block.remainder { self.remainder = remainder }
    }
    defer { position += 1 }
    return lines[position]
  }

  private static func block(of reader: inout InterchangeReader) -> Block {
    var block = Block()
    var values = 0
    while block.lines.count < lineLimit, values < valueLimit {
      do throws(FormatError) {
        guard let record = try reader.next() else {
          block.remainder = reader.remainder
          block.isLast = true
          break
        }
        values += record.values.count
        block.lines.append(Line(number: reader.line, content: .success(record), isReadable: true))
      } catch {
        let isReadable = if case .badLine = error { reader.isReadable } else { false }
        block.lines.append(
          Line(number: reader.line, content: .failure(error), isReadable: isReadable))
        block.isLast = !isReadable
        if !isReadable { break }
      }
    }
    return block
  }

  /// A block costs two switches of threads, some 20 µs; 256 lines take a hundred times as long.
  private static let lineLimit = 256
  /// Ends a block of lines with many samples, so that those which wait stay small.
  private static let valueLimit = 1 << 16

  /// Where blocks wait: as few as keep both sides busy.
  private final class Handover: Sendable {
    private struct State {
      var blocks: [Block] = []
      var isClosed = false
    }

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)
    private let waiting = DispatchSemaphore(value: 0)

    init() {
      // One that begins with room would trap where it ends with less of it, as it does when taking
      // stops early.
      for _ in 0..<4 { room.signal() }
    }

    /// Waits for room; `false` where nobody takes any more.
    func give(_ block: Block) -> Bool {
      room.wait()
      let isOpen = state.withLock { state in
        if !state.isClosed { state.blocks.append(block) }
        return !state.isClosed
      }
      waiting.signal()
      return isOpen
    }

    func take() -> Block {
      waiting.wait()
      defer { room.signal() }
      return state.withLock { $0.blocks.removeFirst() }
    }

    func close() {
      state.withLock { state in
        state.isClosed = true
        state.blocks = []
      }
      room.signal()
    }
  }
}
