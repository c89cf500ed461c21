/// What a place in a run holds: records that were read and not delivered, and their bytes.
struct Occupancy: Equatable {
  var records = 0
  var bytes = 0
}

/// Weighs what a run holds against its limit, and decides how much is read at a time and whether.
/// A value: bytes go in, changes come out.
///
/// A read that ends over 80 % of the limit halves the next one, down to 100 records; one that ends
/// at half of that or under, so that twice as much would have fitted, doubles it again. Over the
/// limit nothing is read until the bytes are back at 80 %. What the groups hold is never given
/// back, so a run that waited for them would wait for ever: with empty buffers it reads on, in
/// small chunks, until the groups alone are over the limit and it has to fail.
package struct MemoryBudget: Equatable {
  /// What there is to report, and to carry out.
  package enum Change: Equatable {
    /// The bytes went over 80 %: reads are now of this many records.
    case warned(chunk: Int)
    /// The bytes went over the limit: nothing is read.
    case held
    /// Reading goes on.
    case released
  }

  /// Chunks are not halved below this many records.
  package static let smallestChunk = 100

  private let limit: Int
  private let fullChunk: Int
  /// The most records to read at a time.
  package private(set) var chunk: Int
  /// Whether nothing may be read.
  package private(set) var isHeld = false

  package init(limit: Int, chunk: Int) {
    self.limit = limit
    fullChunk = chunk
    self.chunk = chunk
  }

  /// 80 % of the limit, without overflow for the largest.
  package var threshold: Int { limit - limit / 5 }

  /// Weighs what is held.
  ///
  /// - Parameters:
  ///   - buffers: the bytes of records that were read and not delivered.
  ///   - groups: the bytes of the aggregation's state.
  ///   - afterRead: whether records have just come in; only that changes the size of the next.
  /// - Returns: what there is to report.
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
