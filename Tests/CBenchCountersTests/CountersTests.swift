import CBenchCounters
import Foundation
import Testing

/// The tests run one after another, because the hardware counters belong to the whole process.
@Suite(.serialized) struct CountersTests {
  @Test("clocks never go back")
  func clocks() {
    var (wall, cpu) = (benchdb_monotonic_nanoseconds(), benchdb_cpu_nanoseconds())
    #expect(wall > 0)
    for _ in 0..<1_000 {
      let (nextWall, nextCPU) = (benchdb_monotonic_nanoseconds(), benchdb_cpu_nanoseconds())
      #expect(nextWall >= wall && nextCPU >= cpu)
      (wall, cpu) = (nextWall, nextCPU)
    }
  }

  @Test("a hardware counter is absent, or counts up; it is never zero")
  func hardware() {
    benchdb_hardware_open()
    defer { benchdb_hardware_close() }
    var (first, second) = (UInt64.max, UInt64.max)
    if benchdb_hardware_instructions(&first) {
      #expect(benchdb_hardware_instructions(&second))
      #expect(first > 0 && second > first)
    } else {
      #expect(first == .max, "an absent counter must leave the value alone")
    }
  }

  @Test("a closed hardware counter is absent")
  func closed() {
    var value: UInt64 = 7
    benchdb_hardware_close()
    #expect(!benchdb_hardware_cycles(&value))
    #expect(value == 7)
  }

  #if os(Linux)
    @Test("the resident peak falls back when it is reset, and follows what is touched")
    func peakResident() async {
      // This runs in a process of its own, because other tests touch memory too.
      await #expect(processExitsWith: .success) {
        let size = 64 << 20
        func touch() {
          let block = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)!
          memset(block, 1, size)
          munmap(block, size)
        }
        touch()
        let before = benchdb_peak_resident_bytes()
        #expect(before > size)
        guard benchdb_reset_peak_resident() else { return }
        let reset = benchdb_peak_resident_bytes()
        #expect(reset + UInt64(size) / 2 < before)
        touch()
        #expect(benchdb_peak_resident_bytes() >= reset + UInt64(size) / 2)
      }
    }
  #endif
}
