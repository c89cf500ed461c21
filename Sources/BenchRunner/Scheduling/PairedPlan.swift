package import BenchModel

/// One process of a paired plan.
package struct PairedProcess: Sendable, Hashable {
  package let benchmark: BenchmarkKey
  package let pass: MeasurementPass
  package let position: RoundPosition
  /// The position in the plan of a comparison that decides nothing before its last round, from 0.
  package let order: Int
  package let layout: ProcessLayout
}

/// The processes of a paired session: what is measured in which round, and in which order.
///
/// A round runs every benchmark once on each side, one right after the other in random order, the
/// benchmarks shuffled. In some rounds a second process of BASE, the A/A control, takes part as if
/// it were another revision. The order and layouts of a round only depend on the seed and the
/// round's number, so that an interrupted session resumes with the same rounds, and a benchmark
/// that is decided drops out without changing the order of the others.
package struct PairedPlan: Sendable, Hashable {
  /// The benchmarks sorted by name, since the order in which workers list them must not matter.
  package let benchmarks: [BenchmarkKey]
  private let countingRounds: Int
  private let instructionRounds: Int
  private let counted: Set<BenchmarkKey>
  private let seed: UInt64
  private let layouts: LayoutAssignment
  private let takesTurns: Bool

  /// A plan whose first `countingRounds` rounds also run one counting process a side, and of the
  /// benchmarks `counted` the first `instructionRounds` rounds one that counts instructions. It
  /// assigns `layouts` layouts of each side to its rounds; 1 varies nothing. Where processes take
  /// turns, the A/A control runs more often.
  package init(
    benchmarks: some Sequence<BenchmarkKey>, countingRounds: Int, seed: UInt64,
    instructionRounds: Int = 0, counted: Set<BenchmarkKey> = [], layouts: Int = 1,
    takesTurns: Bool = false
  ) {
    self.takesTurns = takesTurns
    self.benchmarks = benchmarks.sorted()
    self.countingRounds = countingRounds
    self.instructionRounds = instructionRounds
    self.counted = counted
    self.seed = seed
    self.layouts = LayoutAssignment(layouts: layouts, seed: seed)
  }

  /// The processes of one round in their order, for the benchmarks `wanted`.
  package func round(_ number: Int, of wanted: Set<BenchmarkKey>) -> [PairedProcess] {
    var random = random(ofRound: number)
    var order = (0..<number).reduce(0) { $0 + size(ofRound: $1) }
    var layouts = layouts.round(number)
    var processes: [PairedProcess] = []
    for benchmark in random.shuffled(benchmarks) {
      for (pass, arms) in parts(ofRound: number, of: benchmark) {
        for arm in random.shuffled(arms) {
          processes.append(
            PairedProcess(
              benchmark: benchmark, pass: pass, position: RoundPosition(round: number, arm: arm),
              order: order, layout: layouts.next(arm, pass: pass)))
          order += 1
        }
      }
    }
    return processes.filter { wanted.contains($0.benchmark) }
  }

  /// The number of processes of so many rounds if nothing is decided before.
  package func size(ofRounds count: Int) -> Int {
    (0..<count).reduce(0) { $0 + size(ofRound: $1) }
  }

  /// A number that decides the core and the order of turns of processes that run at once, of which
  /// `process` is the first. It depends on nothing else, so that a resumed session goes on alike.
  func draw(for process: PairedProcess) -> UInt64 {
    var seeds = ScheduleRandom(seed: seed ^ Self.streamOfDraws)
    seeds = ScheduleRandom(seed: seeds.next() &+ UInt64(process.order))
    return seeds.next()
  }

  /// An arbitrary constant that keeps these numbers apart from those of the order of processes.
  private static let streamOfDraws: UInt64 = 0x7475_726E_7300_0000

  /// Whether one session ran all processes of a benchmark and pass in a round.
  package func isFinished(_ part: RoundPart, by processes: [RoundProcess]) -> Bool {
    let due =
      parts(ofRound: part.round, of: part.benchmark).first { $0.pass == part.pass }?.arms ?? []
    return Dictionary(grouping: processes, by: \.session).values.contains { session in
      Set(due).isSubset(of: session.filter(\.isCompleted).map(\.position.arm))
    }
  }

  private func size(ofRound number: Int) -> Int {
    benchmarks.reduce(0) { sum, benchmark in
      parts(ofRound: number, of: benchmark).reduce(sum) { $0 + $1.arms.count }
    }
  }

  private func parts(
    ofRound number: Int, of benchmark: BenchmarkKey
  ) -> [(pass: MeasurementPass, arms: [RoundPosition.Arm])] {
    let timed: [RoundPosition.Arm] =
      PairedRound.hasControl(number, inTurns: takesTurns)
      ? [.base, .head, .control] : [.base, .head]
    var parts = [(MeasurementPass.timing, timed)]
    if number < countingRounds { parts.append((.counting, [.base, .head])) }
    if number < instructionRounds, counted.contains(benchmark) {
      parts.append((.instructions, [.base, .head]))
    }
    return parts
  }

  /// A generator for a round. Each round has a seed of its own, since consecutive seeds would give
  /// the same numbers one step later.
  private func random(ofRound number: Int) -> ScheduleRandom {
    var seeds = ScheduleRandom(seed: seed)
    for _ in 0..<number { _ = seeds.next() }
    return ScheduleRandom(seed: seeds.next())
  }
}

/// The processes of one benchmark and pass in one round, which belong together.
package struct RoundPart: Sendable, Hashable {
  package let benchmark: BenchmarkKey
  package let pass: MeasurementPass
  package let round: Int
}

extension PairedProcess {
  package var part: RoundPart {
    RoundPart(benchmark: benchmark, pass: pass, round: position.round)
  }
}

extension RoundProcess {
  package var part: RoundPart {
    RoundPart(benchmark: benchmark, pass: pass, round: position.round)
  }
}
