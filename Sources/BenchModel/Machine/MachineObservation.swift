/// What was observed of a machine over a short while, from which its noise is judged. A fact that
/// could not be read is `nil`.
package struct MachineObservation: Sendable, Hashable {
  /// The seconds of the observation.
  package var seconds: Double
  package var machine: MachineClass
  /// The state at the end of the observation.
  package var state: MachineState
  package var settings = MachineSettings()
  /// The use of the CPUs during the observation.
  package var usage: CPUUsage?
  /// Other processes that used CPU during the observation, the busiest first.
  package var busyProcesses: [BusyProcess] = []
  /// The repetitions of a fixed piece of work over the whole observation.
  package var spins: [Spin] = []
  /// The shares of the observation in which some task waited for a resource.
  package var pressure: [Resource: Double] = [:]
  /// The pages moved to and from swap during the observation.
  package var swappedPages: Int?
  /// The number of times that heat slowed a CPU down during the observation; `nil` where the
  /// machine does not count them.
  package var heatThrottles: Int?
  /// The number of times that a container's limit stopped the process during the observation.
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

  /// The resources of `/proc/pressure`.
  package enum Resource: String, Sendable, Hashable, CaseIterable { case cpu, memory, io }

  /// One repetition of the fixed work.
  package struct Spin: Sendable, Hashable {
    /// The elapsed time and the CPU time in nanoseconds.
    package let wall: Double
    package let cpu: Double

    package init(wall: Double, cpu: Double) {
      self.wall = wall
      self.cpu = cpu
    }
  }
}

/// The use of all CPUs together, as shares of the time that they had.
package struct CPUUsage: Sendable, Hashable {
  /// The share in which a process ran.
  package let busy: Double
  /// The share that the hypervisor took for other virtual machines.
  package let stolen: Double

  package init(busy: Double, stolen: Double) {
    self.busy = busy
    self.stolen = stolen
  }
}

/// A process that used CPU while the machine was watched.
package struct BusyProcess: Sendable, Hashable {
  package let identifier: Int
  /// The name that the kernel knows, of at most 15 bytes.
  package let name: String
  /// The average number of CPUs used: 0.5 is half a CPU.
  package let cpus: Double

  package init(identifier: Int, name: String, cpus: Double) {
    self.identifier = identifier
    self.name = name
    self.cpus = cpus
  }
}

/// The settings of the system that make measurements noisy.
package struct MachineSettings: Sendable, Hashable {
  /// The distinct governors of all CPUs.
  package var governors: [String] = []
  package var frequencyDriver: String?
  /// Whether two threads of one core run at the same time.
  package var hasActiveSiblings: Bool?
  /// Whether the processor says that a hypervisor is below the system, around any container.
  package var hasHypervisor: Bool?
  /// The value of `randomize_va_space`: 0 is off, 1 leaves the heap out, 2 is on.
  package var addressRandomisation: Int?
  /// The setting of transparent huge pages: `always`, `madvise` or `never`.
  package var hugePages: String?
  package var hasSwap: Bool?
  /// The clock sources that the kernel could use, the best first.
  package var clockSources: [String] = []

  package init() {}
}
