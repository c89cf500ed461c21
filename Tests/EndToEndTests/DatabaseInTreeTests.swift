import BenchTestSupport
import Foundation
import Testing

@Suite("A database inside the work tree") struct DatabaseInTreeTests {
  @Test("It does not make the tree dirty, though git does not ignore it")
  func isNoChange() throws {
    try withTemporaryDirectory { directory in
      let project = try Project(in: directory)
      let options = ["--profile", "smoke", "--db", "kept/results.sqlite"]
      try FileManager.default.createDirectory(
        at: project.root.appending(path: "kept"), withIntermediateDirectories: true)
      for _ in 0..<2 {
        let record = try project.benchdb(["record"] + options)
        #expect(record.status == 0, "\(record.errors)")
      }
      let list = try project.benchdb(["list", "--db", "kept/results.sqlite"])
      #expect(!list.output.contains("*"), "\(list.output)")
      #expect(list.output.split(separator: "\n").count == 3)
    }
  }
}
