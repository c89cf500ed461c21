/// Hashes the keys of a grouping, so that equal keys have equal hashes in every batch, however
/// their columns are stored.
struct KeyHasher {
  private let places: [Int]
  private var hashed: [StringDictionary?]
  private var entries: [[UInt64]]
  /// The hash of every lane of the last batch.
  private(set) var hashes: [UInt64] = []

  init(_ places: [Int]) {
    self.places = places
    hashed = places.map { _ in nil }
    entries = places.map { _ in [] }
  }

  /// Fills `hashes` for a batch.
  mutating func hash(_ batch: Batch, _ lanes: Lanes) {
    if hashes.count < lanes.count { hashes = [UInt64](repeating: 0, count: lanes.count) }
    for (index, place) in places.enumerated() {
      let column = batch.columns[place]
      if case .dictionary(_, let dictionary) = column.storage, hashed[index] !== dictionary {
        hashed[index] = dictionary
        entries[index] = dictionary.hashes
      }
      let entries = entries[index]
      hashes.withUnsafeMutableBufferPointer { hashes in
        // Null adds nothing, but its place among the keys counts.
        for lane in 0..<lanes.count {
          hashes[lane] = index == 0 ? 0 : hashes[lane] &* 0x9E37_79B9_7F4A_7C15
        }
        ColumnLanes(column: column, lanes: lanes, position: 0).forEachHash(entries) {
          hashes[$0] ^= $1
        }
      }
    }
  }
}
