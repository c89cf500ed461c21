/// Why a file of results could not be read.
package enum FormatError: Error, Sendable, Hashable {
  /// One line that is wrong; the next call reads the line after it.
  case badLine(file: String, line: Int, problem: LineProblem)
  /// The file as a whole is something else, or cannot be read any further.
  case unreadable(file: String, detail: String)
}

/// What is wrong with one line.
package enum LineProblem: Error, Sendable, Hashable {
  case notUTF8
  /// Not JSON from this byte of the line on, counted from 1.
  case notJSON(byte: Int, expected: String)
  case tooLong(limit: Int)
  case tooDeep(limit: Int)
  case tooManyValues(limit: Int)
  case noHeader
  case otherVersion(String)
  case missing(key: String)
  case repeated(key: String)
  /// A key with a value that may not stand there; `expected` ends the sentence 'expected …'.
  case wrongValue(key: String, expected: String)
  case unequalCounts(values: Int, iterations: Int)
  /// Something the database says against it.
  case refused(String)
}
