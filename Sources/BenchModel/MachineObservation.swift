/// What was seen of a machine over a short while: the facts from which it is judged how noisy it
/// is. `nil` is what could not be read.
package struct MachineObservation: Sendable, Hashable {
  /// How long it was watched.
  package var seconds: Double
  package var machine: MachineClass
  /// At the end of the watch.
  package var state: MachineState
  package var settings = MachineSettings()
  /// How the CPUs spent the watch.
  package var usage: CPUUsage?
  /// Other processes that used CPU in the watch, the busiest first.
  package var busyProcesses: [BusyProcess] = []
  /// A fixed piece of work, again and again, over the whole watch.
  package var spins: [Spin] = []
  /// Shares of the watch in which some task waited for a resource.
  package var pressure: [Resource: Double] = [:]
  /// Pages moved to and from swap in the watch.
  package var swappedPages: Int?
  /// How often a CPU was slowed down for its heat in the watch; `nil` where the machine does not
  /// count it.
  package var heatThrottles: Int?
  /// How often a container's limit stopped it in the watch.
  package var limitThrottles: Int?
  /// Background services that run now and are known to begin work by themselves.
  package var services: [String] = []
  /// Timers of the system that begin work by themselves.
  package var timers: [String] = []

  package init(seconds: Double, machine: MachineClass, state: MachineState) {
    self.seconds = seconds
    self.machine = machine
    self.state = state
  }

  /// What tasks can wait for, as `/proc/pressure` has it.
  package enum Resource: String, Sendable, Hashable, CaseIterable { case cpu, memory, io }

  /// One repetition of the fixed work.
  package struct Spin: Sendable, Hashable {
    /// Nanoseconds.
    package let wall: Double
    package let cpu: Double

    package init(wall: Double, cpu: Double) {
      self.wall = wall
      self.cpu = cpu
    }
  }
}

/// How all CPUs together spent a while, in shares that add up to 1.
package struct CPUUsage: Sendable, Hashable {
  /// Work of any process.
  package let busy: Double
  /// Taken by the hypervisor for other virtual machines.
  package let stolen: Double

  package init(busy: Double, stolen: Double) {
    self.busy = busy
    self.stolen = stolen
  }
}

/// A process that used CPU while the machine was watched.
package struct BusyProcess: Sendable, Hashable {
  package let identifier: Int
  /// At most 15 bytes, as the kernel keeps it.
  package let name: String
  /// CPUs' worth of time: 0.5 is half a CPU.
  package let cpus: Double

  package init(identifier: Int, name: String, cpus: Double) {
    self.identifier = identifier
    self.name = name
    self.cpus = cpus
  }
}

/// How the system is set up, as far as that makes measurements noisy.
package struct MachineSettings: Sendable, Hashable {
  /// Distinct governors of all CPUs.
  package var governors: [String] = []
  package var frequencyDriver: String?
  /// Whether two threads of one core run at the same time.
  package var hasActiveSiblings: Bool?
  /// Whether the processor says that a hypervisor is below the system, around any container.
  package var hasHypervisor: Bool?
  /// 0 is off, 1 without the heap, 2 on.
  package var addressRandomisation: Int?
  /// `always`, `madvise` or `never`.
  package var hugePages: String?
  package var hasSwap: Bool?
  /// Clock sources that the kernel could use, the best first.
  package var clockSources: [String] = []

  package init() {}
}
