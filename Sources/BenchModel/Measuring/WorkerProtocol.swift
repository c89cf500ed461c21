/// The conversation between benchdb and a worker process, version 1.
///
/// A worker is any executable. benchdb starts it with `BENCHDB_PROTOCOL=1` in its environment, one
/// request as a line of JSON on standard input, and the number of an open descriptor in
/// `BENCHDB_FD`, on which the worker answers in JSON Lines. Standard output and standard error stay
/// the benchmark's own.
package enum WorkerProtocol {
  package static let version = 1
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

/// A request to a worker: `{"request":"list"}` or
/// `{"request":"run","benchmark":…,"seed":…,"plan":…}`.
package enum WorkerRequest: Sendable, Hashable {
  /// Asks for one `benchmark` message for each benchmark, then `end`.
  case list
  /// Asks for `sample` messages in the order in which they were taken, then `done`; or `failure`.
  case run(BenchmarkKey, seed: UInt64, plan: MeasurementPlan)
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
  /// Whether the sample was taken before the benchmark was warm; such a sample is stored, but never
  /// judged.
  package let warmUp: Bool

  package init(
    metric: String, value: Double, iterations: Int = 1, order: Int, warmUp: Bool = false
  ) {
    self.metric = metric
    self.value = value
    self.iterations = iterations
    self.order = order
    self.warmUp = warmUp
  }
}

/// The keys `iterations` and `warmUp` may be left out for one iteration after warm-up.
extension Sample: Codable {
  private enum Key: String, CodingKey { case metric, value, iterations, order, warmUp }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      metric: try values.decode(String.self, forKey: .metric),
      value: try values.decode(Double.self, forKey: .value),
      iterations: try values.decodeIfPresent(Int.self, forKey: .iterations) ?? 1,
      order: try values.decode(Int.self, forKey: .order),
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
