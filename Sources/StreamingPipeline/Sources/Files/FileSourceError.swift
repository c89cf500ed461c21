/// Everything that can be wrong with a file as a source of records.
public enum FileSourceError: Error, Equatable, Sendable {
  /// The file could not be opened for reading.
  case cannotOpen(path: String, reason: String)
  /// Reading failed at a byte of the file.
  case cannotRead(path: String, offset: Int, reason: String)
  /// A record is longer than `limit` bytes. Most likely a quote or a line end is missing.
  case recordTooLong(path: String, offset: Int, limit: Int)
  /// Text that is not in the file's format.
  case malformed(path: String, line: Int, column: Int, reason: String)
  /// A field of the source that the file's first line does not name.
  case missingColumn(path: String, field: String, known: [String])
  /// A record with another number of columns than the first line.
  case wrongColumnCount(path: String, line: Int, found: Int, expected: Int)
  /// A value that the field's type cannot hold exactly.
  case wrongValue(path: String, line: Int, field: String, type: FieldType, found: String)
}

extension FileSourceError: CustomStringConvertible {
  /// A description of what happened, where, and what to do about it.
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open \(path) for reading: \(reason)"
    case .cannotRead(let path, let offset, let reason):
      "cannot read \(path) at byte \(offset): \(reason)"
    case .recordTooLong(let path, let offset, let limit):
      "\(path): the record at byte \(offset) is longer than \(limit) bytes; a quote or a line end may be missing, "
        + "or recordLimit is too small"
    case .malformed(let path, let line, let column, let reason):
      "\(path):\(line):\(column): \(reason)"
    case .missingColumn(let path, let field, let known):
      "\(path) has no column \(field); its first line names \(known.joined(separator: ", "))"
    case .wrongColumnCount(let path, let line, let found, let expected):
      "\(path):\(line): \(found) columns, where \(expected) are expected"
    case .wrongValue(let path, let line, let field, let type, let found):
      "\(path):\(line): field \(field) is \(type) and cannot hold \(found)"
    }
  }

  /// Whether reading again may help. A file that is missing or wrong stays so.
  var isTransient: Bool {
    if case .cannotRead = self { true } else { false }
  }
}
