internal import BenchModel
internal import TextCoding

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The keys of a line that have a meaning; all others are skipped.
enum LineKey: Int, CaseIterable {
  // Keys that every harness may write.
  case benchdb, project, commit, parents, committed, subject, dirty, machine, session, process
  case started, order, benchmark, parameters, version, metric, unit, direction, level, values
  case iterations
  // Keys that benchdb adds, so that nothing is lost.
  case author, authored, tree, difference, toolchain, binary, warmUp, gate, exact, run, sessionFacts
  case worker, declared, others, turnSamples, turnUncounted, shift

  var name: StaticString {
    switch self {
    case .benchdb: "benchdb"
    case .project: "project"
    case .commit: "commit"
    case .parents: "parents"
    case .committed: "committed"
    case .subject: "subject"
    case .dirty: "dirty"
    case .machine: "machine"
    case .session: "session"
    case .process: "process"
    case .started: "started"
    case .order: "order"
    case .benchmark: "benchmark"
    case .parameters: "parameters"
    case .version: "version"
    case .metric: "metric"
    case .unit: "unit"
    case .direction: "direction"
    case .level: "level"
    case .values: "values"
    case .iterations: "iterations"
    case .author: "author"
    case .authored: "authored"
    case .tree: "tree"
    case .difference: "difference"
    case .toolchain: "toolchain"
    case .binary: "binary"
    case .warmUp: "warmUp"
    case .gate: "gate"
    case .exact: "exact"
    case .run: "run"
    case .sessionFacts: "sessionFacts"
    case .worker: "worker"
    case .declared: "declared"
    case .others: "others"
    case .turnSamples: "turnSamples"
    case .turnUncounted: "turnUncounted"
    case .shift: "shift"
    }
  }

  var text: String { "\(name)" }

  /// The key that these bytes spell; `guess` is tried first, since lines of one file have their
  /// keys in one order.
  init?(_ bytes: UnsafeRawBufferPointer, guess: LineKey?) {
    if let guess, guess.isSpelled(bytes) {
      self = guess
      return
    }
    let known = LineKey.allCases.first { $0.isSpelled(bytes) } ?? EarlierNames.key(bytes)
    guard let known else { return nil }
    self = known
  }

  private func isSpelled(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let name = name
    guard bytes.count == name.utf8CodeUnitCount else { return false }
    guard let start = bytes.baseAddress else { return true }
    return memcmp(start, name.utf8Start, bytes.count) == 0
  }
}

/// The locations of the values of one line.
struct LineFields {
  struct Field {
    let range: Range<Int>
    let kind: JSONCursor.Kind
    let hasEscapes: Bool
  }

  let bytes: UnsafeRawBufferPointer
  private let fields: [Field?]

  /// The keys of the previous line, in their order.
  struct Order {
    fileprivate var keys: [LineKey?] = []
    fileprivate var fields = [Field?](repeating: nil, count: LineKey.allCases.count)
  }

  /// Reads one object to its end.
  init(_ bytes: UnsafeRawBufferPointer, order: inout Order) throws(LineProblem) {
    guard UTF8.isValid(bytes) else { throw .notUTF8 }
    self.bytes = bytes
    var fields = order.fields
    var cursor = JSONCursor(bytes)
    cursor.skipSpace()
    var isFirst = true
    var index = 0
    while let name = try cursor.nextMember(isFirst: &isFirst) {
      let key = Self.key(name.range, bytes, index, &order)
      let field = try Self.value(&cursor)
      if let key {
        guard fields[key.rawValue] == nil else { throw .repeated(key: key.text) }
        if field.kind != .null { fields[key.rawValue] = field }
      }
      index += 1
    }
    try cursor.expectEnd()
    self.fields = fields
  }

  private static func key(
    _ name: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ index: Int, _ order: inout Order
  ) -> LineKey? {
    let guess = index < order.keys.count ? order.keys[index] : nil
    let key = LineKey(UnsafeRawBufferPointer(rebasing: bytes[name]), guess: guess)
    if index < order.keys.count {
      order.keys[index] = key
    } else if index < InterchangeLimits.members {
      order.keys.append(key)
    }
    return key
  }

  private static func value(_ cursor: inout JSONCursor) throws(LineProblem) -> Field {
    let start = cursor.position
    if cursor.next == UInt8(ascii: "\"") {
      let text = try cursor.skipText()
      return Field(range: text.range, kind: .text, hasEscapes: text.hasEscapes)
    }
    let kind = try cursor.skipValue()
    return Field(range: start..<cursor.position, kind: kind, hasEscapes: false)
  }

  // MARK: Reading

  subscript(_ key: LineKey) -> Field? { fields[key.rawValue] }

  /// The bytes of a value, without the quotes of a text. They are empty where the key is missing.
  func raw(_ key: LineKey) -> UnsafeRawBufferPointer {
    guard let field = fields[key.rawValue] else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(rebasing: bytes[field.range])
  }

  /// A text of at most `limit` bytes, counted without escapes, which take up to six for one.
  func text(_ key: LineKey, limit: Int = InterchangeLimits.name) throws(LineProblem) -> String? {
    guard let field = fields[key.rawValue] else { return nil }
    guard field.kind == .text else { throw .wrongValue(key: key.text, expected: "a text") }
    let text = JSONText.decode(
      bytes, JSONScanner.Text(range: field.range, hasEscapes: field.hasEscapes))
    guard text.utf8.count <= limit else {
      throw .wrongValue(key: key.text, expected: "a text of at most \(limit) bytes")
    }
    return text
  }

  func integer(_ key: LineKey, in allowed: ClosedRange<Int>) throws(LineProblem) -> Int? {
    guard let field = fields[key.rawValue] else { return nil }
    var cursor = JSONCursor(bytes, at: field.range.lowerBound)
    guard field.kind == .number, let value = try cursor.readNumber().integer,
      allowed.contains(value)
    else {
      throw .wrongValue(key: key.text, expected: "a whole number from \(allowed.lowerBound) on")
    }
    return value
  }

  func number(_ key: LineKey) throws(LineProblem) -> Double? {
    guard let field = fields[key.rawValue] else { return nil }
    var cursor = JSONCursor(bytes, at: field.range.lowerBound)
    guard field.kind == .number, let value = try cursor.readDouble() else {
      throw .wrongValue(key: key.text, expected: "a finite number")
    }
    return value
  }

  func flag(_ key: LineKey) throws(LineProblem) -> Bool? {
    guard let field = fields[key.rawValue] else { return nil }
    guard field.kind == .flag else { throw .wrongValue(key: key.text, expected: "true or false") }
    return bytes[field.range.lowerBound] == UInt8(ascii: "t")
  }

  /// The time in milliseconds since 1970.
  func moment(_ key: LineKey) throws(LineProblem) -> Int64? {
    guard let field = fields[key.rawValue] else { return nil }
    guard field.kind == .text, let moment = InterchangeTimestamp.milliseconds(raw(key)) else {
      throw .wrongValue(key: key.text, expected: "a time such as 2026-11-23T09:05:12.345Z")
    }
    return moment
  }
}
