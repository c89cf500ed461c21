/// A place between two records of a file, as a cursor's key says it.
struct FileLocation {
  /// Bytes before it.
  var offset = 0
  /// The number of the line that begins there, counted from 1.
  var line = 1

  init(offset: Int, line: Int) {
    self.offset = offset
    self.line = line
  }

  /// The beginning of the file for an empty key.
  init(key: [Value]) {
    guard key.count == 2, case .int64(let offset) = key[0], case .int64(let line) = key[1] else {
      return
    }
    self.offset = Int(offset)
    self.line = Int(line)
  }

  /// What leads back here.
  var key: [Value] { [.int64(Int64(offset)), .int64(Int64(line))] }
}
