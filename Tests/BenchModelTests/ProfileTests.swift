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
}
