import CBenchCounters

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The readings around one batch: one sample of every metric of the timing pass. They are totals of
/// the batch, not values of an iteration.
package struct Reading: Sendable, Equatable {
  package var iterations: Int
  package var isWarmUp = false
  package var wallNanoseconds: UInt64
  package var cpuNanoseconds: UInt64
  package var voluntarySwitches = 0
  package var involuntarySwitches = 0
  package var minorFaults = 0
  package var majorFaults = 0
  /// The number of instructions; nil where the machine does not count them.
  package var instructions: UInt64?
  package var cycles: UInt64?

  package init(iterations: Int, wallNanoseconds: UInt64, cpuNanoseconds: UInt64) {
    self.iterations = iterations
    self.wallNanoseconds = wallNanoseconds
    self.cpuNanoseconds = cpuNanoseconds
  }

  package var wallPerIteration: Double { Double(wallNanoseconds) / Double(iterations) }
  package var cpuPerIteration: Double { Double(cpuNanoseconds) / Double(iterations) }
}

/// Reads every clock and counter around a batch.
///
/// The more a reading costs, the further it is from the batch: resource use (about 620 ns),
/// hardware counters, CPU time (540 ns), and next to the batch the monotonic clock (23 ns). So
/// elapsed time contains only the batch and one clock read.
struct Clocks {
  private var usage: rusage
  private var instructions: UInt64?
  private var cycles: UInt64?
  private var cpu: UInt64
  private var wall: UInt64

  static var now: UInt64 { benchdb_monotonic_nanoseconds() }

  /// Starts reading. The elapsed time begins when this returns.
  @inline(__always)
  init() {
    usage = Self.resourceUse()
    cycles = Self.cycles()
    instructions = Self.instructions()
    cpu = benchdb_cpu_nanoseconds()
    wall = benchdb_monotonic_nanoseconds()
  }

  /// Ends reading. The elapsed time ends when this is called.
  @inline(__always)
  func reading(iterations: Int) -> Reading {
    let wallEnd = benchdb_monotonic_nanoseconds()
    let cpuEnd = benchdb_cpu_nanoseconds()
    let instructionsEnd = Self.instructions()
    let cyclesEnd = Self.cycles()
    let end = Self.resourceUse()
    var reading = Reading(
      iterations: iterations, wallNanoseconds: wallEnd &- wall, cpuNanoseconds: cpuEnd &- cpu)
    reading.voluntarySwitches = end.ru_nvcsw - usage.ru_nvcsw
    reading.involuntarySwitches = end.ru_nivcsw - usage.ru_nivcsw
    reading.minorFaults = end.ru_minflt - usage.ru_minflt
    reading.majorFaults = end.ru_majflt - usage.ru_majflt
    if let instructions, let instructionsEnd {
      reading.instructions = instructionsEnd &- instructions
    }
    if let cycles, let cyclesEnd { reading.cycles = cyclesEnd &- cycles }
    return reading
  }

  private static func resourceUse() -> rusage {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return usage
  }

  static func instructions() -> UInt64? {
    var value: UInt64 = 0
    return benchdb_hardware_instructions(&value) ? value : nil
  }

  static func cycles() -> UInt64? {
    var value: UInt64 = 0
    return benchdb_hardware_cycles(&value) ? value : nil
  }
}

/// The smallest step that a clock makes, in nanoseconds, as observed.
///
/// It is not what a clock reports as its resolution: here `clock_getres` says 1 ns, but readings
/// are multiples of 10.
package func clockTick(of clock: () -> UInt64) -> UInt64 {
  var smallest = UInt64.max
  for _ in 0..<100 {
    let start = clock()
    var end = clock()
    while end == start { end = clock() }
    smallest = min(smallest, end - start)
  }
  return smallest
}
