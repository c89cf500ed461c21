import BenchModel
import Foundation

/// What a worker's process has answered until it ended. It is read only then: while a worker
/// measures, benchdb parses nothing.
struct WorkerAnswer {
  let exit: ChildExit
  let bytes: Data
  let standardError: String

  /// Calls `body` with each message, its line and its number from 1. The last line must end with a
  /// newline, too.
  func forEachMessage(
    _ body: (WorkerMessage, Data, Int) throws -> Void
  ) throws(ProtocolViolation) {
    var rest = bytes[...]
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
        try body(try Self.message(line), line, number)
      } catch let violation as ProtocolViolation {
        throw violation
      } catch {
        throw ProtocolViolation(Self.reason(error), line: line, number: number)
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

/// The most that benchdb accepts from a worker; anything beyond is a protocol violation.
package enum WorkerLimits {
  package static let lineBytes = 1 << 20
  package static let totalBytes = 64 << 20
  package static let samples = 1_000_000
  package static let benchmarks = 10_000
  package static let nameBytes = 200
  /// The most parameters, and the most metrics, that one benchmark declares.
  package static let members = 200
  /// The longest path of a file that declares a benchmark.
  package static let pathBytes = 4 << 10
  /// A version or a line of source: whatever is larger is a mistake.
  package static let number = 1_000_000_000
  /// The longest reason, and the longest detail, of a failure.
  package static let failureBytes = 4 << 10
  /// The longest name of a harness.
  package static let harnessBytes = 200
}

/// What in a worker's answer is not the protocol, in words for people.
package struct ProtocolViolation: Error, Hashable, CustomStringConvertible {
  package let description: String

  init(_ problem: String, line: Data? = nil, number: Int? = nil) {
    let location = number.map { "line \($0): " } ?? ""
    let quote =
      line.map { " in " + quoted(String(decoding: $0.prefix(2_000), as: UTF8.self)) } ?? ""
    description = location + problem + quote
  }
}
