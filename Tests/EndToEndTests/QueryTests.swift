import Foundation
import Testing

/// `sql`, as scripts use it.
@Suite struct QueryTests {
  @Test("CSV has one line a row, and JSON one array a line below its heading")
  func formats() throws {
    try withProject { project in
      try project.record()
      let query = "SELECT pass, count(*) AS processes FROM process GROUP BY 1 ORDER BY 1"
      let csv = try project.benchdb("sql", "--format", "csv", query)
      #expect(csv.output == "pass,processes\r\ncounting,4\r\ntiming,6", "\(csv)")
      let json = try project.benchdb("sql", "--format", "json", query)
      let lines = json.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 3, "\(json)")
      #expect(lines.dropFirst() == ["[\"counting\",4]", "[\"timing\",6]"])
      for line in lines {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      }
    }
  }

  @Test("a statement that writes is refused, and nothing is changed")
  func writing() throws {
    try withProject { project in
      try project.record()
      let bytes = try Data(contentsOf: project.database)
      for statement in [
        "DELETE FROM sample_array", "DROP TABLE run", "PRAGMA user_version = 7",
        "SELECT 1; DELETE FROM run", "ATTACH 'other.sqlite' AS other", "VACUUM INTO 'copy.sqlite'",
      ] {
        let answer = try project.benchdb("sql", statement)
        #expect(answer.status == 2, "\(statement): \(answer)")
        #expect(answer.reason.contains("only one statement that reads is allowed"), "\(answer)")
      }
      #expect(try Data(contentsOf: project.database) == bytes)
      #expect(!FileManager.default.fileExists(atPath: project.root.path + "/copy.sqlite"))
    }
  }
}
