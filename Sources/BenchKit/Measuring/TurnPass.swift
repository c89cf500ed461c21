import BenchModel
import CBenchCounters

/// The timing pass of a process that takes turns with the other side's process.
///
/// It takes as many samples as it is told to, keeps them in memory that was reserved before the
/// first turn, and is idle between turns. Nothing is written or sent before the last one is over.
struct TurnPass: MeasuringPass {
  private var channel: TurnChannel
  private var samples: [TurnSample] = []
  private var turns: [TurnUse] = []
  private var reports: [(sample: Int, metric: String, value: Double)] = []
  private var reporter = MetricReporter()
  /// The CPU time and the elapsed time between turns, and what the clocks said at the end of the
  /// last one.
  private var between: (cpu: UInt64, wall: UInt64) = (0, 0)
  private var last: (cpu: UInt64, wall: UInt64)?

  /// `maximumSamples` is the most samples that all turns take together.
  init(channel: TurnChannel, maximumSamples: Int) {
    self.channel = channel
    let count = min(max(maximumSamples, 0), Self.mostReserved)
    samples.reserveCapacity(count)
    turns.reserveCapacity(min(count, Self.mostTurns))
  }

  /// Memory for more samples is not reserved beforehand: whoever asks for them does not mean it.
  private static let mostReserved = 1_000_000
  private static let mostTurns = 10_000

  mutating func run(_ work: Work, batch: (Int) throws -> Void) throws {
    var command = try channel.ready()
    while case .go(let turn, let count, let iterations) = command {
      begin(turn, iterations: iterations)
      for _ in 0..<count {
        let clocks = TurnClocks()
        try batch(iterations)
        add(clocks.sample(), of: work)
      }
      end()
      command = try channel.done()
    }
  }

  mutating func run(_ work: Work, batch: (Int) async throws -> Void) async throws {
    var command = try channel.ready()
    while case .go(let turn, let count, let iterations) = command {
      begin(turn, iterations: iterations)
      for _ in 0..<count {
        let clocks = TurnClocks()
        try await batch(iterations)
        add(clocks.sample(), of: work)
      }
      end()
      command = try channel.done()
    }
  }

  private mutating func begin(_ number: Int, iterations: Int) {
    if let last {
      between.cpu += benchdb_cpu_nanoseconds() &- last.cpu
      between.wall += benchdb_monotonic_nanoseconds() &- last.wall
    }
    turns.append(
      TurnUse(
        number: number, iterations: iterations, firstSample: samples.count,
        clocks: Clocks()))
  }

  private mutating func add(_ sample: TurnSample, of work: Work) {
    samples.append(sample)
    work.report(&reporter)
    guard !reporter.values.isEmpty else { return }
    for entry in reporter.values {
      reports.append((samples.count - 1, entry.metric, entry.value))
    }
    reporter.removeAll()
  }

  private mutating func end() {
    let current = turns.count - 1
    let count = samples.count - turns[current].firstSample
    turns[current].reading = turns[current].clocks.reading(
      iterations: count * turns[current].iterations)
    last = (benchdb_cpu_nanoseconds(), benchdb_monotonic_nanoseconds())
  }

  /// All samples in the order in which they were taken: times and custom metrics of each sample,
  /// and of what only the system counts one value a turn.
  func result() -> ProcessResult {
    var result = ProcessResult()
    var nextReport = 0
    for (index, turn) in turns.enumerated() {
      let end = index + 1 < turns.count ? turns[index + 1].firstSample : samples.count
      for order in turn.firstSample..<end {
        result.samples += samples[order].all(turn, order: order)
        while nextReport < reports.count, reports[nextReport].sample == order {
          let entry = reports[nextReport]
          result.samples.append(
            Sample(metric: entry.metric, value: entry.value, order: order, turn: turn.number))
          nextReport += 1
        }
      }
      result.samples += turn.counts
    }
    if between.wall > 0 {
      result.facts.busyBetweenTurns = Double(between.cpu) / Double(between.wall)
    }
    return result
  }
}

/// One turn: the samples it took, and what the system counted during it.
private struct TurnUse {
  let number: Int
  let iterations: Int
  let firstSample: Int
  let clocks: Clocks
  var reading: Reading?

  /// One value of each count, for one iteration.
  var counts: [Sample] {
    guard let reading, reading.iterations > 0 else { return [] }
    let counts: [(Metric, Int)] = [
      (.voluntarySwitches, reading.voluntarySwitches),
      (.involuntarySwitches, reading.involuntarySwitches),
      (.minorFaults, reading.minorFaults), (.majorFaults, reading.majorFaults),
    ]
    return counts.map { metric, count in
      Sample(
        metric: metric.name, value: Double(count) / Double(reading.iterations),
        iterations: reading.iterations, order: firstSample, turn: number)
    }
  }
}

/// The readings around one sample of a turn. They are totals of the batch.
private struct TurnSample {
  var wallNanoseconds: UInt64
  var cpuNanoseconds: UInt64
  var instructions: UInt64?
  var cycles: UInt64?

  func all(_ turn: TurnUse, order: Int) -> [Sample] {
    func sample(_ metric: Metric, _ total: UInt64) -> Sample {
      Sample(
        metric: metric.name, value: Self.rounded(Double(total) / Double(turn.iterations)),
        iterations: turn.iterations, order: order, turn: turn.number)
    }
    var samples = [sample(.wall, wallNanoseconds), sample(.cpu, cpuNanoseconds)]
    if let instructions { samples.append(sample(.instructions, instructions)) }
    if let cycles { samples.append(sample(.cycles, cycles)) }
    return samples
  }

  /// The value to seven digits, which is more than a clock with steps of 10 ns tells of a tenth of
  /// a millisecond, and takes half as much space as all seventeen.
  private static func rounded(_ value: Double) -> Double {
    guard value > 0, value < 1e15 else { return value }
    var scale = 1.0
    while value * scale < 1e6 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}

/// Reads the clocks around one sample of a turn: as `Clocks`, without what costs too much for a
/// sample as short as these.
private struct TurnClocks {
  private let instructions: UInt64?
  private let cycles: UInt64?
  private let cpu: UInt64
  private let wall: UInt64

  /// Starts reading. The elapsed time begins when this returns.
  @inline(__always)
  init() {
    cycles = Clocks.cycles()
    instructions = Clocks.instructions()
    cpu = benchdb_cpu_nanoseconds()
    wall = benchdb_monotonic_nanoseconds()
  }

  /// Ends reading. The elapsed time ends when this is called.
  @inline(__always)
  func sample() -> TurnSample {
    let wallEnd = benchdb_monotonic_nanoseconds()
    let cpuEnd = benchdb_cpu_nanoseconds()
    let instructionsEnd = Clocks.instructions()
    let cyclesEnd = Clocks.cycles()
    var sample = TurnSample(wallNanoseconds: wallEnd &- wall, cpuNanoseconds: cpuEnd &- cpu)
    if let instructions, let instructionsEnd {
      sample.instructions = instructionsEnd &- instructions
    }
    if let cycles, let cyclesEnd { sample.cycles = cyclesEnd &- cycles }
    return sample
  }
}
