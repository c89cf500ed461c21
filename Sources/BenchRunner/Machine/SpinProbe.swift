package import BenchModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A fixed piece of work whose time shows how steady the machine is.
///
/// benchdb never measures a benchmark in its own process, because its heap, its caches and the
/// layout of its code would be measured too. That does not matter here: the loop touches no memory
/// and calls nothing, so that only the machine can change its time. A fresh process would add its
/// own start to the observation, and show the same.
package struct SpinProbe: Sendable {
  /// The nanoseconds of a repetition: long compared with reading both clocks (0.6 µs) and with an
  /// interrupt, short compared with a time slice of the scheduler.
  private static let target = 1_000_000.0

  package init() {}

  /// Repeats the work for so many seconds.
  package func run(seconds: Double) -> [MachineObservation.Spin] {
    let steps = Self.steps(lasting: Self.target)
    let end = Self.now(CLOCK_MONOTONIC) + max(0, seconds) * 1e9
    var spins: [MachineObservation.Spin] = []
    spins.reserveCapacity(Int(min(max(0, seconds), 3_600) * 1e9 / Self.target) + 1)
    repeat { spins.append(Self.spin(steps)) } while Self.now(CLOCK_MONOTONIC) < end
    return spins
  }

  /// Does the work once. It starts from the value of a clock, and stores its end where the next
  /// clock writes, so that no optimisation can remove it or move it from between the clocks.
  private static func spin(_ steps: Int) -> MachineObservation.Spin {
    var time = timespec()
    let wall = read(CLOCK_MONOTONIC, &time)
    let cpu = read(CLOCK_THREAD_CPUTIME_ID, &time)
    time.tv_nsec = work(time.tv_nsec, steps)
    let cpuEnd = read(CLOCK_THREAD_CPUTIME_ID, &time)
    return MachineObservation.Spin(
      wall: read(CLOCK_MONOTONIC, &time) - wall, cpu: cpuEnd - cpu)
  }

  /// The number of steps that take `nanoseconds` without disturbance: the fastest of five trials
  /// counts.
  private static func steps(lasting nanoseconds: Double) -> Int {
    let trial = 20_000
    let quickest = (0..<5).map { _ in spin(trial).cpu }.min() ?? 0
    return max(1_000, Int(Double(trial) * nanoseconds / max(quickest, 1_000)))
  }

  /// A chain of shifts and exclusive ors (Marsaglia 2003), each of which depends on the one before,
  /// so that no processor can shorten it.
  @inline(never)
  private static func work(_ seed: Int, _ steps: Int) -> Int {
    var value = UInt64(bitPattern: Int64(seed)) | 1
    for _ in 0..<steps {
      value ^= value << 13
      value ^= value >> 7
      value ^= value << 17
    }
    return Int(truncatingIfNeeded: value)
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    return read(clock, &time)
  }

  /// Reads a clock in nanoseconds.
  private static func read(_ clock: clockid_t, _ time: inout timespec) -> Double {
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}
