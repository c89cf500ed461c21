/// Finds the group of every record: every key value has a number, and the combined numbers of a
/// record lead through one array to its group.
///
/// Numbers of few bits are combined as bit fields and index the array directly (dense). Where that
/// would need more than 2^16 elements, pairs of numbers get numbers of their own by hashing, key
/// after key. A single key is always dense: its numbers never exceed the groups and one chunk. Keys
/// that keep coming with the same dictionaries take a shorter way, `DirectIndex`.
struct GroupTable {
  private static let denseBits = 16

  private var coders: [KeyCoder]
  private let keyColumns: [Int]
  private let maxGroups: Int
  private var direct = DirectIndex()
  private var widths: [Int]
  private var pairs: [IntegerInterner] = []
  private var groupOf: [UInt32]
  private var keyNumbers: [UInt32] = []
  private var codes: [[UInt32]]
  private var joined: [UInt32] = []
  /// The key numbers of one record, by key.
  private var numbers: [UInt32]
  /// The bin of every lane of the last batch: its group + 1, or 0 for none.
  private(set) var bins: [UInt32] = []
  /// The position in the stream of each group's first record.
  private(set) var firstPositions: [Int] = []
  /// The number of records that would have needed one group more than is permitted.
  private(set) var rejectedRecords = 0

  init(keys: [(column: Int, type: FieldType)], maxGroups: Int) {
    coders = keys.map { KeyCoder($0.type) }
    keyColumns = keys.map(\.column)
    self.maxGroups = maxGroups
    widths = keys.map { _ in 0 }
    codes = keys.map { _ in [] }
    numbers = keys.map { _ in 0 }
    groupOf = [0]
  }

  /// The number of groups.
  var count: Int { firstPositions.count }

  /// Whether a new group may be opened.
  private var isOpen: Bool { count < maxGroups }

  /// The values of every group's keys. Groups share equal values.
  var keys: [[Value]] {
    let values = coders.map(\.values)
    return (0..<count).map { group in
      values.indices.map { values[$0][Int(keyNumbers[group * values.count + $0])] }
    }
  }

  /// An estimate of the bytes it holds.
  var heldBytes: Int {
    let arrays = groupOf.count + keyNumbers.count + (2 + codes.count) * bins.count
    let interned = coders.reduce(0) { $0 + $1.heldBytes } + pairs.reduce(0) { $0 + $1.heldBytes }
    return arrays * 4 + firstPositions.count * 8 + direct.heldBytes + interned
  }

  /// Fills `bins` for a batch.
  mutating func assign(_ batch: Batch, _ lanes: Lanes) {
    if bins.count < lanes.count {
      bins = [UInt32](repeating: 0, count: lanes.count)
      joined = bins
    }
    if direct.covers(batch, keyColumns) { return assignDirectly(batch, lanes) }
    let complete = encode(batch, lanes)
    layOut()
    let known = complete ? joinDense(lanes.count) : false
    if !known { joinEach(lanes.count) }
    seat(batch, lanes)
  }

  private mutating func encode(_ batch: Batch, _ lanes: Lanes) -> Bool {
    let adding = isOpen
    var complete = true
    for index in coders.indices {
      if codes[index].count < lanes.count {
        codes[index] = [UInt32](repeating: 0, count: lanes.count)
      }
      let column = batch.columns[keyColumns[index]]
      let found = codes[index].withUnsafeMutableBufferPointer { codes in
        codes.baseAddress.map {
          coders[index].encode(column, lanes, adding: adding, into: $0)
        }
      }
      complete = complete && found ?? true
    }
    return complete
  }

  /// Whether numbers are combined as bit fields.
  private var isDense: Bool { pairs.isEmpty }

  /// Widens the bit fields to what the keys now need, or changes to hashing.
  private mutating func layOut() {
    guard isDense, coders.indices.contains(where: { coders[$0].width > widths[$0] }) else { return }
    widths = zip(coders, widths).map { max($0.width, $1) }
    if coders.count > 1, widths.reduce(0, +) > Self.denseBits {
      pairs = (1..<coders.count).map { _ in IntegerInterner() }
      groupOf = []
    } else {
      groupOf = [UInt32](repeating: 0, count: 1 << widths.reduce(0, +))
    }
    for group in 0..<count {
      let numbers = keyNumbers[group * coders.count..<(group + 1) * coders.count]
      let joined = Int(join(numbers, adding: true))
      reserveSeat(joined)
      groupOf[joined] = UInt32(group + 1)
    }
  }

  private mutating func reserveSeat(_ joined: Int) {
    if joined >= groupOf.count {
      groupOf.append(contentsOf: repeatElement(0, count: max(joined + 1, groupOf.count)))
    }
  }

  /// Combines the numbers of one record; `KeyCoder.rejected` when the record can be in no group.
  private mutating func join(_ numbers: some Sequence<UInt32>, adding: Bool) -> UInt32 {
    var joined: UInt32 = 0
    for (index, number) in numbers.enumerated() {
      if number == KeyCoder.rejected { return number }
      if isDense {
        joined = joined << UInt32(widths[index]) | number
      } else if index == 0 {
        joined = number
      } else {
        let pair = UInt64(joined) << 32 | UInt64(number)
        guard let found = pairs[index - 1].number(of: pair, adding: adding) else {
          return KeyCoder.rejected
        }
        joined = found
      }
    }
    return joined
  }
}

// MARK: Single records: those new to a direct index, and groups of other tables
extension GroupTable {
  /// Looks up the bins by combined codes; a second loop visits the lanes whose bin is not known
  /// yet.
  private mutating func assignDirectly(_ batch: Batch, _ lanes: Lanes) {
    let missing = joined.withUnsafeMutableBufferPointer { joined in
      guard let joined = joined.baseAddress else { return 0 }
      direct.join(batch, lanes, keyColumns, into: joined)
      return bins.withUnsafeMutableBufferPointer { bins in
        direct.bins.withUnsafeBufferPointer { found in
          var missing = 0
          for lane in 0..<lanes.count {
            let bin = found[Int(joined[lane])]
            bins[lane] = bin
            // Adding 1 makes both 0 and `rejected`, the greatest number, less than 2.
            missing &+= bin &+ 1 < 2 ? 1 : 0
          }
          return missing
        }
      }
    }
    guard missing > 0 else { return }
    lanes.forEach { lane, row in
      if bins[lane] &+ 1 < 2 {
        bins[lane] = lookUp(combination: Int(joined[lane]), position: batch.position &+ row)
      }
    }
  }

  /// The bin of a combination of dictionary entries.
  @inline(never)
  private mutating func lookUp(combination: Int, position: Int) -> UInt32 {
    if direct.bins[combination] == 0 {
      let adding = isOpen
      var rest = combination
      for index in coders.indices.reversed() {
        let (entry, dictionary) = direct.takeEntry(ofKey: index, from: &rest)
        numbers[index] =
          entry.map { coders[index].number(ofEntry: $0, in: dictionary, adding: adding) } ?? 0
      }
      direct.set(combination, to: binOfNumbers(position: position))
    }
    let bin = direct.bins[combination]
    if bin == DirectIndex.rejected {
      rejectedRecords += 1
      return 0
    }
    return bin
  }

  /// The bin of a record with the keys in `numbers`. A new group is opened where permitted; else
  /// the bin is 0.
  private mutating func binOfNumbers(position: Int) -> UInt32 {
    layOut()
    let joined = join(numbers, adding: isOpen)
    guard joined != KeyCoder.rejected else { return 0 }
    reserveSeat(Int(joined))
    if groupOf[Int(joined)] == 0, isOpen {
      firstPositions.append(position)
      groupOf[Int(joined)] = UInt32(count)
      keyNumbers.append(contentsOf: numbers)
    }
    return groupOf[Int(joined)]
  }

  /// The key numbers, in this table, of another table's groups, group after group. The other table
  /// must have at least the same keys.
  mutating func numbers(of other: GroupTable) -> [UInt32] {
    var found = [UInt32](repeating: 0, count: other.count * coders.count)
    for (index, column) in keyColumns.enumerated() {
      guard let key = other.keyColumns.firstIndex(of: column) else { continue }
      let translation = coders[index].numbers(of: other.coders[key])
      for group in 0..<other.count {
        found[group * coders.count + index] =
          translation[Int(other.keyNumbers[group * other.coders.count + key])]
      }
    }
    return found
  }

  /// The bin of a group from another table.
  ///
  /// - Parameters:
  ///   - group: its index there.
  ///   - known: the result of `numbers(of:)` for that table.
  ///   - position: the position of its first record.
  /// - Returns: the bin, for which a new group is opened where permitted; else 0.
  mutating func bin(of group: Int, _ known: [UInt32], position: Int) -> UInt32 {
    for index in coders.indices { numbers[index] = known[group * coders.count + index] }
    return binOfNumbers(position: position)
  }

  /// Counts records as rejected.
  mutating func reject(_ records: Int) { rejectedRecords += records }
}

// MARK: Loops over lanes
extension GroupTable {
  /// Combines numbers as bit fields, key after key; false when the table is hashed.
  private mutating func joinDense(_ lanes: Int) -> Bool {
    guard isDense else { return false }
    for (index, codes) in codes.enumerated() {
      let width = UInt32(widths[index])
      codes.withUnsafeBufferPointer { codes in
        joined.withUnsafeMutableBufferPointer { joined in
          if index == 0 {
            for lane in 0..<lanes { joined[lane] = codes[lane] }
          } else {
            for lane in 0..<lanes { joined[lane] = joined[lane] &<< width | codes[lane] }
          }
        }
      }
    }
    return true
  }

  /// Combines numbers lane after lane, for hashed pairs and where a key may be rejected.
  private mutating func joinEach(_ lanes: Int) {
    let adding = isOpen
    for lane in 0..<lanes {
      var joined = codes[0][lane]
      for index in codes.indices.dropFirst() where joined != KeyCoder.rejected {
        let number = codes[index][lane]
        if number == KeyCoder.rejected {
          joined = number
        } else if isDense {
          joined = joined << UInt32(widths[index]) | number
        } else {
          let pair = UInt64(joined) << 32 | UInt64(number)
          joined = pairs[index - 1].number(of: pair, adding: adding) ?? KeyCoder.rejected
        }
      }
      self.joined[lane] = joined
    }
    if !isDense {
      reserveSeat(pairs[pairs.count - 1].keys.count)
    }
  }

  /// Turns combined numbers into bins. The first loop looks up without a branch. Only where a lane
  /// found no group does a second loop visit the lanes in order, so that groups are numbered in
  /// stream order.
  private mutating func seat(_ batch: Batch, _ lanes: Lanes) {
    var missing = 0
    let size = groupOf.count
    groupOf.withUnsafeBufferPointer { groupOf in
      joined.withUnsafeBufferPointer { joined in
        bins.withUnsafeMutableBufferPointer { bins in
          for lane in 0..<lanes.count {
            let index = Int(joined[lane])
            let bin = index < size ? groupOf[index] : 0
            bins[lane] = bin
            missing &+= bin == 0 ? 1 : 0
          }
        }
      }
    }
    guard missing > 0 else { return }
    lanes.forEach { lane, row in
      if bins[lane] == 0 {
        let index = Int(joined[lane])
        let bin = index < size ? groupOf[index] : 0
        bins[lane] = bin != 0 ? bin : open(lane, index, position: batch.position &+ row)
      }
    }
  }

  /// Opens a group for a lane; bin 0 when there are enough groups.
  @inline(never)
  private mutating func open(_ lane: Int, _ index: Int, position: Int) -> UInt32 {
    guard isOpen, index < groupOf.count else {
      rejectedRecords += 1
      return 0
    }
    firstPositions.append(position)
    groupOf[index] = UInt32(count)
    for codes in codes { keyNumbers.append(codes[lane]) }
    return UInt32(count)
  }
}
