/// The fastest way from dictionary codes to bins: as long as the keys of a grouping come with the
/// same dictionaries as before, the codes of a record, combined into one number, index an array of
/// bins directly.
///
/// Sources that make a dictionary for each batch never use it: an index is made when the same
/// dictionaries are seen for the second time in a row.
struct DirectIndex {
  /// The bin of a combination that was looked up and is, and will stay, in no group.
  static let rejected = UInt32.max
  private static let sizeLimit = 1 << 16

  private var dictionaries: [StringDictionary] = []
  private var isAdopted = false
  /// The number of dictionary entries and one more for null, by key.
  private var sizes: [UInt32] = []
  /// The bin of every combination; 0 when it has not been looked up.
  private(set) var bins: [UInt32] = []

  /// Whether records with these key columns can be looked up here.
  mutating func covers(_ batch: Batch, _ keyColumns: [Int]) -> Bool {
    var isSame = dictionaries.count == keyColumns.count
    for (index, column) in keyColumns.enumerated() {
      guard case .dictionary(_, let dictionary) = batch.columns[column].storage else {
        return false
      }
      isSame = isSame && dictionaries[index] === dictionary
    }
    if isSame, isAdopted { return true }
    return isSame ? adopt() : remember(batch, keyColumns)
  }

  private mutating func remember(_ batch: Batch, _ keyColumns: [Int]) -> Bool {
    isAdopted = false
    dictionaries = keyColumns.compactMap {
      guard case .dictionary(_, let dictionary) = batch.columns[$0].storage else { return nil }
      return dictionary
    }
    return false
  }

  private mutating func adopt() -> Bool {
    var count = 1
    for dictionary in dictionaries {
      count *= dictionary.values.count + 1
      if count > Self.sizeLimit { return false }
    }
    sizes = dictionaries.map { UInt32($0.values.count + 1) }
    bins = [UInt32](repeating: 0, count: count)
    isAdopted = true
    return true
  }

  /// Combines the codes of every lane into the index of their combination.
  func join(
    _ batch: Batch, _ lanes: Lanes, _ keyColumns: [Int], into joined: UnsafeMutablePointer<UInt32>
  ) {
    for (index, column) in keyColumns.enumerated() {
      let column = batch.columns[column]
      guard case .dictionary(let codes, _) = column.storage else { continue }
      let size = sizes[index]
      withWindow(codes, column) { codes in
        if index == 0 {
          lanes.forEach { lane, row in joined[lane] = codes[row] }
        } else {
          lanes.forEach { lane, row in joined[lane] = joined[lane] &* size &+ codes[row] }
        }
        // Null has the last code instead of the code stored in its row.
        lanes.forEachNull(column) { lane in
          joined[lane] = joined[lane] &- codes[lanes.row(lane)] &+ (size &- 1)
        }
      }
    }
  }

  /// Extracts the entry of a key, nil for null, from a combined index, beginning with the last key.
  func takeEntry(
    ofKey index: Int, from combination: inout Int
  ) -> (entry: Int?, dictionary: StringDictionary) {
    let (rest, entry) = combination.quotientAndRemainder(dividingBy: Int(sizes[index]))
    combination = rest
    return (entry == Int(sizes[index]) - 1 ? nil : entry, dictionaries[index])
  }

  mutating func set(_ combination: Int, to bin: UInt32) {
    bins[combination] = bin == 0 ? Self.rejected : bin
  }

  /// An estimate of the bytes it holds.
  var heldBytes: Int { bins.count * 4 }
}
