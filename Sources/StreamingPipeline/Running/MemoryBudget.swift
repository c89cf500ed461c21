/// The records that a part of a run holds because they are not delivered yet, and their bytes.
struct Occupancy: Equatable {
  var records = 0
  var bytes = 0
}

/// Compares what a run holds with its limit, and decides how much is read at a time, if anything.
/// It is a value: bytes go in, changes come out.
///
/// A read that ends above 80 % of the limit halves the next read, down to 100 records. One that
/// ends at 40 % or less, so that twice as much would have fitted, doubles it again. Above the limit
/// nothing is read until the bytes are back at 80 %. The bytes of groups are never given back, so a
/// run that waited for them would wait forever: with empty buffers it continues in small chunks,
/// and fails when the groups alone exceed the limit.
package struct MemoryBudget: Equatable {
  /// A change to report and to carry out.
  package enum Change: Equatable {
    /// The bytes exceeded 80 %: reads are now of this many records.
    case warned(chunk: Int)
    /// The bytes exceeded the limit: nothing is read.
    case held
    /// Reading continues.
    case released
  }

  /// The lower limit of halving chunks.
  package static let smallestChunk = 100

  private let limit: Int
  private let fullChunk: Int
  /// The most records to read at a time.
  package private(set) var chunk: Int
  /// Whether reading is suspended.
  package private(set) var isHeld = false

  package init(limit: Int, chunk: Int) {
    self.limit = limit
    fullChunk = chunk
    self.chunk = chunk
  }

  /// 80 % of the limit, computed without overflow even for the largest limit.
  package var threshold: Int { limit - limit / 5 }

  /// Compares what is held with the limit.
  ///
  /// - Parameters:
  ///   - buffers: the bytes of records that were read and not delivered.
  ///   - groups: the bytes of the aggregation's state.
  ///   - afterRead: whether records have just come in; only then the size of reads changes.
  /// - Returns: the changes to report.
  package mutating func weigh(buffers: Int, groups: Int, afterRead: Bool) -> [Change] {
    let held = buffers + groups
    var changes: [Change] = []
    if afterRead, adapt(to: held) { changes.append(.warned(chunk: chunk)) }
    if held > limit, buffers > 0, !isHeld {
      isHeld = true
      changes.append(.held)
    } else if isHeld, held <= threshold || buffers == 0 {
      isHeld = false
      changes.append(.released)
    }
    return changes
  }

  /// Chooses the size of the next read; true when it became smaller.
  private mutating func adapt(to held: Int) -> Bool {
    let previous = chunk
    if held > threshold {
      chunk = max(min(Self.smallestChunk, fullChunk), chunk / 2)
    } else if held <= threshold / 2 {
      chunk = min(fullChunk, chunk * 2)
    }
    return chunk < previous
  }
}
