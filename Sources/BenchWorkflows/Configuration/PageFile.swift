import BenchOutput
import Foundation

/// A page that may be there already.
package enum PageFile {
  /// A file that begins as benchdb's pages do, or is empty; and what keeps nothing that could be
  /// lost.
  package static func isPage(_ path: String) -> Bool {
    if OutputFile.isStream(path) { return true }
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    guard let start = try? file.read(upToCount: 1_024), !start.isEmpty else { return true }
    return String(decoding: start, as: UTF8.self).contains(PageSignature.text)
  }
}
