/// A location between two records of a file, as a cursor's key holds it.
struct FileLocation {
  /// The number of bytes before it.
  var offset = 0
  /// The number of the line that begins there, counted from 1.
  var line = 1

  init(offset: Int, line: Int) {
    self.offset = offset
    self.line = line
  }

  /// Makes the location of a key. An empty key is the beginning of the file.
  init(key: [Value]) {
    guard key.count == 2, case .int64(let offset) = key[0], case .int64(let line) = key[1] else {
      return
    }
    self.offset = Int(offset)
    self.line = Int(line)
  }

  /// The key from which this location can be made again.
  var key: [Value] { [.int64(Int64(offset)), .int64(Int64(line))] }
}
