package import BenchModel
import Foundation

extension SHA256 {
  /// The digest of a file's contents, which are read in pieces.
  package static func hexadecimal(ofFile path: String) throws -> String {
    var hash = SHA256()
    try hash.update(file: path)
    return hash.finish()
  }

  /// Adds a file's contents.
  ///
  /// - Returns: the number of bytes of the file.
  @discardableResult
  package mutating func update(file path: String) throws -> Int {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      var count = 0
      while let piece = try file.read(upToCount: 1 << 18), !piece.isEmpty {
        piece.withUnsafeBytes { update($0) }
        count += piece.count
      }
      return count
    } catch {
      throw RunnerError.unreadable(path, reason: error.localizedDescription)
    }
  }
}
