internal import BenchModel
internal import TextCoding

/// Reads the object `worker` of a process's first line, without Foundation's decoder, since every
/// process has one.
struct WorkerReading {
  private var facts = InterchangeProcessFacts()
  private var round: Int?
  private var arm: RoundPosition.Arm?
  private var outcome = "completed"
  private var reason = ""
  private var detail = ""

  static func facts(_ fields: LineFields) throws(LineProblem) -> InterchangeProcessFacts? {
    guard let field = fields[.worker] else { return nil }
    guard field.kind == .object else { throw wrong("an object") }
    var reading = WorkerReading()
    var cursor = JSONCursor(fields.bytes, at: field.range.lowerBound)
    var isFirst = true
    while let key = try cursor.nextMember(isFirst: &isFirst) {
      let name = String(decoding: fields.bytes[key.range], as: UTF8.self)
      try reading.read(name, &cursor)
    }
    reading.facts.outcome = try reading.processOutcome()
    reading.facts.position = try reading.position()
    return reading.facts
  }

  private mutating func read(_ name: String, _ cursor: inout JSONCursor) throws(LineProblem) {
    switch name {
    case "pass":
      guard let pass = MeasurementPass(rawValue: try Self.text(&cursor, name)) else {
        throw Self.wrong("'pass' to be timing, counting or instructions")
      }
      facts.pass = pass
    case "seconds":
      guard cursor.next != UInt8(ascii: "\""), cursor.next != UInt8(ascii: "{"),
        let seconds = try cursor.readDouble()
      else { throw Self.wrong("'seconds' to be a number") }
      facts.seconds = seconds
    case "outcome": outcome = try Self.text(&cursor, name)
    case "reason": reason = try Self.text(&cursor, name)
    case "detail": detail = try Self.text(&cursor, name)
    case "round": round = try Self.round(&cursor)
    case "arm":
      let text = try Self.text(&cursor, name)
      guard let arm = RoundPosition.Arm(rawValue: text) ?? EarlierNames.arm(text) else {
        throw Self.wrong("'arm' to be base, head or control")
      }
      self.arm = arm
    case "standardError": facts.standardError = try Self.text(&cursor, name)
    case "state": facts.state = try Self.object(&cursor, FactKinds.machineState)
    case "facts": facts.workerFacts = try Self.object(&cursor, FactKinds.workerFacts)
    default: _ = try cursor.skipValue()
    }
  }

  private static func round(_ cursor: inout JSONCursor) throws(LineProblem) -> Int {
    guard cursor.next != UInt8(ascii: "\""), cursor.next != UInt8(ascii: "{"),
      let number = try cursor.readDouble(),
      let round = Int(exactly: number), (0..<1_000_000).contains(round)
    else { throw wrong("'round' to be a whole number from 0") }
    return round
  }

  /// The position in a round: a process has both a round and an arm, or neither.
  private func position() throws(LineProblem) -> RoundPosition? {
    switch (round, arm) {
    case (let round?, let arm?): return RoundPosition(round: round, arm: arm)
    case (nil, nil): return nil
    default: throw Self.wrong("'round' and 'arm' to stand together")
    }
  }

  private func processOutcome() throws(LineProblem) -> ProcessOutcome {
    switch EarlierNames.outcome(outcome) {
    case "completed": return .completed
    case "failed": return .failed(reason: reason, detail: detail)
    case "crashed": return .crashed(description: reason)
    case "protocol-violation": return .protocolViolation(description: reason)
    case "timed-out":
      guard let seconds = Double(reason), seconds.isFinite else {
        throw Self.wrong("the 'reason' of 'timed-out' to be a number of seconds")
      }
      return .timedOut(seconds: seconds)
    default:
      throw Self.wrong(
        "'outcome' to be completed, failed, crashed, timed-out or protocol-violation")
    }
  }

  private static func text(_ cursor: inout JSONCursor, _ name: String) throws(LineProblem)
    -> String
  {
    guard cursor.next == UInt8(ascii: "\"") else { throw wrong("'\(name)' to be a text") }
    return JSONText.decode(cursor.bytes, try cursor.skipText())
  }

  /// Reads an object whose known members have the types of the model, and returns it as it was
  /// written.
  private static func object(
    _ cursor: inout JSONCursor, _ kinds: [String: FactKinds.Kind]
  ) throws(LineProblem) -> String {
    guard cursor.next == UInt8(ascii: "{") else { throw wrong("'state' and 'facts' to be objects") }
    let start = cursor.position
    var isFirst = true
    while let key = try cursor.nextMember(isFirst: &isFirst) {
      let name = String(decoding: cursor.bytes[key.range], as: UTF8.self)
      try check(&cursor, name, kinds[name])
    }
    return String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self)
  }

  private static func check(
    _ cursor: inout JSONCursor, _ name: String, _ expected: FactKinds.Kind?
  ) throws(LineProblem) {
    let start = cursor.position
    let kind = try cursor.skipValue()
    guard let expected, kind != .null else { return }
    switch (expected, kind) {
    case (.text, .text), (.flag, .flag), (.number, .number): return
    case (.integer, .number):
      var again = JSONCursor(cursor.bytes, at: start)
      if try again.readNumber().integer != nil { return }
    case (.method, .text):
      var again = JSONCursor(cursor.bytes, at: start)
      if RoundMethod(rawValue: try text(&again, name)) != nil { return }
    case (.texts, .object):
      var again = JSONCursor(cursor.bytes, at: start)
      var isFirst = true
      while try again.nextMember(isFirst: &isFirst) != nil { _ = try text(&again, name) }
      return
    default: break
    }
    throw wrong("'\(name)' to be \(expected.words)")
  }

  private static func wrong(_ expected: String) -> LineProblem {
    .wrongValue(key: LineKey.worker.text, expected: expected)
  }
}

/// The types of the members of `MachineState` and `WorkerFacts`, as the model encodes them.
enum FactKinds {
  enum Kind {
    case text, integer, number, flag, texts, method

    var words: String {
      switch self {
      case .text: "a text"
      case .integer: "a whole number"
      case .number: "a number"
      case .flag: "true or false"
      case .texts: "an object of texts"
      case .method: "a way in which the processes of a round run beside each other"
      }
    }
  }

  static let machineState: [String: Kind] = [
    "kernel": .text, "governor": .text, "isTurboOn": .flag, "load": .number,
    "stealTicks": .integer, "cpuPressure": .number, "availableMemoryBytes": .integer,
    "swapUsedBytes": .integer, "clockSource": .text, "temperatureCelsius": .number,
    "isOnBattery": .flag, "bootIdentifier": .text, "hostName": .text,
  ]

  static let workerFacts: [String: Kind] = [
    "peakResidentBytes": .integer, "emptyBatchNanoseconds": .number, "warmUpSeconds": .number,
    "isStable": .flag, "harness": .text, "originalUnits": .texts,
    "isOrderAssumed": .flag, "codeHash": .text, "method": .method,
    "busyBetweenTurns": .number,
  ]
}
