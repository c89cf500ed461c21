/// What was made of some fields of earlier lines: most lines agree in them with the line before, or
/// with one not far before it, and then nothing is made again.
struct Remembered<Value> {
  private let keys: [LineKey]
  private var spelling: [UInt8] = []
  private var scratch: [UInt8] = []
  private var value: Value?
  private var earlier: [[UInt8]: Value] = [:]

  /// Values remembered; beyond that all but the last are forgotten, so that a hostile file does not
  /// fill the memory.
  private static var limit: Int { 4096 }
  /// Bytes of fields that are remembered beyond the next line, for the same reason.
  private static var spellingLimit: Int { 4096 }

  private let remembersEarlier: Bool

  /// With `remembersEarlier` not only the last value is kept: for fields that lines go through by
  /// turns.
  init(_ keys: LineKey..., remembersEarlier: Bool = false) {
    self.keys = keys
    self.remembersEarlier = remembersEarlier
  }

  /// What `make` makes of the fields, or made of the same ones before.
  mutating func value(
    _ fields: LineFields, also: SourceIdentity? = nil, in location: ProcessLocation? = nil,
    make: () throws(LineProblem) -> Value
  ) throws(LineProblem) -> Value {
    if let known = known(fields, also: also, in: location) { return known }
    let made = try make()
    remember(made)
    return made
  }

  /// The value remembered for these fields; otherwise `remember` must follow with what was made of
  /// them.
  ///
  /// `also` and `place` are from outside of the fields, and the value depends on them too.
  mutating func known(
    _ fields: LineFields, also: SourceIdentity? = nil, in location: ProcessLocation? = nil
  ) -> Value? {
    scratch.removeAll(keepingCapacity: true)
    for key in keys {
      let bytes = fields.raw(key)
      // Where there is no such key, its length is one that no line has.
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
