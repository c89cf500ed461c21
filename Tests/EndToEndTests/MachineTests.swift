import Foundation
import Testing

/// Results of different classes of machines are never compared.
@Suite struct MachineTests {
  @Test(
    "another runner image is another machine: nothing is comparable, and the difference is named")
  func otherImage() throws {
    try withProject { project in
      let old = ["ImageOS": "debian12", "ImageVersion": "1"]
      let new = ["ImageOS": "debian12", "ImageVersion": "2"]
      try project.record(environment: old)
      // So much slower that any judgement at all would say so.
      try project.setCost(of: "grouped", to: 90_000_000)
      try project.commit("Group with care")
      try project.record(environment: new)

      let answer = try project.benchdb("compare", "HEAD~1", environment: new)
      #expect(answer.status == 4, "\(answer)")
      #expect(answer.reason == "benchdb: exit 4: nothing could be judged")
      #expect(answer.output.contains("Nothing judged: 2 on another machine class."))
      #expect(answer.output.contains("decided 0 of 2"))
      let json = try project.benchdb("compare", "HEAD~1", "--format", "json", environment: new)
      #expect(json.status == 4)
      let reason = "not comparable: runner image differs (debian12 1 against debian12 2)"
      #expect(json.output.ranges(of: reason).count >= 2, "\(json)")

      // Measured on both, the new machine's results are the ones compared, though the old one has
      // both too.
      try project.git("checkout", "--quiet", "HEAD~1")
      try project.record(environment: new)
      try project.git("checkout", "--quiet", "main")
      #expect(try project.benchdb("compare", "HEAD~1", environment: new).status == 1)
    }
  }

  @Test("a head that was measured elsewhere only is judged there, and that is said")
  func measuredElsewhere() throws {
    try withProject { project in
      let image = ["ImageOS": "debian12", "ImageVersion": "1"]
      try project.record(environment: image)
      try project.commit("Change nothing")
      try project.record(environment: image)
      let answer = try project.benchdb("compare", "HEAD~1")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.errors.contains("was not measured on this machine; using its results from"))
    }
  }
}
