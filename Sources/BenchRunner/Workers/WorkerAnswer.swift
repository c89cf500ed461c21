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
