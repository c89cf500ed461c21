import BenchModel
import Foundation

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
