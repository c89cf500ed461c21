internal import BenchModel
internal import Foundation
internal import TextCoding

/// Turns lines into records: checks the values, adds missing ones, and names what has no name.
struct RecordReading {
  let defaults: InterchangeDefaults
  /// The project that the header names; it is part of the identity of everything that has a name
  /// only within it.
  var project = ""
  private var origins = Remembered<Origin>(.machine, .session, .run, .sessionFacts)
  private var builds = Remembered<NamedBuild>(
    .commit, .parents, .committed, .subject, .author, .authored, .tree, .dirty, .difference,
    .toolchain, .binary, .session, remembersEarlier: true)
  private var repository: RepositoryCommits
  private var series = Remembered<NamedSeries>(
    .benchmark, .parameters, .version, .declared, .metric, .unit, .direction, .gate, .exact,
    remembersEarlier: true)
  private var processes = Remembered<UUID>(.process)
  /// The series whose better direction neither the lines nor their units say.
  private(set) var undirected = UndirectedSeries()
  /// The sessions of lines without a session, by commit and machine.
  private var unnamedSessions: [SourceIdentity: UUID] = [:]

  private struct Origin {
    let value: Shared<InterchangeOrigin>
    let isOwn: Bool
  }

  private struct NamedBuild {
    let build: Shared<Build>
    let identity: SourceIdentity
  }

  private struct NamedSeries {
    let series: Shared<InterchangeSeries>
    let benchmark: SourceIdentity
    /// The factor that converts the file's unit to benchdb's.
    let factor: Double
    /// The facts of a process whose line has none.
    let facts: Shared<InterchangeProcessFacts>
    /// It would gate a commit if it were known which values are better.
    let lacksDirection: Bool
  }

  private struct NamedBenchmark {
    let key: BenchmarkKey
    let version: Int
    let declaration: BenchmarkDeclaration?
    let identity: SourceIdentity
  }

  private struct NamedMetric {
    let metric: Metric
    let factor: Double
    /// The file's unit, where it is another one.
    let originalUnit: String?
    /// It would gate a commit if it were known which values are better.
    let lacksDirection: Bool
  }

  init(defaults: InterchangeDefaults) {
    self.defaults = defaults
    repository = RepositoryCommits(lookUp: defaults.lookUp)
  }

  mutating func record(_ fields: LineFields) throws(LineProblem) -> InterchangeRecord {
    try require([.benchmark, .metric, .unit, .values], fields)
    let started = try fields.moment(.started)
    let named = try build(fields, started: started)
    let origin = try origin(fields, named)
    let series = try series(fields)
    let samples = try SampleReading.samples(
      fields, factor: series.factor, unit: series.series.wrappedValue.metric.unit)
    if series.lacksDirection { undirected.add(series.series.wrappedValue) }
    return InterchangeRecord(
      origin: origin.value, build: named.build,
      process: try process(
        fields, origin, named, series,
        started: started.map(Date.init(milliseconds:))
          ?? named.build.wrappedValue.revision.commit.committed
          ?? Date(timeIntervalSince1970: 0)),
      series: series.series, level: try level(fields), values: samples.values,
      iterations: samples.iterations, warmUpCount: samples.warmUpCount,
      turns: samples.turns, shift: samples.shift)
  }

  private func require(_ keys: [LineKey], _ fields: LineFields) throws(LineProblem) {
    if defaults.commit == nil, fields[.commit] == nil { throw .missing(key: LineKey.commit.text) }
    for key in keys where fields[key] == nil { throw .missing(key: key.text) }
  }

  private func level(_ fields: LineFields) throws(LineProblem) -> ValueLevel {
    guard let text = try fields.text(.level) else { return .sample }
    guard let level = ValueLevel(rawValue: text) else {
      throw .wrongValue(key: "level", expected: "sample, batch-mean or summary")
    }
    return level
  }

  // MARK: What was measured

  private mutating func build(_ fields: LineFields, started: Int64?) throws(LineProblem)
    -> NamedBuild
  {
    // The commit's date may come from this one field of the process.
    let moment =
      fields[.committed] == nil && fields[.run] == nil && started != nil
      ? SourceIdentity("started", "\(started ?? 0)") : nil
    if let known = builds.known(fields, also: moment) { return known }
    let commit = try CommitReading.commit(fields, defaults, &repository, started: started)
    let difference = try CommitReading.differenceHash(fields, project: project)
    let made = NamedBuild(
      build: Shared(
        wrappedValue: Build(
          revision: Revision(commit: commit, differenceHash: difference),
          toolchain: try fields.text(.toolchain) ?? "", binaryHash: try fields.text(.binary) ?? "")),
      identity: SourceIdentity("revision", commit.hash, difference ?? ""))
    builds.remember(made)
    return made
  }

  private mutating func series(_ fields: LineFields) throws(LineProblem) -> NamedSeries {
    // benchdb's own lines have the units of the database, which are never converted.
    let isOwn = fields[.run] != nil
    return try series.value(fields, also: isOwn ? Self.ownSeries : nil) { () throws(LineProblem) in
      let benchmark = try Self.benchmark(fields)
      let metric = try Self.metric(fields, isOwn: isOwn)
      let series = InterchangeSeries(
        benchmark: benchmark.key, version: benchmark.version, metric: metric.metric,
        declaration: benchmark.declaration)
      let facts = InterchangeProcessFacts(
        workerFacts: metric.originalUnit.map { Self.note($0, of: metric.metric.name) } ?? "{}")
      return NamedSeries(
        series: Shared(wrappedValue: series), benchmark: benchmark.identity,
        factor: metric.factor, facts: Shared(wrappedValue: facts),
        lacksDirection: metric.lacksDirection)
    }
  }

  private static let ownSeries = SourceIdentity("own series")

  private static func benchmark(_ fields: LineFields) throws(LineProblem) -> NamedBenchmark {
    guard let id = try fields.text(.benchmark), !id.isEmpty else {
      throw .wrongValue(key: "benchmark", expected: "a name such as suite/name")
    }
    let key = BenchmarkKey(id: id, parameters: try ParameterReading.parameters(fields))
    let version = try fields.integer(.version, in: 0...Int(Int32.max)) ?? 1
    var declaration: BenchmarkDeclaration?
    if fields[.declared] != nil {
      let declared = try InterchangeCoding.decode(DeclaredMetrics.self, fields, .declared)
      declaration = BenchmarkDeclaration(
        key: key, version: version, metrics: declared.metrics, source: declared.source)
    }
    let parameters = key.parameters.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    return NamedBenchmark(
      key: key, version: version, declaration: declaration,
      identity: SourceIdentity("benchmark", [id, String(version)] + parameters))
  }

  private static func metric(_ fields: LineFields, isOwn: Bool) throws(LineProblem) -> NamedMetric {
    guard let name = try fields.text(.metric), !name.isEmpty else {
      throw .wrongValue(key: "metric", expected: "a name such as wall")
    }
    let unit = try fields.text(.unit) ?? ""
    let conversion = isOwn ? UnitConversion(keeping: unit) : UnitConversion(of: unit)
    let direction = try Self.direction(fields) ?? conversion.direction
    let isGate = try fields.flag(.gate) ?? true
    let tolerance = try fields.number(.exact)
    if let tolerance, tolerance < 0 {
      throw .wrongValue(key: "exact", expected: "a tolerance of 0 or more")
    }
    return NamedMetric(
      metric: Metric(
        name: name, unit: conversion.unit, direction: direction ?? .lower,
        isGate: isGate && direction != nil,
        judgement: tolerance.map(Judgement.exact(tolerance:)) ?? .statistical),
      factor: conversion.factor,
      originalUnit: conversion.unit.rawValue == unit ? nil : unit,
      lacksDirection: isGate && direction == nil)
  }

  private static func direction(_ fields: LineFields) throws(LineProblem) -> Direction? {
    guard let text = try fields.text(.direction) else { return nil }
    guard let direction = Direction(rawValue: text) else {
      throw .wrongValue(key: "direction", expected: "lower or higher")
    }
    return direction
  }

  // MARK: Where and when

  private mutating func origin(_ fields: LineFields, _ build: NamedBuild) throws(LineProblem)
    -> Origin
  {
    let isNamed = fields[.session] != nil || fields[.run] != nil
    if let known = origins.known(fields, also: isNamed ? nil : build.identity) { return known }
    let machine = try MachineReading.machine(fields) ?? defaults.machine
    let made =
      try fields[.run] == nil
      ? foreignOrigin(fields, machine, build) : ownOrigin(fields, machine)
    origins.remember(made)
    return made
  }

  private mutating func foreignOrigin(
    _ fields: LineFields, _ machine: MachineClass, _ build: NamedBuild
  ) throws(LineProblem) -> Origin {
    let session = try session(fields, machine, build)
    let run = SourceIdentity("run", session.uuidString).uuid
    return Origin(
      value: Shared(
        wrappedValue: InterchangeOrigin(run: run, session: session, machine: machine)),
      isOwn: false)
  }

  /// The session of another harness.
  ///
  /// A named session is identified by its name within the project and the machine. One without a
  /// name is identified by its first line: when the file grows or is renamed it stays the same, and
  /// measuring the commit again gives another one.
  private mutating func session(
    _ fields: LineFields, _ machine: MachineClass, _ build: NamedBuild
  ) throws(LineProblem) -> UUID {
    let facts = machine.facts.map(\.value)
    if let name = try fields.text(.session) {
      guard !name.isEmpty else { throw .wrongValue(key: "session", expected: "a name") }
      return SourceIdentity("session", [project, name] + facts).uuid
    }
    let location = SourceIdentity("location", [build.identity.uuid.uuidString] + facts)
    if let known = unnamedSessions[location] { return known }
    let session = SourceIdentity("unnamed session", [fields.bytes]).uuid
    unnamedSessions[location] = session
    return session
  }

  private func ownOrigin(_ fields: LineFields, _ machine: MachineClass) throws(LineProblem)
    -> Origin
  {
    var facts: InterchangeRun?
    let run: UUID
    if fields[.run]?.kind == .object {
      let decoded = try InterchangeCoding.decode(InterchangeRun.self, fields, .run)
      facts = decoded
      run = decoded.run.id
    } else {
      run = try uuid(fields, .run)
    }
    let sessionFacts =
      fields[.sessionFacts] == nil
      ? nil : try InterchangeCoding.decode(Session.self, fields, .sessionFacts)
    let value = InterchangeOrigin(
      run: run, session: try uuid(fields, .session), machine: machine, runFacts: facts,
      sessionFacts: sessionFacts)
    return Origin(value: Shared(wrappedValue: value), isOwn: true)
  }

  private func uuid(_ fields: LineFields, _ key: LineKey) throws(LineProblem) -> UUID {
    guard let text = try fields.text(key), let uuid = UUID(uuidString: text) else {
      throw .wrongValue(key: key.text, expected: "a UUID, since the line has the key 'run'")
    }
    return uuid
  }

  private mutating func process(
    _ fields: LineFields, _ origin: Origin, _ build: NamedBuild, _ series: NamedSeries,
    started: Date
  ) throws(LineProblem) -> InterchangeProcess {
    let order = try fields.integer(.order, in: 0...Int(Int32.max))
    let facts = try WorkerReading.facts(fields).map(Shared.init(wrappedValue:)) ?? series.facts
    if origin.isOwn {
      return InterchangeProcess(
        id: try uuid(fields, .process), isNamed: true, started: started, order: order,
        facts: facts)
    }
    let name = try fields.text(.process)
    let location = ProcessLocation(
      session: origin.value.wrappedValue.session, revision: build.identity,
      benchmark: series.benchmark)
    let id = try processes.value(fields, in: location) { () throws(LineProblem) in
      SourceIdentity(process: name, in: location).uuid
    }
    return InterchangeProcess(
      id: id, isNamed: name != nil, started: started, order: order,
      isOrderKnown: order != nil || fields[.started] != nil, facts: facts)
  }

  private static func note(_ unit: String, of metric: String) -> String {
    var text = Array("{\"originalUnits\":{".utf8)
    JSONText.append(metric, to: &text)
    text.append(UInt8(ascii: ":"))
    JSONText.append(unit, to: &text)
    text.append(contentsOf: Array("}}".utf8))
    return String(decoding: text, as: UTF8.self)
  }
}
