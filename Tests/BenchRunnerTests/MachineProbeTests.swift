import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Machine probes") struct MachineProbeTests {
  @Test("The processor's model on x86 and ARM")
  func cpuModel() {
    #expect(
      MachineFileText.cpuModel("processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD  EPYC 9B14\n")
        == "AMD EPYC 9B14")
    #expect(
      MachineFileText.cpuModel("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n")
        == "ARM 0x41/0xd0c")
    #expect(MachineFileText.cpuModel("") == nil)
  }

  @Test("Memory falls into powers of two")
  func memory() {
    #expect(
      MachineFileText.kibibytes("MemTotal", in: "MemTotal:       24669408 kB\n") == 24_669_408)
    #expect(MachineFileText.kibibytes("MemFree", in: "MemTotal: 1 kB\n") == nil)
    #expect(MachineFileText.memoryBucketGiB(kibibytes: 16_384_000) == 16)
    #expect(MachineFileText.memoryBucketGiB(kibibytes: 7_900_000) == 8)
    #expect(MachineFileText.memoryBucketGiB(kibibytes: 100) == 1)
  }

  @Test("Cores, steal time and pressure")
  func counters() {
    #expect(MachineFileText.allowedCores("Name:\tx\nCpus_allowed:\tff,ffffffff\n") == 40)
    #expect(MachineFileText.allowedCores("Cpus_allowed:\t3\nCpus_allowed_list:\t0-1\n") == 2)
    #expect(MachineFileText.stealTicks("cpu  1 2 3 4 5 6 7 88 9 10\ncpu0 1 2\n") == 88)
    #expect(MachineFileText.stealTicks("cpu 1 2 3\n") == nil)
    #expect(
      MachineFileText.pressure("some avg10=35.25 avg60=1.00 avg300=0.10 total=5\nfull avg10=0.00\n")
        == 35.25)
  }

  @Test("Virtual machines by vendor or flag, bare metal of the same vendor not")
  func virtualisation() {
    func name(_ product: String, flag: Bool = true) -> String {
      MachineFileText.virtualisation(
        product: product, cpu: "flags\t\t: fpu\(flag ? " hypervisor" : "") lm\n")
    }
    #expect(name("KVM Red Hat") == "kvm")
    #expect(name("Virtual Machine Microsoft Corporation") == "hyper-v")
    #expect(name("") == "hypervisor")
    #expect(name("m5.metal Amazon EC2") == "amazon")
    #expect(name("m5.metal Amazon EC2", flag: false) == "none")
    #expect(name("ThinkPad", flag: false) == "none")
  }

  @Test("Limits of containers, version 1 and 2")
  func limits() {
    #expect(MachineFileText.cpuLimit(v2: "200000 100000") == 2)
    #expect(MachineFileText.cpuLimit(v2: "max 100000") == nil)
    #expect(MachineFileText.cpuLimit(quota: -1, period: 100_000) == nil)
    #expect(MachineFileText.limits(cpu: 2, memoryBytes: 4 << 30) == "2 CPUs, 4 GiB")
    #expect(MachineFileText.limits(cpu: 1, memoryBytes: 9_223_372_036_854_771_712) == "1 CPU")
    #expect(MachineFileText.limits(cpu: 1.5, memoryBytes: 500 << 20) == "1.5 CPUs, 500 MiB")
    #expect(MachineFileText.limits(cpu: nil, memoryBytes: nil) == "none")
    #expect(
      MachineFileText.controlGroups("4:memory:/a\n3:cpu,cpuacct:/b:c\n0::/d\n")
        == ["memory": "/a", "cpu": "/b:c", "cpuacct": "/b:c", "": "/d"])
  }

  @Test("A machine made of files is read; one without files has no facts, and no error")
  func files() throws {
    try withTemporaryDirectory { root in
      func write(_ path: String, _ text: String) throws {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: false, encoding: .utf8)
      }
      try write("proc/cpuinfo", "model name : Test 1\nflags : fpu\n")
      try write(
        "proc/meminfo",
        "MemTotal: 8000000 kB\nMemAvailable: 3 kB\nSwapTotal: 9 kB\nSwapFree: 4 kB\n")
      try write("proc/self/status", "Cpus_allowed:\tf\n")
      try write("proc/self/cgroup", "0::/job\n")
      try write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n")
      try write("sys/fs/cgroup/job/cpu.max", "50000 100000\n")
      try write("sys/fs/cgroup/memory.max", "max\n")
      try write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n")
      try write("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n")
      try write("sys/class/thermal/thermal_zone0/temp", "-273000\n")
      try write("sys/class/thermal/thermal_zone1/temp", "51500\n")
      try write("sys/class/power_supply/BAT0/type", "Battery\n")
      try write("sys/class/power_supply/BAT0/status", "Discharging\n")
      try write("proc/loadavg", "1.25 0 0 1/2 3\n")
      let probe = MachineProbe(
        root: root.path, environment: ["ImageOS": "ubuntu24", "ImageVersion": "2026"])
      let machine = probe.machineClass()
      #expect(machine.cpuModel == "Test 1")
      #expect(machine.cores == 4)
      #expect(machine.memoryBucketGiB == 8)
      #expect(machine.virtualisation == "none")
      #expect(machine.containerLimits == "0.5 CPUs")
      #expect(machine.runnerImage == "ubuntu24 2026")
      let state = probe.state()
      #expect(state.governor == "powersave")
      #expect(state.isTurboOn == false)
      #expect(state.temperatureCelsius == 51.5)
      #expect(state.isOnBattery == true)
      #expect(state.load == 1.25)
      #expect(state.availableMemoryBytes == 3_072)
      #expect(state.swapUsedBytes == 5_120)
      #expect(state.clockSource == nil)
      let empty = MachineProbe(root: root.path + "/none", environment: [:]).state()
      #expect(empty.load == nil && empty.isOnBattery == nil && empty.stealTicks == nil)
    }
  }

  @Test("A recorder is alive while it is the same process of the same boot")
  func recorders() {
    let probe = MachineProbe()
    let own = probe.currentRecorder()
    let now = Date()
    #expect(probe.isAlive(own, started: .distantPast))
    func other(host: String? = nil, boot: String? = nil, ticks: Int? = nil) -> Recorder {
      Recorder(
        hostName: host ?? own.hostName, bootIdentifier: boot ?? own.bootIdentifier,
        processIdentifier: own.processIdentifier, startTicks: ticks ?? own.startTicks)
    }
    #expect(!probe.isAlive(other(ticks: own.startTicks + 1), started: now))
    #expect(!probe.isAlive(other(boot: "before"), started: now))
    #expect(probe.isAlive(other(host: "elsewhere"), started: now))
    #expect(!probe.isAlive(other(host: "elsewhere"), started: now - 25 * 3_600))
  }

  @Test("The start of a process is found behind any name, and a zombie has none")
  func startTicks() {
    func stat(_ state: String) -> String {
      "12 (a) b (c)) \(state) " + (4...30).map(String.init).joined(separator: " ")
    }
    #expect(MachineFileText.startTicks(stat("S")) == 22)
    #expect(MachineFileText.startTicks(stat("Z")) == nil)
    #expect(MachineFileText.startTicks("") == nil)
  }
}
