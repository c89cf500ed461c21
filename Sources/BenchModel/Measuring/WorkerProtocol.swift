/// The conversation between benchdb and a worker process, versions 1 and 2.
///
/// A worker is any executable. benchdb starts it with `BENCHDB_PROTOCOL=1` in its environment, one
/// request as a line of JSON on standard input, and the number of an open descriptor in
/// `BENCHDB_FD`, on which the worker answers in JSON Lines. Standard output and standard error stay
/// the benchmark's own.
///
/// In version 2, `BENCHDB_PROTOCOL=2`, the worker takes turns with the process of another commit.
/// benchdb asks for that only where the list says `"turns":true` of the benchmark. After the
/// request the worker sets the benchmark up, answers `ready`, and reads commands from standard
/// input (`TurnCommand`), one a line.
package enum WorkerProtocol {
  package static let version = 1
  /// The version in which a worker takes turns.
  package static let turnsVersion = 2
  package static let versionVariable = "BENCHDB_PROTOCOL"
  package static let descriptorVariable = "BENCHDB_FD"
  /// The variable with the path at which callgrind leaves its counts, followed by a dot and a
  /// number; set under callgrind only.
  package static let countsVariable = "BENCHDB_CALLGRIND_OUT"
  /// A variable without meaning, whose length moves the worker's stack.
  package static let paddingVariable = "BENCHDB_PADDING"

  /// Reasons of a failure in the pass `instructions`: the worker can count under callgrind only, or
  /// not at all.
  package static let needsCallgrind = "needs callgrind"
  package static let lacksCallgrind = "built without callgrind"
}

/// A request to a worker: `{"request":"list"}`,
/// `{"request":"run","benchmark":…,"seed":…,"plan":…}` or
/// `{"request":"turns","benchmark":…,"seed":…,"samples":…}`.
package enum WorkerRequest: Sendable, Hashable {
  /// Asks for one `benchmark` message for each benchmark, then `end`.
  case list
  /// Asks for `sample` messages in the order in which they were taken, then `done`; or `failure`.
  case run(BenchmarkKey, seed: UInt64, plan: MeasurementPlan)
  /// Asks it to get ready for turns of together at most so many samples. It answers `ready`.
  case turns(BenchmarkKey, seed: UInt64, samples: Int)
}

/// What benchdb tells a worker that takes turns, and what the worker answers: plain words, one
/// line each, because they pass between two samples.
///
/// The worker answers each `go` with `done`. After `end` it sends what it measured, as it answers
/// `run`: `sample` messages that name their turn, and then `done` with its facts, or `failure`.
package enum TurnCommand: Sendable, Hashable {
  /// `go 3 10 1000`: takes 10 samples of 1,000 iterations each, which belong to turn 3.
  case go(turn: Int, samples: Int, iterations: Int)
  case end

  /// The answer after the setup, and the answer after each turn.
  package static let ready = "ready"
  package static let done = "done"

  /// The line, without its newline.
  package var line: String {
    switch self {
    case .go(let turn, let samples, let iterations): "go \(turn) \(samples) \(iterations)"
    case .end: "end"
    }
  }

  /// - Returns: `nil` where the line is no command.
  package init?(_ line: some StringProtocol) {
    let words = line.split(separator: " ")
    switch (words.first, words.count) {
    case ("end", 1): self = .end
    case ("go", 4):
      let numbers = words.dropFirst().compactMap { Int($0) }
      guard numbers.count == 3, numbers[0] >= 0, numbers[1] >= 1, numbers[2] >= 1 else {
        return nil
      }
      self = .go(turn: numbers[0], samples: numbers[1], iterations: numbers[2])
    default: return nil
    }
  }
}

/// How the processes of a round ran beside each other.
package enum RoundMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// At the same time on one core, taking turns of milliseconds.
  case lockstep
  /// In such turns, which are longer than usual, because the other side's turn cools the caches of
  /// this benchmark for longer.
  case longTurns = "long-turns"
  /// At once on one core, without turns.
  case together
  /// One after the other, because the caches of this benchmark stay cold for too long after the
  /// other side's turn.
  case apart
}

/// An answer of a worker; there is one message a line, and the key `message` tells its kind.
package enum WorkerMessage: Sendable, Hashable {
  /// `{"message":"benchmark","key":…,"version":1,"metrics":[…],"source":…}`
  case benchmark(BenchmarkDeclaration)
  /// `{"message":"end"}`: the list is complete.
  case end
  /// `{"message":"sample","metric":"wall","value":312.5,"iterations":1000,"order":0,"warmUp":false}`
  case sample(Sample)
  /// `{"message":"done","facts":{…}}`: the measurement is complete and its result was checked.
  case done(WorkerFacts)
  /// `{"message":"failure","reason":"wrong result","detail":"…"}`: no sample of this process
  /// counts.
  case failure(reason: String, detail: String)
}

/// One sample of one metric.
package struct Sample: Sendable, Hashable {
  package let metric: String
  /// The value for one iteration, in the metric's unit.
  package let value: Double
  /// The number of iterations that were timed together.
  package let iterations: Int
  /// The sample's position in the process, from 0, which samples share that were taken together.
  package let order: Int
  /// The turn in which it was taken; `nil` in a process that takes none.
  package let turn: Int?
  /// Whether the sample was taken before the benchmark was warm; such a sample is stored, but never
  /// judged.
  package let warmUp: Bool

  package init(
    metric: String, value: Double, iterations: Int = 1, order: Int, turn: Int? = nil,
    warmUp: Bool = false
  ) {
    self.turn = turn
    self.metric = metric
    self.value = value
    self.iterations = iterations
    self.order = order
    self.warmUp = warmUp
  }
}

/// The keys `iterations` and `warmUp` may be left out for one iteration after warm-up, and `turn`
/// where there are no turns.
extension Sample: Codable {
  private enum Key: String, CodingKey { case metric, value, iterations, order, turn, warmUp }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      metric: try values.decode(String.self, forKey: .metric),
      value: try values.decode(Double.self, forKey: .value),
      iterations: try values.decodeIfPresent(Int.self, forKey: .iterations) ?? 1,
      order: try values.decode(Int.self, forKey: .order),
      turn: try values.decodeIfPresent(Int.self, forKey: .turn),
      warmUp: try values.decodeIfPresent(Bool.self, forKey: .warmUp) ?? false)
  }
}

/// The facts that a worker knows about its own process when it is done.
package struct WorkerFacts: Sendable, Hashable, Codable {
  /// The peak resident size in bytes, which the parent can't know, since `ru_maxrss` of a child
  /// starts from the parent's.
  package var peakResidentBytes: Int?
  /// The nanoseconds that an empty batch takes, which the sampling loop adds to a sample. They are
  /// reported, and never subtracted.
  package var emptyBatchNanoseconds: Double?
  /// The seconds spent in warm-up, and whether the samples were stable at its end.
  package var warmUpSeconds: Double?
  package var isStable: Bool?
  /// The harness and its version.
  package var harness: String?
  /// The units of an imported file by metric, where its values were converted.
  package var originalUnits: [String: String]?
  /// True for an imported process whose line gives neither an order nor a start, so that the place
  /// of its line is all that is known of when it ran.
  package var isOrderAssumed: Bool?
  /// Names the machine code that ran, where the hash of the build covers more than that, such as
  /// the files that benchmarks read. benchdb adds it; a worker can't.
  package var codeHash: String?
  /// How the processes of its round ran beside each other; `nil` where that was one after the
  /// other, as always. benchdb adds it.
  package var method: RoundMethod?
  /// The CPU time that the process used between its turns, as a share of the time that passed.
  package var busyBetweenTurns: Double?

  package init(
    peakResidentBytes: Int? = nil, emptyBatchNanoseconds: Double? = nil,
    warmUpSeconds: Double? = nil, isStable: Bool? = nil, harness: String? = nil,
    originalUnits: [String: String]? = nil, codeHash: String? = nil
  ) {
    self.peakResidentBytes = peakResidentBytes
    self.emptyBatchNanoseconds = emptyBatchNanoseconds
    self.warmUpSeconds = warmUpSeconds
    self.isStable = isStable
    self.harness = harness
    self.originalUnits = originalUnits
    self.codeHash = codeHash
  }
}
