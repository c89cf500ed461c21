import BenchModel
import Foundation

/// What benchdb accepts from a worker at most; anything beyond is garbage.
package enum WorkerLimits {
  package static let lineBytes = 1 << 20
  package static let totalBytes = 64 << 20
  package static let samples = 1_000_000
  package static let benchmarks = 10_000
  package static let nameBytes = 200
  /// Parameters of a benchmark, and metrics of one.
  package static let members = 200
  /// Of the file that declares a benchmark.
  package static let pathBytes = 4 << 10
  /// A version or a line of source: whatever is larger is a mistake.
  package static let number = 1_000_000_000
  /// What a worker says of a failure, each of reason and detail.
  package static let failureBytes = 4 << 10
  /// What it calls its harness.
  package static let harnessBytes = 200
}

/// Something that is not the protocol, said for people.
package struct ProtocolViolation: Error, Hashable, CustomStringConvertible {
  package let description: String

  init(_ problem: String, line: Data? = nil, number: Int? = nil) {
    let location = number.map { "line \($0): " } ?? ""
    let quote =
      line.map { " in " + quoted(String(decoding: $0.prefix(2_000), as: UTF8.self)) } ?? ""
    description = location + problem + quote
  }
}

/// A worker's answer, read after it ended: while it measures, benchdb parses nothing.
enum WorkerAnswer {
  /// Calls `body` with each message, its line and its number from 1. The last line must end with a
  /// newline, too.
  static func forEachMessage(
    in answer: Data, _ body: (WorkerMessage, Data, Int) throws -> Void
  ) throws(ProtocolViolation) {
    var rest = answer[...]
    var number = 0
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: 0x0A)
      let line = Data(rest[..<(end ?? rest.endIndex)])
      guard line.count <= WorkerLimits.lineBytes else {
        throw ProtocolViolation(
          "a line of more than \(WorkerLimits.lineBytes >> 20) MiB", line: line, number: number)
      }
      guard let end else {
        throw ProtocolViolation("no newline at the end", line: line, number: number)
      }
      do {
        try body(try message(line), line, number)
      } catch let violation as ProtocolViolation {
        throw violation
      } catch {
        throw ProtocolViolation(reason(error), line: line, number: number)
      }
      rest = rest[(end + 1)...]
    }
  }

  private static func message(_ line: Data) throws -> WorkerMessage {
    try JSONLine.decode(WorkerMessage.self, from: line)
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "not a message" }
    return switch error {
    case .keyNotFound(let key, _): "a message without \(quoted(key.stringValue))"
    case .typeMismatch(_, let context) where !context.codingPath.isEmpty,
      .valueNotFound(_, let context) where !context.codingPath.isEmpty,
      .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "a wrong value for \(quoted(context.codingPath.map(\.stringValue).joined(separator: ".")))"
    default: "not a line of JSON"
    }
  }
}

/// The answer to `list`.
enum WorkerList {
  static func parse(_ answer: Data) throws(ProtocolViolation) -> [BenchmarkDeclaration] {
    var declarations: [BenchmarkDeclaration] = []
    var keys: Set<BenchmarkKey> = []
    var isComplete = false
    try WorkerAnswer.forEachMessage(in: answer) { message, line, number in
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
