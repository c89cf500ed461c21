package import BenchModel
internal import Foundation
internal import TextCoding

/// Writes benchdb JSON Lines in blocks.
///
/// Every line has all that another reader needs. The facts of a run, a session, a process and a
/// benchmark that only benchdb knows are on the first line that belongs to each; the record has
/// them there, and only there.
package struct InterchangeWriter {
  private var buffer: [UInt8] = []
  private let sink: ([UInt8]) throws -> Void
  private var shared = SharedText()
  /// The number of lines after the header.
  package private(set) var count = 0

  /// - Parameter sink: takes blocks of whole lines.
  package init(sink: @escaping ([UInt8]) throws -> Void) { self.sink = sink }

  package mutating func begin(project: String, remainder: InterchangeRemainder) throws {
    append("{\"benchdb\":1")
    append(.project, project)
    if !remainder.isEmpty { append(.others, raw: try InterchangeCoding.encode(remainder)) }
    append("}\n")
  }

  package mutating func write(_ record: InterchangeRecord) throws {
    try shared.update(record)
    buffer.append(contentsOf: shared.commit)
    buffer.append(contentsOf: shared.machine)
    try writeOrigin(record.origin)
    try writeProcess(record)
    try writeSeries(record.series)
    writeSamples(record)
    append("}\n")
    count += 1
    if buffer.count >= 1 << 16 { try flush() }
  }

  package mutating func end() throws { try flush() }

  private mutating func flush() throws {
    if buffer.isEmpty { return }
    try sink(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func writeOrigin(_ origin: InterchangeOrigin) throws {
    if let facts = origin.runFacts {
      append(.run, raw: try InterchangeCoding.encode(facts))
    } else {
      append(.run, origin.run)
    }
    append(.session, origin.session)
    if let facts = origin.sessionFacts {
      append(.sessionFacts, raw: try InterchangeCoding.encode(facts))
    }
  }

  private mutating func writeProcess(_ record: InterchangeRecord) throws {
    let process = record.process
    append(.process, process.id)
    append(.started, InterchangeTimestamp.text(process.started))
    if let order = process.order { append(.order, raw: Array(String(order).utf8)) }
    buffer.append(contentsOf: shared.build)
    if let facts = shared.worker { append(.worker, raw: facts) }
  }

  private mutating func writeSeries(_ series: InterchangeSeries) throws {
    buffer.append(contentsOf: shared.benchmark)
    if let declaration = series.declaration {
      let declared = DeclaredMetrics(metrics: declaration.metrics, source: declaration.source)
      append(.declared, raw: try InterchangeCoding.encode(declared))
    }
    let metric = series.metric
    append(.metric, metric.name)
    append(.unit, metric.unit.rawValue)
    append(.direction, metric.direction.rawValue)
    if !metric.isGate { append(.gate, raw: Array("false".utf8)) }
    if case .exact(let tolerance) = metric.judgement {
      append(.exact, raw: Array(ShortestDecimal.text(tolerance).utf8))
    }
  }

  private mutating func writeSamples(_ record: InterchangeRecord) {
    append(.level, record.level.rawValue)
    if record.warmUpCount > 0 { append(.warmUp, raw: Array(String(record.warmUpCount).utf8)) }
    if let turns = record.turns {
      append(.turnSamples, raw: Array(String(turns.samples).utf8))
      append(.turnUncounted, raw: Array(String(turns.uncounted).utf8))
    }
    if let shift = record.shift { append(.shift, raw: Array(ShortestDecimal.text(shift).utf8)) }
    append(",\"values\":")
    ShortestDecimal.append(record.values, to: &buffer)
    append(",\"iterations\":")
    ShortestDecimal.append(record.iterations, to: &buffer)
  }

  private mutating func append(_ text: StaticString) {
    buffer.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ key: LineKey, _ text: String) {
    SharedText.append(key, to: &buffer)
    JSONText.append(text, to: &buffer)
  }

  private mutating func append(_ key: LineKey, _ uuid: UUID) {
    append(key, uuid.uuidString.lowercased())
  }

  private mutating func append(_ key: LineKey, raw: [UInt8]) {
    SharedText.append(key, to: &buffer)
    buffer.append(contentsOf: raw)
  }
}

/// The parts of a line that many lines have in common; they are made again when they change.
private struct SharedText {
  private(set) var commit: [UInt8] = []
  private(set) var machine: [UInt8] = []
  private(set) var build: [UInt8] = []
  private(set) var benchmark: [UInt8] = []
  /// The facts of the process, on its first line only.
  private(set) var worker: [UInt8]?
  private var last: InterchangeRecord?

  mutating func update(_ record: InterchangeRecord) throws {
    if last?.build != record.build {
      commit = Self.text(of: record.build.revision)
      build = Self.text(of: record.build)
    }
    if last?.origin.machine != record.origin.machine {
      machine = try Self.text(of: record.origin.machine)
    }
    if last?.series.benchmark != record.series.benchmark
      || last?.series.version != record.series.version
    {
      benchmark = Self.text(of: record.series)
    }
    worker = last?.process.id == record.process.id ? nil : Self.text(of: record.process.facts)
    last = record
  }

  static func append(_ key: LineKey, to text: inout [UInt8]) {
    text.append(contentsOf: [UInt8(ascii: ","), UInt8(ascii: "\"")])
    let name = key.name
    text.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    text.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
  }

  private static func append(_ key: LineKey, _ value: String, to text: inout [UInt8]) {
    append(key, to: &text)
    JSONText.append(value, to: &text)
  }

  private static func text(of revision: Revision) -> [UInt8] {
    let commit = revision.commit
    var text = Array("{\"commit\":\"\(commit.hash)\"".utf8)
    append(.parents, to: &text)
    let parents = commit.parents.map { "\"\($0)\"" }.joined(separator: ",")
    text.append(contentsOf: Array("[\(parents)]".utf8))
    if let date = commit.committed {
      append(.committed, InterchangeTimestamp.text(date), to: &text)
    }
    append(.subject, commit.subject, to: &text)
    append(.author, commit.author, to: &text)
    if let date = commit.authored { append(.authored, InterchangeTimestamp.text(date), to: &text) }
    append(.tree, commit.tree, to: &text)
    append(.dirty, to: &text)
    text.append(contentsOf: Array((revision.isDirty ? "true" : "false").utf8))
    if let difference = revision.differenceHash { append(.difference, difference, to: &text) }
    return text
  }

  private static func text(of machine: MachineClass) throws -> [UInt8] {
    var text: [UInt8] = []
    append(.machine, to: &text)
    if let name = machine.onlyName {
      JSONText.append(name, to: &text)
    } else {
      text.append(contentsOf: try InterchangeCoding.encode(machine))
    }
    return text
  }

  private static func text(of build: Build) -> [UInt8] {
    var text: [UInt8] = []
    append(.toolchain, build.toolchain, to: &text)
    append(.binary, build.binaryHash, to: &text)
    return text
  }

  private static func text(of series: InterchangeSeries) -> [UInt8] {
    var text: [UInt8] = []
    append(.benchmark, series.benchmark.id, to: &text)
    append(.parameters, to: &text)
    var separator = "{"
    for (name, value) in series.benchmark.parameters.sorted(by: { $0.key < $1.key }) {
      text.append(contentsOf: Array(separator.utf8))
      JSONText.append(name, to: &text)
      text.append(UInt8(ascii: ":"))
      JSONText.append(value, to: &text)
      separator = ","
    }
    text.append(contentsOf: Array((separator == "{" ? "{}" : "}").utf8))
    append(.version, to: &text)
    text.append(contentsOf: Array(String(series.version).utf8))
    return text
  }

  private static func text(of facts: InterchangeProcessFacts) -> [UInt8] {
    var text = Array("{\"pass\":\"\(facts.pass.rawValue)\",\"seconds\":".utf8)
    text.append(contentsOf: Array(ShortestDecimal.text(facts.seconds).utf8))
    let (outcome, reason, detail) = words(facts.outcome)
    text.append(contentsOf: Array(",\"outcome\":\"\(outcome)\"".utf8))
    for (key, value) in [
      ("reason", reason), ("detail", detail), ("standardError", facts.standardError),
    ] where !value.isEmpty {
      text.append(contentsOf: Array(",\"\(key)\":".utf8))
      JSONText.append(value, to: &text)
    }
    if let position = facts.position {
      text.append(
        contentsOf: Array(",\"round\":\(position.round),\"arm\":\"\(position.arm.rawValue)\"".utf8))
    }
    text.append(contentsOf: Array(",\"state\":\(facts.state),\"facts\":\(facts.workerFacts)}".utf8))
    return text
  }

  private static func words(_ outcome: ProcessOutcome) -> (String, reason: String, detail: String) {
    switch outcome {
    case .completed: ("completed", "", "")
    case .failed(let reason, let detail): ("failed", reason, detail)
    case .crashed(let description): ("crashed", description, "")
    case .timedOut(let seconds): ("timed-out", "\(seconds)", "")
    case .protocolViolation(let description): ("protocol-violation", description, "")
    }
  }
}
