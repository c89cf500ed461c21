import BenchModel

/// The turns of a pilot round, of BASE and HEAD, from which the turns of a benchmark are planned:
/// how many iterations make a sample, and how cold the caches are after the other side's turn.
///
/// First BASE takes samples of a growing number of iterations, until one is long enough. Then come
/// three blocks. In each, the two sides take turns three times, and then each side takes three
/// turns in a row, as it would alone.
struct PilotScore: TurnScore {
  /// What a turn is for.
  enum Part: Hashable {
    case sizing
    case lockstep(block: Int)
    case alone(block: Int)
  }

  /// The parts of the turns so far, by their numbers.
  private(set) var parts: [Part] = []
  /// The turns of the blocks, once a sample has its size.
  private(set) var plan: TurnPlan?
  private let stretch: Int
  private let seconds: Double
  private var sizing = SampleSizing()
  private var steps: ArraySlice<(process: Int, part: Part)> = []

  init(stretch: Int, seconds: Double) {
    self.stretch = stretch
    self.seconds = seconds
  }

  mutating func next(after nanoseconds: Double?) -> TurnStep? {
    if plan == nil {
      if let nanoseconds { sizing.add(nanoseconds: nanoseconds) }
      guard let iteration = sizing.iterationNanoseconds else {
        parts.append(.sizing)
        return TurnStep(
          process: 0, turn: parts.count - 1, samples: 1, iterations: sizing.iterations)
      }
      plan = TurnPlan(
        iteration: iteration, stretch: stretch, uncounted: 1, turns: TurnPlan.usualTurns,
        seconds: seconds)
      steps = Self.steps(iteration: iteration)[...]
    }
    guard let plan, let step = steps.popFirst() else { return nil }
    parts.append(step.part)
    return TurnStep(
      process: step.process, turn: parts.count - 1, samples: max(2, plan.samples),
      iterations: plan.iterations)
  }

  /// The nanoseconds of one iteration, once that is known.
  var iterationNanoseconds: Double? { sizing.iterationNanoseconds }

  /// Fewer blocks of what takes long: an iteration of milliseconds hardly notices cold caches.
  private static func steps(iteration: Double) -> [(process: Int, part: Part)] {
    let blocks = iteration > longIteration ? 1 : 3
    return (0..<blocks).flatMap { block -> [(process: Int, part: Part)] in
      let turns = (0..<3).flatMap { turn in
        (turn.isMultiple(of: 2) ? [0, 1] : [1, 0]).map { ($0, Part.lockstep(block: block)) }
      }
      let alone = [0, 1].flatMap { process in
        (0..<3).map { _ in (process, Part.alone(block: block)) }
      }
      return turns + alone
    }
  }

  private static let longIteration = 1e7
}

/// Finds how long an iteration takes by samples of a growing number of iterations.
///
/// A sample's time contains handing over, some microseconds, so it is believed from a tenth of a
/// millisecond on, and the quickest of three counts, because interruptions only add time.
struct SampleSizing: Hashable {
  /// The number of iterations of the next sample.
  private(set) var iterations = 1
  /// The nanoseconds of an iteration; `nil` until that is known.
  private(set) var iterationNanoseconds: Double?
  private var quickest = Double.infinity
  private var samples = 0

  /// Adds the time of the last sample.
  mutating func add(nanoseconds: Double) {
    guard nanoseconds >= TurnPlan.usualSample, iterations < Self.mostIterations else {
      guard iterations < Self.mostIterations else {
        iterationNanoseconds = max(nanoseconds, 1) / Double(iterations)
        return
      }
      let needed = TurnPlan.usualSample / max(nanoseconds, 1) * Double(iterations) * 1.2
      let bounded = min(max(needed, Double(iterations) * 2), Double(iterations) * 10)
      iterations = min(Int(bounded.rounded(.up)), Self.mostIterations)
      (quickest, samples) = (.infinity, 0)
      return
    }
    quickest = min(quickest, nanoseconds)
    samples += 1
    if samples == 3 || quickest > Self.beyondDoubt {
      iterationNanoseconds = quickest / Double(iterations)
    }
  }

  /// A body that takes no time at all would otherwise be tried forever.
  private static let mostIterations = 1_000_000_000
  /// A sample this long is not tried three times.
  private static let beyondDoubt = 2e7
}

/// What a pilot round found out about one benchmark.
struct PilotFinding: Hashable {
  /// How many samples at the beginning of a turn cost more than the rest.
  let uncounted: Int
  /// By how much a turn costs more than one of a process alone, beside those samples; relative.
  let coldness: Double

  /// From this on the series is sensitive to what the caches hold.
  static let sensitive = 0.05
  /// A position of a turn that costs this much more than the end of the turn does not count.
  private static let coldPosition = 0.02

  /// - Parameters:
  ///   - turns: the values of each turn of a process, for each process.
  ///   - parts: what each turn was for.
  init(_ turns: [[Int: [Double]]], parts: [PilotScore.Part]) {
    let inTurn = turns.map { turns in
      parts.indices.filter { if case .lockstep = parts[$0] { true } else { false } }
        .compactMap { turns[$0] }
    }
    let excess = { position in inTurn.map { Self.excess(of: $0, at: position) }.max() ?? 0 }
    let length = inTurn.joined().map(\.count).min() ?? 0
    // Of a turn of many samples the first one never counts.
    let candidates = length >= 4 ? [1, 3] : [0, 1]
    uncounted =
      candidates.first { excess($0) <= Self.coldPosition } ?? candidates.last ?? 0
    let first = uncounted
    let within = first < length ? excess(first) : 0
    let levels = turns.map { Self.excessOverAlone($0, parts: parts, uncounted: first) }
    coldness = max(within, levels.max() ?? 0)
  }

  /// By how much the samples at a position of a turn cost more than those at its end.
  private static func excess(of turns: [[Double]], at position: Int) -> Double {
    let ratios = turns.compactMap { values -> Double? in
      guard position + 1 < values.count else { return nil }
      let end = MeasurementSummary(of: values.suffix(max(1, values.count / 2))).median
      return end > 0 ? values[position] / end : nil
    }
    return ratios.isEmpty ? 0 : MeasurementSummary(of: ratios).median - 1
  }

  /// By how much the turns between those of the other side cost more than turns in a row.
  private static func excessOverAlone(
    _ turns: [Int: [Double]], parts: [PilotScore.Part], uncounted: Int
  ) -> Double {
    var between: [Int: [Double]] = [:]
    var alone: [Int: [[Double]]] = [:]
    for (turn, part) in parts.enumerated() {
      guard let values = turns[turn] else { continue }
      switch part {
      case .sizing: break
      case .lockstep(let block):
        between[block, default: []] += values.dropFirst(min(uncounted, values.count - 1))
      case .alone(let block): alone[block, default: []].append(values)
      }
    }
    let ratios = between.compactMap { block, values -> Double? in
      // The first turn in a row follows one of the other side.
      let own = alone[block, default: []].dropFirst().flatMap(\.self)
      guard !values.isEmpty, !own.isEmpty else { return nil }
      let level = MeasurementSummary(of: own).median
      return level > 0 ? MeasurementSummary(of: values).median / level : nil
    }
    return ratios.isEmpty ? 0 : MeasurementSummary(of: ratios).median - 1
  }
}
