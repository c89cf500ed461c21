import BenchModel
import Foundation

/// The processes of one benchmark in one round, which are alive at the same time.
struct SimultaneousRound {
  struct Arm {
    let process: PairedProcess
    let executable: SuiteExecutable
    let declaration: BenchmarkDeclaration
  }

  let arms: [Arm]
  let session: UUID
  let profile: Profile
  /// The state of the machine before the round.
  let state: MachineState
  let interruption: Interruption?

  enum Result {
    case whole([ProcessRecord])
    /// Nothing of the round counts; the process that is to blame.
    case void(ProcessRecord)
  }

  /// Measures in turns, whose order `seed` draws.
  /// - Returns: what the processes measured.
  /// - Throws: `RunnerError` where a process can't be started, or the user interrupts.
  func inTurns(_ plan: TurnPlan, seed: UInt64) throws -> Result {
    try arms.forEach { try $0.executable.checkUnchanged() }
    let started = Date()
    let limits = TurnLimits(timeout: timeout, turnNanoseconds: plan.slowestTurn)
    var conductor = TurnConductor(
      programs: try arms.map { try program($0, samples: plan.turns * plan.samples) },
      turnOrder: RoundTurns(plan: plan, count: arms.count, seed: seed), limits: limits,
      interruption: interruption)
    let outcome = try conductor.conduct()
    if let fault = outcome.fault {
      let run = run(
        arms[fault.process], outcome.answers[fault.process], started, plan, outcome.limit)
      return .void(record(arms[fault.process], run.voided, plan.method))
    }
    return result(
      zip(arms, outcome.answers).map { arm, answer in
        record(arm, run(arm, answer, started, plan, outcome.limit), plan.method)
      })
  }

  /// Measures at once without turns: all processes are started, then all are asked to run, and the
  /// system switches between them.
  /// - Returns: what the processes measured.
  /// - Throws: `RunnerError` where a process can't be started, or the user interrupts.
  func together() throws -> Result {
    try arms.forEach { try $0.executable.checkUnchanged() }
    let started = Date()
    var group = ProcessGroup(
      interruption: interruption, maximumBytes: WorkerLimits.totalBytes)
    // They share one core.
    let seconds = timeout * Double(arms.count)
    var blamed: Int?
    do {
      for arm in arms { try group.start(try program(arm, nil)) }
      for (index, arm) in arms.enumerated() {
        let request = WorkerRequest.run(
          arm.declaration.key, seed: Schedule.workloadSeed, plan: profile.plan(.timing))
        group.send(String(decoding: try JSONLine.encode(request), as: UTF8.self), to: index)
        group.closeInput(of: index)
      }
      blamed = try wait(for: &group, until: .now + .capped(seconds: seconds))
    } catch {
      group.end(because: .interrupted)
      _ = group.close()
      throw error
    }
    let records = zip(arms, group.close()).map { arm, answer in
      record(arm, run(arm, answer, started, nil, .capped(seconds: seconds)), .together)
    }
    return blamed.map { .void(records[$0]) } ?? result(records)
  }

  /// Waits until all have ended, or ends them.
  /// - Returns: the process because of which they were ended; `nil` where all ended by themselves.
  private func wait(
    for group: inout ProcessGroup, until deadline: ContinuousClock.Instant
  ) throws -> Int? {
    var left = Set(arms.indices)
    while !left.isEmpty {
      switch try group.wait(until: deadline) {
      case .answered: break
      case .ended(let index): left.remove(index)
      case .flooded(let index):
        group.end(because: .voided)
        return index
      case .interrupted: throw RunnerError.interrupted
      case .late:
        group.end(because: .timedOut)
        return left.min()
      }
    }
    return nil
  }

  /// The first process that did not complete makes the round void.
  private func result(_ records: [ProcessRecord]) -> Result {
    if let failed = records.first(where: { !$0.outcome.isCompleted }) { return .void(failed) }
    guard let base = records.first(where: { $0.position?.arm == .base }) else {
      return .whole(records)
    }
    return .whole(
      records.map { $0.position?.arm == .base ? $0 : $0.compared(with: base) })
  }

  private var timeout: Double {
    arms.map { $0.executable.timeout(of: profile, .timing) }.max() ?? 60
  }

  /// The program of a process that takes at most so many samples in turns.
  private func program(_ arm: Arm, samples: Int) throws -> ChildProcess {
    try program(
      arm, .turns(arm.declaration.key, seed: Schedule.workloadSeed, samples: samples),
      version: WorkerProtocol.turnsVersion)
  }

  /// The program of a process that gets a request, or is to get it later.
  private func program(
    _ arm: Arm, _ request: WorkerRequest?, version: Int = WorkerProtocol.version
  ) throws -> ChildProcess {
    var program = try arm.executable.worker.program(request, version: version)
    program.keepsInputOpen = true
    return program
  }

  private func run(
    _ arm: Arm, _ answer: WorkerAnswer, _ started: Date, _ plan: TurnPlan?, _ limit: Duration
  ) -> WorkerRun {
    WorkerRun(
      answer, started: started, of: arm.declaration, pass: .timing,
      timeout: limit / .seconds(1), plan: plan)
  }

  private func record(_ arm: Arm, _ run: WorkerRun, _ method: RoundMethod) -> ProcessRecord {
    var facts = arm.executable.naming(run.facts)
    facts.method = method
    return ProcessRecord(
      session: session, build: arm.executable.build, benchmark: arm.declaration, pass: .timing,
      order: arm.process.order, started: run.started, seconds: run.seconds, outcome: run.outcome,
      state: state, facts: facts, standardError: run.standardError,
      measurements: run.measurements, position: arm.process.position)
  }
}

// MARK: The pilot

extension SimultaneousRound {
  enum Pilot {
    /// The turns in which the benchmark is to be measured.
    case turns(TurnPlan)
    /// The caches stay cold for too long after the other side's turn.
    case cacheSensitive
    /// It works while it is not its turn, so its turns do not hold what it costs.
    case busyBetweenTurns
    case failed(ProcessRecord)
  }

  /// Finds the turns of a benchmark by taking some, which are not stored: one process of BASE and
  /// one of HEAD.
  /// - Throws: `RunnerError` where a process can't be started, or the user interrupts.
  func pilot(turns: Int) throws -> Pilot {
    for stretch in TurnPlan.stretches {
      // A machine that changes from moment to moment may pass for cold caches once.
      for _ in 0..<2 {
        switch try pilot(stretch: stretch, turns: turns) {
        case .cacheSensitive: continue
        case let found: return found
        }
      }
    }
    return .cacheSensitive
  }

  private func pilot(stretch: Int, turns: Int) throws -> Pilot {
    try arms.forEach { try $0.executable.checkUnchanged() }
    let started = Date()
    let sides = [RoundPosition.Arm.base, .head].compactMap { arm in
      arms.first { $0.process.position.arm == arm }
    }
    let limits = TurnLimits(timeout: timeout, turnNanoseconds: nil)
    var conductor = TurnConductor(
      programs: try sides.map { try program($0, samples: Self.pilotSamples) },
      turnOrder: PilotTurns(stretch: stretch, seconds: profile.seconds), limits: limits,
      interruption: interruption)
    let outcome = try conductor.conduct()
    let runs = zip(sides, outcome.answers).map { arm, answer in
      PilotSamples(answer, of: arm.declaration)
    }
    let failed = outcome.fault?.process ?? runs.firstIndex { $0.isEmpty }
    if let failed {
      let run = run(sides[failed], outcome.answers[failed], started, nil, outcome.limit)
      return .failed(record(sides[failed], run.voided, .lockstep))
    }
    if runs.contains(where: \.isBusyBetweenTurns) { return .busyBetweenTurns }
    guard let plan = outcome.turnOrder.plan else { return .cacheSensitive }
    let finding = PilotFinding(runs.map(\.turns), parts: outcome.turnOrder.parts)
    let iteration = outcome.turnOrder.iterationNanoseconds ?? plan.turnNanoseconds
    // What takes long hardly notices a tenth of a millisecond of cold caches.
    if finding.coldness > PilotFinding.sensitive, iteration < PilotTurns.longIteration {
      return .cacheSensitive
    }
    var chosen = TurnPlan(
      iteration: iteration, stretch: stretch, uncounted: finding.uncounted, turns: turns,
      seconds: profile.seconds)
    chosen.slowestTurn = max(chosen.turnNanoseconds, outcome.turnOrder.slowestTurn)
    return .turns(chosen)
  }

  /// A pilot takes fewer.
  private static let pilotSamples = 1_000
}

/// What a process of a pilot measured, by turns: the values of the first metric by which it is
/// judged, or of the first of all.
private struct PilotSamples {
  let turns: [Int: [Double]]
  /// Whether it used more than a little CPU time between its turns.
  let isBusyBetweenTurns: Bool

  init(_ answer: WorkerAnswer, of benchmark: BenchmarkDeclaration) {
    var facts: WorkerFacts?
    var measured: [String: [Int: [Double]]] = [:]
    try? answer.forEachMessage { message, _, _ in
      switch message {
      case .sample(let sample):
        guard let turn = sample.turn else { return }
        measured[sample.metric, default: [:]][turn, default: []].append(sample.value)
      case .done(let its): facts = its
      case .benchmark, .end, .failure: break
      }
    }
    let metrics = [.cpu, .wall] + benchmark.metrics.filter(\.isGate) + benchmark.metrics
    let metric = metrics.first { measured[$0.name] != nil }
    let values = facts == nil ? [:] : metric.flatMap { measured[$0.name] } ?? [:]
    // What is cold is worse.
    turns =
      metric?.direction == .higher
      ? values.mapValues { $0.map { $0 > 0 ? 1 / $0 : 0 } } : values
    isBusyBetweenTurns = (facts?.busyBetweenTurns ?? 0) > Self.littleWork
  }

  /// The CPU time between turns, as a share of the time that passes there, from which on it
  /// matters. Waiting for the next turn costs something by itself: to say that one is over, to go
  /// to sleep and to wake up take 40 µs of the other side's millisecond, and more on a loaded
  /// machine. A thread that works all the time gets half of a core that both sides share.
  private static let littleWork = 0.25

  var isEmpty: Bool { turns.isEmpty }
}
