internal import Foundation

/// The first hundred bytes of a SQLite file, read without SQLite, so that another program's file is
/// refused before anything touches it.
///
/// Section 1.3 of the SQLite file format defines the offsets.
struct DatabaseHeader {
  /// The letters 'benc', which the first migration writes.
  static let applicationIdentifier = 0x6265_6E63

  let pageSize: Int
  /// The number of pages that the header gives; `nil` where the last writer did not maintain it.
  let pageCount: Int?
  let applicationIdentifier: Int
  /// Whether the file was switched to a write-ahead log.
  let isWriteAheadLogged: Bool

  /// - Returns: `nil` where the bytes are not the start of a SQLite database.
  init?(_ bytes: Data) {
    guard bytes.count >= 100, bytes.starts(with: Data("SQLite format 3\0".utf8)) else {
      return nil
    }
    func number(at offset: Int, bytes count: Int) -> Int {
      bytes.dropFirst(offset).prefix(count).reduce(0) { $0 << 8 | Int($1) }
    }
    let size = number(at: 16, bytes: 2)
    pageSize = size == 1 ? 65536 : size
    let isCountValid = number(at: 24, bytes: 4) == number(at: 92, bytes: 4)
    pageCount = isCountValid ? number(at: 28, bytes: 4) : nil
    applicationIdentifier = number(at: 68, bytes: 4)
    isWriteAheadLogged = number(at: 18, bytes: 1) == 2
  }

  /// The size that the file should have, where that is known.
  var expectedBytes: Int? { pageCount.map { $0 * pageSize } }
}
