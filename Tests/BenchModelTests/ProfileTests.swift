import BenchModel
import Foundation
import Testing

@Suite struct ProfileTests {
  @Test("a profile of before instructions could be counted is read as one that counts none")
  func older() throws {
    let text = """
      {"countingProcesses":2,"maximumRecords":10000,"maximumSamples":5,"name":"smoke",
        "processes":2,"seconds":0.02}
      """
    let old = try JSONDecoder().decode(Profile.self, from: Data(text.utf8))
    #expect(old == .smoke)
  }

  @Test("asking for instructions is part of the profile, and comes back")
  func counting() throws {
    let counting = Profile.quick.counting([.instructions])
    #expect(counting.instructionProcesses == 2 && counting != .quick)
    #expect(counting.counting([]) == .quick)
    let again = try JSONDecoder().decode(Profile.self, from: JSONEncoder().encode(counting))
    #expect(again == counting)
  }

  @Test("layouts, sessions and instructions are asked for in either order, and come back")
  func paired() throws {
    let paired = Profile.quick.counting([.instructions]).paired(layouts: 6, sessions: 2)
    #expect(paired == Profile.quick.paired(layouts: 6, sessions: 2).counting([.instructions]))
    #expect(paired.instructionProcesses == 2 && paired.layouts == 6 && paired.sessions == 2)
    let again = try JSONDecoder().decode(Profile.self, from: JSONEncoder().encode(paired))
    #expect(again == paired)
    #expect(Profile.quick.paired(layouts: 1, sessions: 1) == .quick)
  }
}
