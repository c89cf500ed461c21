import BenchModel
import Foundation
import Testing

@Suite("Classes of machines") struct MachineClassTests {
  @Test("what is not known of a machine is left out of its summary and called unknown elsewhere")
  func unknown() {
    let named = MachineClass(
      architecture: "", cpuModel: "box", cores: 0, memoryBucketGiB: 0, system: "")
    #expect(named.summary == "box")
    #expect(
      named.facts.map(\.value)
        == ["unknown", "box", "unknown", "unknown", "unknown", "none", "none", ""])
    let whole = MachineClass(
      architecture: "x86_64", cpuModel: "box", cores: 1, memoryBucketGiB: 8, system: "Linux 6")
    #expect(whole.summary == "box, 1 core, Linux 6")
    #expect(named.differences(from: whole).contains("cores differs (unknown against 1)"))
    let nothing = MachineClass(
      architecture: "", cpuModel: "", cores: 0, memoryBucketGiB: 0, system: "")
    #expect(nothing.summary == "an unknown machine")
  }

  private func machine(
    _ name: String, memory: Int = 16, image: String = ""
  ) -> MachineClass {
    MachineClass(
      architecture: "x86_64", cpuModel: name, cores: 2, memoryBucketGiB: memory, system: "Linux 6",
      runnerImage: image)
  }

  @Test(
    "names that differ in the case of letters or in blanks are one class",
    arguments: ["ci large", "CI LARGE", " CI  large", "CI\tLarge\u{A0}"])
  func oneName(_ name: String) throws {
    #expect(machine(name) == machine("CI large"))
    #expect(Set([machine(name), machine("CI large")]).count == 1)
    #expect(machine(name).differences(from: machine("CI large")) == [])
    // The name stays as it is written.
    #expect(machine(name).cpuModel == name)
    let copy = try JSONDecoder().decode(
      MachineClass.self, from: JSONEncoder().encode(machine(name)))
    #expect(copy == machine("CI large") && copy.cpuModel == name)
  }

  @Test(
    "other names are other classes", arguments: ["CI-large", "CIlarge", "CI large 1", "CI lar ge"])
  func otherNames(_ name: String) {
    #expect(machine(name) != machine("CI large"))
    #expect(machine(name).differences(from: machine("CI large")).count == 1)
  }

  @Test("classes with one summary are told apart by what differs, and no others")
  func titles() {
    let (small, large) = (machine("AMD EPYC"), machine("amd epyc", memory: 64, image: "ubuntu24"))
    let other = machine("Xeon")
    let titles = MachineTitles([small, large, other, machine("AMD  EPYC")])
    #expect(
      titles[small] == "AMD EPYC, 2 cores, Linux 6 (memory 16 GiB, no runner image)")
    #expect(
      titles[large] == "amd epyc, 2 cores, Linux 6 (memory 64 GiB, runner image ubuntu24)")
    #expect(titles[other] == other.summary)
    #expect(MachineTitles([small])[small] == small.summary)
  }
}
