import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("The hash of a file") struct FileHashTests {
  @Test("A file has the digest of its bytes, and a missing one an error")
  func files() throws {
    try withTemporaryDirectory { directory in
      let bytes = [UInt8](repeating: 7, count: 600_000)
      let file = directory.appending(path: "file")
      try Data(bytes).write(to: file)
      #expect(try SHA256.hexadecimal(ofFile: file.path) == SHA256.hexadecimal(of: bytes))
      #expect(throws: RunnerError.self) { try SHA256.hexadecimal(ofFile: file.path + "x") }
    }
  }
}
