extension FormatError: CustomStringConvertible {
  /// What happened, where, and what to do next.
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
