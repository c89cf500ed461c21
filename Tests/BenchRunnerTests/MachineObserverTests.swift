import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Watching a machine") struct MachineObserverTests {
  /// The files of a machine in a temporary folder.
  private struct Machine {
    let root: URL

    func write(_ path: String, _ text: String) throws {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: false, encoding: .utf8)
    }

    /// Observes for a second, in the middle of which `change` happens.
    func observe(_ change: () throws -> Void = {}) -> MachineObservation {
      var failure: (any Error)?
      let observation = MachineObserver(root: root.path, environment: [:], ownProcess: 7)
        .observe(seconds: 1) { _ in
          do { try change() } catch { failure = error }
          return [MachineObservation.Spin(wall: 2, cpu: 1)]
        }
      if let failure { Issue.record(failure) }
      return observation
    }
  }

  private func stat(_ number: Int, _ name: String, ticks: Int) -> String {
    "\(number) (\(name)) R 1 1 1 0 -1 0 0 0 0 0 \(ticks) 0 0 0 20 0 1 0 5 0 0"
  }

  @Test("what was counted before and after gives what happened between")
  func counters() throws {
    try withTemporaryDirectory { folder in
      let machine = Machine(root: folder)
      try machine.write("proc/stat", "cpu 100 0 0 100 0 0 0 0 0 0\n")
      try machine.write("proc/7/stat", stat(7, "benchdb", ticks: 0))
      try machine.write("proc/8/stat", stat(8, "a) b (c", ticks: 10))
      try machine.write("proc/9/stat", stat(9, "idle", ticks: 50))
      try machine.write("proc/vmstat", "pgfault 1\npswpin 5\npswpout 6\n")
      try machine.write("proc/pressure/cpu", "some avg10=0.00 avg60=0 avg300=0 total=1000000\n")
      try machine.write("proc/self/cgroup", "0::/job\n")
      try machine.write("sys/fs/cgroup/job/cpu.stat", "usage_usec 1\nnr_throttled 2\n")
      try machine.write(
        "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "3\n")
      let seen = machine.observe {
        try machine.write("proc/stat", "cpu 130 0 20 140 0 0 0 10 0 0\n")
        try machine.write("proc/7/stat", stat(7, "benchdb", ticks: 100))
        try machine.write("proc/8/stat", stat(8, "a) b (c", ticks: 60))
        try machine.write("proc/11/stat", stat(11, "new", ticks: 20))
        try machine.write("proc/vmstat", "pgfault 9\npswpin 7\npswpout 9\n")
        try machine.write("proc/pressure/cpu", "some avg10=0.00 avg60=0 avg300=0 total=1250000\n")
        try machine.write("sys/fs/cgroup/job/cpu.stat", "usage_usec 1\nnr_throttled 6\n")
        try machine.write(
          "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "4\n")
      }
      #expect(seen.usage == CPUUsage(busy: 0.5, stolen: 0.1))
      #expect(seen.busyProcesses.map(\.name) == ["a) b (c", "new"])
      #expect(seen.swappedPages == 5)
      #expect(seen.limitThrottles == 4)
      #expect(seen.heatThrottles == 1)
      let waited = try #require(seen.pressure[.cpu])
      #expect(abs(waited - 0.25 / seen.seconds) < 1e-9)
      #expect(seen.pressure[.memory] == nil)
      #expect(seen.spins == [MachineObservation.Spin(wall: 2, cpu: 1)])
    }
  }

  @Test("settings, services and timers are read")
  func settings() throws {
    try withTemporaryDirectory { folder in
      let machine = Machine(root: folder)
      let cpu = "sys/devices/system/cpu"
      for number in 0..<2 {
        try machine.write(
          "\(cpu)/cpu\(number)/cpufreq/scaling_governor",
          number == 0 ? "performance\n" : "powersave\n")
        try machine.write("\(cpu)/cpu\(number)/topology/thread_siblings_list", "0-1\n")
      }
      try machine.write("\(cpu)/cpufreq/boost", "1\n")
      try machine.write("\(cpu)/cpu0/cpufreq/scaling_driver", "acpi-cpufreq\n")
      try machine.write("proc/cpuinfo", "model name : T\nflags : fpu hypervisor lm\n")
      try machine.write("proc/sys/kernel/randomize_va_space", "2\n")
      try machine.write("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n")
      try machine.write("proc/meminfo", "MemTotal: 8 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n")
      try machine.write("proc/1/comm", "systemd\n")
      try machine.write("etc/systemd/system/timers.target.wants/fstrim.timer", "")
      try machine.write("etc/systemd/system/timers.target.wants/notes.txt", "")
      try machine.write("proc/5/stat", stat(5, "cron", ticks: 0))
      let seen = machine.observe()
      #expect(seen.settings.governors == ["performance", "powersave"])
      #expect(seen.settings.frequencyDriver == "acpi-cpufreq")
      #expect(seen.settings.hasActiveSiblings == true)
      #expect(seen.state.isTurboOn == true)
      #expect(seen.settings.hasHypervisor == true)
      #expect(seen.settings.addressRandomisation == 2)
      #expect(seen.settings.hugePages == "always")
      #expect(seen.settings.hasSwap == false)
      #expect(seen.services == ["cron"])
      #expect(seen.timers == ["fstrim.timer"])
    }
  }

  @Test("a machine without files has no facts, and no error")
  func nothing() throws {
    try withTemporaryDirectory { folder in
      let seen = Machine(root: folder.appending(path: "none")).observe()
      #expect(seen.usage == nil && seen.busyProcesses.isEmpty && seen.pressure.isEmpty)
      #expect(seen.swappedPages == nil && seen.heatThrottles == nil && seen.limitThrottles == nil)
      #expect(seen.settings == MachineSettings())
      #expect(seen.services.isEmpty && seen.timers.isEmpty)
    }
  }

  @Test("the fixed work takes time, and is repeated until the watch is over")
  func spin() {
    let spins = SpinProbe().run(seconds: 0.02)
    // Each takes about a millisecond; a busy machine stretches it, and nothing shortens it to
    // nothing.
    #expect(spins.count >= 1)
    #expect(spins.allSatisfy { $0.cpu > 10_000 && $0.wall > 10_000 })
    #expect(SpinProbe().run(seconds: 0).count == 1)
  }
}
