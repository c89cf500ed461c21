/// Gives the values of one key small numbers: 0 for null, then 1, 2… as values are first seen.
struct KeyCoder {
  /// The number of a value that is new and may not be added.
  static let rejected = UInt32.max

  private let type: FieldType
  private var integers = IntegerInterner()
  private var texts = TextInterner()
  private var translation: [UInt32] = []
  private var translated: StringDictionary?

  init(_ type: FieldType) {
    self.type = type
  }

  /// One more than the greatest number in use.
  var cardinality: Int { 1 + (type == .string ? texts.count : integers.keys.count) }

  /// The number of bits of the greatest number in use.
  var width: Int { Int.bitWidth - (cardinality - 1).leadingZeroBitCount }

  /// The values that the numbers stand for.
  var values: [Value] {
    if type == .string { return [.null] + (0..<texts.count).map { .string(texts[$0]) } }
    return [.null]
      + integers.keys.map { bits in
        type == .double
          ? .double(Double(bitPattern: bits)) : type.value(stored: Int64(bitPattern: bits))
      }
  }

  /// The numbers, in this coder, of all values of another, by their number there.
  mutating func numbers(of other: KeyCoder) -> [UInt32] {
    var numbers: [UInt32] = [0]
    numbers.reserveCapacity(other.cardinality)
    if type == .string {
      for index in 0..<other.texts.count {
        let number = other.texts.withText(index) { texts.number(of: $0, adding: true) }
        numbers.append(number.map { $0 + 1 } ?? Self.rejected)
      }
    } else {
      for key in other.integers.keys {
        numbers.append(integers.number(of: key, adding: true).map { $0 + 1 } ?? Self.rejected)
      }
    }
    return numbers
  }

  /// The number of a dictionary's entry; `rejected` when it is new and `adding` is false.
  mutating func number(ofEntry entry: Int, in dictionary: StringDictionary, adding: Bool) -> UInt32
  {
    var text = dictionary.values[entry]
    return text.withUTF8 { texts.number(of: $0, adding: adding) }.map { $0 + 1 } ?? Self.rejected
  }

  /// An estimate of the bytes it holds.
  var heldBytes: Int { integers.heldBytes + texts.heldBytes + translation.count * 4 }

  /// Writes the number of every lane's value; false when one of them is `rejected`, which happens
  /// only when `adding` is false.
  mutating func encode(
    _ column: Column, _ lanes: Lanes, adding: Bool, into codes: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    switch column.storage {
    case .dictionary(let values, let dictionary):
      translate(dictionary, adding: adding)
      return encode(values, column, lanes, codes)
    case .strings(let strings): return encode(strings, column, lanes, adding, codes)
    case .int64(let values):
      return encode(values, column, lanes, adding, codes) { UInt64(bitPattern: $0) }
    case .int32(let values):
      return encode(values, column, lanes, adding, codes) { UInt64(bitPattern: Int64($0)) }
    case .bool(let values): return encode(values, column, lanes, adding, codes) { $0 ? 1 : 0 }
    case .double(let values): return encode(values, column, lanes, adding, codes, keyBits)
    }
  }

  private mutating func encode<Element>(
    _ values: [Element], _ column: Column, _ lanes: Lanes, _ adding: Bool,
    _ codes: UnsafeMutablePointer<UInt32>, _ key: (Element) -> UInt64
  ) -> Bool {
    var interner = IntegerInterner()
    swap(&interner, &integers)
    defer { swap(&interner, &integers) }
    var complete = true
    withWindow(values, column) { values in
      lanes.forEach(
        column,
        valid: { lane, row in
          if let number = interner.number(of: key(values[row]), adding: adding) {
            codes[lane] = number &+ 1
          } else {
            codes[lane] = Self.rejected
            complete = false
          }
        }, null: { codes[$0] = 0 })
    }
    return complete
  }

  private mutating func encode(
    _ strings: PackedStrings, _ column: Column, _ lanes: Lanes, _ adding: Bool,
    _ codes: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    var complete = true
    strings.bytes.withUnsafeBufferPointer { bytes in
      lanes.forEach(
        column,
        valid: { lane, row in
          let text = strings.text(column.offset &+ row, in: bytes)
          if let number = texts.number(of: text, adding: adding) {
            codes[lane] = number &+ 1
          } else {
            codes[lane] = Self.rejected
            complete = false
          }
        }, null: { codes[$0] = 0 })
    }
    return complete
  }
}

extension KeyCoder {
  /// Finds the numbers of a dictionary's entries, once for each dictionary.
  private mutating func translate(_ dictionary: StringDictionary, adding: Bool) {
    guard translated !== dictionary else { return }
    translated = dictionary
    translation = dictionary.values.indices.map {
      number(ofEntry: $0, in: dictionary, adding: adding)
    }
  }

  private func encode(
    _ values: [UInt32], _ column: Column, _ lanes: Lanes, _ codes: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    guard !translation.isEmpty else {
      for lane in 0..<lanes.count { codes[lane] = 0 }
      return true
    }
    var greatest: UInt32 = 0
    translation.withUnsafeBufferPointer { translation in
      withWindow(values, column) { values in
        lanes.forEach { lane, row in
          let code = translation[Int(values[row])]
          codes[lane] = code
          greatest = max(greatest, code)
        }
        lanes.forEachNull(column) { codes[$0] = 0 }
      }
    }
    return greatest != Self.rejected
  }
}
