package import Foundation

/// One round of a paired session as one series saw it: one fresh process of BASE and one of HEAD,
/// run at once, or one after the other in random order.
package struct PairedRound: Sendable, Hashable {
  package let base: ProcessStatistic
  package let head: ProcessStatistic
  /// The A/A control: a second process of BASE, run in some rounds as if it were another revision.
  package let control: ProcessStatistic?
  /// By how much HEAD differs from BASE, and the A/A control from BASE, as the logarithm of a ratio
  /// of samples that were taken at the same time; `nil` where the processes did not run at once.
  package let shift: Double?
  package let controlShift: Double?

  package init(
    base: ProcessStatistic, head: ProcessStatistic, control: ProcessStatistic? = nil,
    shift: Double? = nil, controlShift: Double? = nil
  ) {
    self.shift = shift
    self.controlShift = controlShift
    self.base = base
    self.head = head
    self.control = control
  }

  /// Whether the A/A control runs in the round of this number, from 0.
  ///
  /// Where one process runs after the other, it runs in two of three rounds up to the second look,
  /// and in every third afterwards. The first look must be able to hold a series back at 1 %: two
  /// values against six have 28 arrangements, four have 210. The second is the first that may
  /// convict, and must be able to disown the session at the level of a whole suite: four values
  /// against ten have 1,001 arrangements, seven have 19,448, enough for forty gate series. From
  /// then on there are more than enough.
  ///
  /// Where processes take turns it is judged by signed ranks, of which the first look that may
  /// convict has 2¹⁵ = 32,768 arrangements if it runs in every round until then: enough for a
  /// hundred gate series. Afterwards it runs in every third.
  package static func hasControl(_ number: Int, inTurns: Bool = false) -> Bool {
    if inTurns { return number < 15 || number.isMultiple(of: 3) }
    return number < 10 ? number % 3 != 2 : number.isMultiple(of: 3)
  }
}

/// One side of a paired series, where the benchmark exists there.
package struct PairedSide: Sendable, Hashable {
  package let metric: Metric
  /// The benchmark's version.
  package let version: Int
  package let toolchain: String
  /// Descriptions of processes that failed, in order.
  package let failures: [String]
  /// The counters, where they were counted.
  package let counters: ProcessCounters?

  package init(
    metric: Metric, version: Int = 1, toolchain: String = "", failures: [String] = [],
    counters: ProcessCounters? = nil
  ) {
    self.metric = metric
    self.version = version
    self.toolchain = toolchain
    self.failures = failures
    self.counters = counters
  }
}

/// The counts of a benchmark's processes besides time: medians of one iteration over the processes
/// of one side.
package struct ProcessCounters: Sendable, Hashable, Codable {
  /// The exact count of a simulator or of a hardware counter of instructions retired in user mode.
  package var instructions: Double?
  package var allocations: Double?
  package var allocatedBytes: Double?
  package var voluntarySwitches: Double?
  package var involuntarySwitches: Double?
  package var minorFaults: Double?
  package var majorFaults: Double?
  /// The CPU time as a share of the elapsed time; below 1 the process waited.
  package var cpuShare: Double?

  package init(
    instructions: Double? = nil, allocations: Double? = nil, allocatedBytes: Double? = nil,
    voluntarySwitches: Double? = nil, involuntarySwitches: Double? = nil,
    minorFaults: Double? = nil, majorFaults: Double? = nil, cpuShare: Double? = nil
  ) {
    self.cpuShare = cpuShare
    self.instructions = instructions
    self.allocations = allocations
    self.allocatedBytes = allocatedBytes
    self.voluntarySwitches = voluntarySwitches
    self.involuntarySwitches = involuntarySwitches
    self.minorFaults = minorFaults
    self.majorFaults = majorFaults
  }
}

extension ProcessCounters {
  /// The middle one of counts that repeat within 0.1 %; `nil` where they vary by more, and so may
  /// follow the time, or where there are none.
  package static func repeated(_ counts: [Double]) -> Double? {
    let sorted = counts.sorted()
    guard let least = sorted.first, let most = sorted.last, most - least <= 0.001 * abs(most) else {
      return nil
    }
    return sorted[sorted.count / 2]
  }
}

/// One series of a paired session, as the runner measures it and the comparer judges it.
package struct PairedSeries: Sendable, Hashable {
  package let key: SeriesKey
  package let machine: MachineClass
  package let source: SourceLocation?
  package let session: UUID
  package let started: Date
  package let state: MachineState
  /// BASE; `nil` where it does not have the series, as is `head`.
  package let base: PairedSide?
  package let head: PairedSide?
  /// The complete rounds in the order in which they were run. A round that was interrupted, or in
  /// which a process failed, is not among them; the failure is listed with its side.
  package let rounds: [PairedRound]
  /// The series' own practical floor (0.03 is three per cent), where it needs a higher one than the
  /// comparison's.
  package let floor: Double?
  /// What is known about the layouts in which its processes ran.
  package let layout: LayoutStanding
  /// How the processes of a round ran beside each other; `nil` for one after the other.
  package let method: RoundMethod?

  package init(
    key: SeriesKey, machine: MachineClass, source: SourceLocation? = nil, session: UUID,
    started: Date, state: MachineState = MachineState(), base: PairedSide?, head: PairedSide?,
    rounds: [PairedRound], floor: Double? = nil, layout: LayoutStanding = .one,
    method: RoundMethod? = nil
  ) {
    self.method = method
    self.key = key
    self.machine = machine
    self.source = source
    self.session = session
    self.started = started
    self.state = state
    self.base = base
    self.head = head
    self.rounds = rounds
    self.floor = floor
    self.layout = layout
  }

  /// Whether the processes of a side had different layouts, so that layout is among the noise.
  package var isLayoutVaried: Bool { layout == .varied }

  /// The same series for a user who takes the durations of one layout as they are.
  package var trustingOneLayout: PairedSeries {
    PairedSeries(
      key: key, machine: machine, source: source, session: session, started: started,
      state: state, base: base, head: head, rounds: rounds, floor: floor, layout: layout.trusting,
      method: method)
  }
}
