import BenchModel
import Foundation

/// The answer to `list`.
enum WorkerList {
  static func parse(_ answer: WorkerAnswer) throws(ProtocolViolation) -> [BenchmarkDeclaration] {
    var declarations: [BenchmarkDeclaration] = []
    var keys: Set<BenchmarkKey> = []
    var isComplete = false
    try answer.forEachMessage { message, line, number in
      guard !isComplete else {
        throw ProtocolViolation("more after 'end'", line: line, number: number)
      }
      switch message {
      case .benchmark(let declaration):
        if let problem = problem(of: declaration) {
          throw ProtocolViolation(problem, number: number)
        }
        guard keys.insert(declaration.key).inserted else {
          throw ProtocolViolation("\(declaration.key) is declared twice", number: number)
        }
        guard keys.count <= WorkerLimits.benchmarks else {
          throw ProtocolViolation("more than \(WorkerLimits.benchmarks) benchmarks")
        }
        declarations.append(declaration)
      case .end: isComplete = true
      case .failure(let reason, let detail):
        throw ProtocolViolation("it failed: \(reason)\(detail.isEmpty ? "" : ": \(detail)")")
      case .sample, .done:
        throw ProtocolViolation("not an answer to 'list'", line: line, number: number)
      }
    }
    guard isComplete else { throw ProtocolViolation("it ended without saying 'end'") }
    return declarations
  }

  private static func problem(of declaration: BenchmarkDeclaration) -> String? {
    let key = declaration.key
    let metrics = declaration.metrics.map(\.name)
    let names =
      [key.id] + key.parameters.flatMap { [$0.key, $0.value] } + metrics
      + declaration.metrics.map(\.unit.rawValue)
    if let bad = names.first(where: { !isName($0) }) {
      return "\(quoted(bad)) is not a name (1 to \(WorkerLimits.nameBytes) bytes, no control "
        + "characters, no space at either end)"
    }
    guard max(key.parameters.count, metrics.count) <= WorkerLimits.members else {
      return "\(quoted(key.id)) declares more than \(WorkerLimits.members) parameters or metrics"
    }
    if metrics.isEmpty { return "\(key) declares no metric" }
    if Set(metrics).count < metrics.count { return "\(key) declares a metric twice" }
    for metric in declaration.metrics {
      if case .exact(let tolerance) = metric.judgement, !(tolerance.isFinite && tolerance >= 0) {
        return "the tolerance of \(quoted(metric.name)) is not a share"
      }
    }
    guard (1...WorkerLimits.number).contains(declaration.version) else {
      return "\(key) has version \(declaration.version); versions count from 1"
    }
    return declaration.source.flatMap { problem(of: $0, key) }
  }

  private static func problem(of source: SourceLocation, _ key: BenchmarkKey) -> String? {
    guard (1...WorkerLimits.number).contains(source.line) else {
      return "\(key) is declared in line \(source.line); lines count from 1"
    }
    guard !source.file.isEmpty, source.file.utf8.count <= WorkerLimits.pathBytes,
      !source.file.utf8.contains(0)
    else {
      return "\(quoted(source.file)) is not the path of a file (1 to \(WorkerLimits.pathBytes) "
        + "bytes, no NUL)"
    }
    return nil
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= WorkerLimits.nameBytes && name.first != " "
      && name.last != " "
      && !name.unicodeScalars.contains {
        $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
      }
  }
}
