package import BenchModel
internal import Foundation
internal import Synchronization

/// Reads benchdb JSON Lines on a thread of its own, a little ahead of the caller that stores them,
/// since reading and storing take about as long.
///
/// It is a class because it owns the thread. The caller need not take all lines: the thread ends
/// with this object.
package final class ReadingAhead {
  /// The result of one line.
  package struct Line: Sendable {
    /// The number of the line, counted from 1.
    package let number: Int
    package let content: Result<InterchangeRecord, FormatError>
    /// Whether reading continued after an error.
    package let isReadable: Bool
  }

  private struct Block: Sendable {
    var lines: [Line] = []
    /// The contents of the header, in the last block, unless reading broke off.
    var remainder: InterchangeRemainder?
    /// In the last block as well.
    var undirected: UndirectedSeries?
    var isLast = false
  }

  private let handover = Handover()
  private var lines: [Line] = []
  /// The index of the next line.
  private var position = 0
  private var isAtEnd = false
  /// The contents of the header beside the lines, once all lines were taken.
  package private(set) var remainder = InterchangeRemainder()
  /// The series that are only shown, since nothing says which of their values are better; once all
  /// lines were taken.
  package private(set) var undirected = UndirectedSeries()

  /// Starts reading. `make` is called on the thread that reads.
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
      if let undirected = block.undirected { self.undirected = undirected }
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
          block.undirected = reader.undirected
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

  /// The most lines of a block. A block costs two thread switches of 20 µs together; 256 lines
  /// take a hundred times as long.
  private static let lineLimit = 256
  /// The most samples of a block, so that waiting blocks stay small.
  private static let valueLimit = 1 << 16

  /// The queue of blocks, as short as keeps both sides busy.
  private final class Handover: Sendable {
    private struct State {
      var blocks: [Block] = []
      var isClosed = false
    }

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)
    private let waiting = DispatchSemaphore(value: 0)

    init() {
      // A semaphore that is created with a value traps where it ends with less, as this one does
      // when taking stops early.
      for _ in 0..<4 { room.signal() }
    }

    /// Waits for room and adds a block; `false` where nobody takes any more.
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
