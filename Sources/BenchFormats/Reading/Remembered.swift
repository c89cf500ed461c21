/// A cache of the values that were made of some fields of earlier lines. Most lines have the same
/// fields as the previous line or one shortly before it, and then nothing is made again.
struct Remembered<Value> {
  private let keys: [LineKey]
  private var spelling: [UInt8] = []
  private var scratch: [UInt8] = []
  private var value: Value?
  private var earlier: [[UInt8]: Value] = [:]

  /// The most values that are remembered. Beyond it all but the last are forgotten, so that a
  /// hostile file does not fill the memory.
  private static var limit: Int { 4096 }
  /// The most bytes of fields that are remembered beyond the next line, for the same reason.
  private static var spellingLimit: Int { 4096 }

  private let remembersEarlier: Bool

  /// Creates a cache for these keys. With `remembersEarlier` it holds more than the last value, for
  /// fields through which lines cycle.
  init(_ keys: LineKey..., remembersEarlier: Bool = false) {
    self.keys = keys
    self.remembersEarlier = remembersEarlier
  }

  /// The value that `make` makes of the fields, or made of the same fields before.
  mutating func value(
    _ fields: LineFields, also: SourceIdentity? = nil, in location: ProcessLocation? = nil,
    make: () throws(LineProblem) -> Value
  ) throws(LineProblem) -> Value {
    if let known = known(fields, also: also, in: location) { return known }
    let made = try make()
    remember(made)
    return made
  }

  /// The value for these fields, if it is remembered; otherwise the caller must make it and call
  /// `remember`.
  ///
  /// `also` and `location` come from outside of the fields, and the value depends on them too.
  mutating func known(
    _ fields: LineFields, also: SourceIdentity? = nil, in location: ProcessLocation? = nil
  ) -> Value? {
    scratch.removeAll(keepingCapacity: true)
    for key in keys {
      let bytes = fields.raw(key)
      // A missing key has a length that no line has.
      let count = fields[key] == nil ? UInt32.max : UInt32(bytes.count)
      withUnsafeBytes(of: count) { scratch.append(contentsOf: $0) }
      scratch.append(contentsOf: bytes)
    }
    if let also { withUnsafeBytes(of: also) { scratch.append(contentsOf: $0) } }
    if let location { withUnsafeBytes(of: location) { scratch.append(contentsOf: $0) } }
    if scratch == spelling { return value }
    return remembersEarlier ? earlier[scratch] : nil
  }

  mutating func remember(_ value: Value) {
    if remembersEarlier, scratch.count <= Self.spellingLimit {
      if earlier.count >= Self.limit { earlier = [:] }
      earlier[scratch] = value
    }
    self.value = value
    swap(&spelling, &scratch)
  }
}
