import BenchModel
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
}
