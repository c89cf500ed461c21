import Foundation
import Testing

/// What makes the machine noisy, and whether a change is the code's or the machine's.
@Suite struct DoctorTests {
  @Test("doctor watches the machine without a database, and takes both when there is one")
  func doctor() throws {
    try withProject { project in
      let alone = try project.benchdb("doctor", "--seconds", "0.2")
      #expect(alone.status == 0, "\(alone)")
      #expect(alone.output.hasPrefix("machine\n"), "\(alone)")
      #expect(alone.output.contains("There is no results database yet"), "\(alone)")
      #expect(!FileManager.default.fileExists(atPath: project.database.path))

      try project.record()
      let both = try project.benchdb("doctor", environment: ["BENCHDB_SECONDS": "0.2"])
      #expect(both.output.contains("integrity"), "\(both)")
      let json = try project.benchdb("doctor", "--seconds", "0.2", "--json")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect(document["kind"] as? String == "doctor")
      let machine = try #require(document["machine"] as? [String: Any])
      #expect((machine["findings"] as? [Any])?.isEmpty == false)
      #expect((document["database"] as? [String: Any])?["integrity"] as? String == "ok")

      for wrong in ["0", "abc", "601"] {
        let refused = try project.benchdb("doctor", "--seconds", wrong)
        #expect(refused.status == 2, "\(refused)")
        #expect(refused.reason.contains("from 0.1 to 600"), "\(refused)")
      }
    }
  }

  @Test("show --why says what the counters of both sides say, in a table and a sentence")
  func why() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 90_000_000)
      var worker = try project.text(of: "worker.sh")
      worker.replace(#""allocations","value":12"#, with: #""allocations","value":18"#)
      try project.write(worker, to: "worker.sh")
      try project.commit("Group with care")
      try project.record()

      let answer = try project.benchdb("show", "throughput/grouped", "--why")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("The code changed: 50.0 % more allocations."), "\(answer)")
      #expect(answer.output.contains("+50.0 %"), "\(answer)")
      #expect(!answer.output.contains("throughput/simple"), "\(answer)")
      let named = try project.benchdb("show", "throughput/grouped", "--why", "HEAD~1", "HEAD")
      #expect(named.output.contains("(HEAD~1,"), "\(named)")
      #expect(named.output.contains("The code changed"), "\(named)")
      let json = try project.benchdb(
        "show", "throughput/grouped · cpu", "--why", "--format", "json")
      #expect(json.output.contains(#""cause" : "code""#), "\(json)")

      let mistyped = try project.benchdb("show", "throughput/groped", "--why")
      #expect(mistyped.status == 2 && mistyped.reason.contains("Did you mean"), "\(mistyped)")
      let needless = try project.benchdb("show", "throughput/grouped", "HEAD~1")
      #expect(needless.status == 2 && needless.errors.contains("needs --why"), "\(needless)")
      #expect(try project.benchdb("show", "--why").status == 2)
    }
  }

  @Test("a toolchain that changed between the sides is named beside the cause")
  func circumstances() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "simple", to: 16_000_000)
      try project.commit("Wait")
      try project.record()
      let run = "SELECT max(id) FROM session"
      try project.change(
        "UPDATE session SET state = json_set(state, '$.kernel', '9.9.9') WHERE id = (\(run))")
      let answer = try project.benchdb("show", "throughput/simple", "--why")
      #expect(answer.output.contains("not known: instructions were not counted"), "\(answer)")
      #expect(answer.output.contains("Besides, kernel differs between the sides"), "\(answer)")
    }
  }
}
