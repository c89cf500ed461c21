/// The name of a unit, taken apart: `MB / s` is `mb` for each `s`.
struct UnitName {
  /// The words of what is counted, in lower case: `cache misses/s` counts `cache`, `misses`.
  private let counted: [String]
  /// What it is counted for, in lower case: `s` of `MB/s`, `op s^-1` and `requests per 10 s`.
  private let divisors: [String]

  init(_ name: String) {
    let parts = Self.plain(name).split(separator: "/", omittingEmptySubsequences: false)
    let factors = (parts.first ?? "").split { " ·⋅*×.".contains($0) }.map(String.init)
    let inverse = factors.compactMap(Self.divisor)
    let words = factors.filter { Self.divisor($0) == nil }
    counted = words.flatMap { $0.split { "-_".contains($0) }.map(String.init) }
    divisors = inverse + parts.dropFirst().map(Self.bare)
  }

  /// The name in lower case with one spelling for each way to divide.
  private static func plain(_ name: String) -> String {
    var text = name.lowercased()
    for (spelling, plain) in [
      ("⁻¹", "^-1"), ("^{-1}", "^-1"), ("^(-1)", "^-1"), ("**-1", "^-1"), ("^−1", "^-1"),
    ] {
      text.replace(spelling, with: plain)
    }
    return " \(text) ".replacing(" per ", with: "/")
  }

  /// `s` of `s^-1` and of `s-1`; `nil` for a factor that does not divide.
  private static func divisor(_ factor: String) -> String? {
    if factor.hasSuffix("^-1") { return bare(factor.dropLast(3)) }
    guard factor.hasSuffix("-1") else { return nil }
    let word = bare(factor.dropLast(2))
    return times.contains(word) ? word : nil
  }

  /// The word without parentheses, full stops and spaces around it and without its own number:
  /// `s` of `10 s`.
  private static func bare(_ text: some StringProtocol) -> String {
    let word = text.drop { " ().".contains($0) || ("0"..."9").contains($0) }
    return String(word.prefix { !" ().·⋅*×".contains($0) })
  }
}

extension UnitName {
  var kind: Unit.Kind {
    if divisors.contains(where: Self.times.contains) { return perTime }
    if divisors.contains(where: Self.clocks.contains) { return perClock }
    if divisors.contains(where: Self.isEnergy) { return undivided == .duration ? .unknown : .yield }
    return undivided
  }

  /// Energy for each time is power. A time for each time is a share, and more errors for each time
  /// are not more work done.
  private var perTime: Unit.Kind {
    if counted.contains(where: Self.isEnergy) { return .cost }
    return undivided == .duration || isTrouble ? .unknown : .rate
  }

  /// Instructions, bytes and results for each clock cycle are a rate; a time for each is the
  /// length of the cycle.
  private var perClock: Unit.Kind {
    undivided == .duration ? .duration : isTrouble ? .unknown : .rate
  }

  private var isTrouble: Bool { counted.last.map(Self.troubles.contains) ?? false }

  private var undivided: Unit.Kind {
    guard let word = counted.last else { return .unknown }
    if counted.contains(where: Self.isEnergy) || Self.isSize(word) { return .cost }
    if Self.times.contains(word) { return .duration }
    if Self.isFrequency(word) { return .rate }
    return isTrouble || Self.costs.contains(word) ? .cost : .unknown
  }

  private static let times: Set<String> = [
    "fs", "ps", "ns", "us", "µs", "μs", "ms", "s", "min", "h", "nsec", "usec", "µsec", "msec",
    "sec", "nsecs", "usecs", "msecs", "secs", "mins", "hr", "hrs", "nanosecond", "nanoseconds",
    "microsecond", "microseconds", "millisecond", "milliseconds", "second", "seconds", "minute",
    "minutes", "hour", "hours", "day", "days", "nanos", "micros", "millis", "picosecond",
    "picoseconds", "femtosecond", "femtoseconds",
  ]

  private static let clocks: Set<String> = ["cycle", "cycles", "clock", "clocks", "clk", "tick"]

  /// What is counted and should be little of.
  private static let costs: Set<String> = [
    "count", "counts", "instruction", "instructions", "instr", "insn", "insns", "inst", "cycle",
    "cycles", "clock", "clocks", "ticks", "allocation", "allocations", "alloc", "allocs", "malloc",
    "mallocs", "retain", "retains", "release", "releases", "syscall", "syscalls", "switch",
    "switches", "page", "pages", "interrupt", "interrupts", "wakeup", "wakeups", "migration",
    "migrations", "collection", "collections",
  ]

  /// What should not happen at all.
  private static let troubles: Set<String> = [
    "miss", "misses", "fault", "faults", "error", "errors", "failure", "failures", "retry",
    "retries", "timeout", "timeouts", "stall", "stalls", "leak", "leaks", "eviction", "evictions",
    "drop", "drops", "abort", "aborts",
  ]

  /// `bps`, `Gbps`, `fps`, `kiops`, `GFLOPS`, `MHz`: abbreviations that hold their 'per second'.
  private static func isFrequency(_ word: String) -> Bool {
    ["", "k", "m", "g", "t", "p", "ki", "mi", "gi", "ti"].contains { prefix in
      word.hasPrefix(prefix) && frequencies.contains(String(word.dropFirst(prefix.count)))
    }
  }

  private static let frequencies: Set<String> = [
    "bps", "fps", "tps", "qps", "rps", "iops", "ips", "ops", "pps", "eps", "mps", "cps", "sps",
    "wps", "flops", "hz", "rpm", "tpm", "tpmc", "qph", "qphh", "baud",
  ]

  /// `B`, `KiB`, `megabytes`, `Mbit`.
  private static func isSize(_ word: String) -> Bool {
    let prefixes = [
      "", "k", "m", "g", "t", "p", "ki", "mi", "gi", "ti", "pi", "kilo", "mega", "giga", "tera",
      "kibi", "mebi", "gibi", "tebi",
    ]
    return prefixes.contains { prefix in
      word.hasPrefix(prefix)
        && ["b", "byte", "bytes", "bit", "bits"].contains(word.dropFirst(prefix.count))
    }
  }

  /// Joules, watts, and watt hours, with their prefixes.
  private static func isEnergy(_ word: String) -> Bool {
    let prefixes = ["", "n", "u", "µ", "μ", "m", "k", "g", "micro", "milli", "kilo", "mega"]
    return prefixes.contains { prefix in
      word.hasPrefix(prefix)
        && ["j", "joule", "joules", "w", "watt", "watts", "wh"].contains(
          word.dropFirst(prefix.count))
    }
  }
}
