/// The reason why a file of results could not be read.
package enum FormatError: Error, Sendable, Hashable {
  /// One line is wrong; the next call reads the line after it.
  case badLine(file: String, line: Int, problem: LineProblem)
  /// The whole file is something else, or cannot be read any further.
  case unreadable(file: String, detail: String)
}

/// The problem of one line.
package enum LineProblem: Error, Sendable, Hashable {
  case notUTF8
  /// The line is not JSON from this byte on, counted from 1.
  case notJSON(byte: Int, expected: String)
  /// The line ends before its object does, as in JSON that is printed over several lines.
  case unfinished
  case tooLong(limit: Int)
  case tooDeep(limit: Int)
  case tooManyValues(limit: Int)
  case noHeader
  case compressed(CompressedFormat)
  case otherVersion(String)
  case missing(key: String)
  case repeated(key: String)
  /// A key has a value that is not allowed; `expected` ends the sentence 'expected …'.
  case wrongValue(key: String, expected: String)
  case unequalCounts(values: Int, iterations: Int)
  /// The database refuses the line, for this reason.
  case refused(String)
}

extension FormatError: CustomStringConvertible {
  /// What happened, in which line, and what to do next.
  package var description: String {
    switch self {
    case .badLine(let file, let line, let problem): "\(file):\(line): \(problem)"
    case .unreadable(let file, let detail): "\(file): \(detail)"
    }
  }
}

extension LineProblem: CustomStringConvertible {
  package var description: String { jsonText ?? contentText }

  private var jsonText: String? {
    switch self {
    case .notUTF8: "the line is not UTF-8"
    case .notJSON(let byte, let expected): "not JSON at byte \(byte): expected \(expected)"
    case .unfinished:
      "the object does not end on this line; each line has to be a whole object, as `jq -c .` "
        + "prints it"
    case .tooLong(let limit): "the line is longer than \(limit) bytes"
    case .tooDeep(let limit): "objects and arrays are nested deeper than \(limit)"
    case .tooManyValues(let limit): "more than \(limit) values"
    default: nil
    }
  }

  private var contentText: String {
    switch self {
    case .noHeader:
      "this is not benchdb JSON Lines; its first line is the header {\"benchdb\":1,\"project\":…}"
    case .compressed(let format):
      "this is \(format.rawValue); decompress it first, as in "
        + "`\(format.command) FILE | benchdb import -`"
    case .otherVersion(let version):
      "version \(version) of benchdb JSON Lines; this benchdb reads version 1"
    case .missing(let key): "'\(key)' is missing"
    case .repeated(let key): "'\(key)' stands there twice"
    case .wrongValue(let key, let expected): "'\(key)': expected \(expected)"
    case .unequalCounts(let values, let iterations):
      "\(values) values and \(iterations) iterations; there must be as many of both"
    case .refused(let detail): detail
    default: ""
    }
  }
}
