/// What one worker process does beside running the benchmark's body.
///
/// Counters that cost time run in a process of their own, so that wall time is never taken with a
/// counter switched on.
package enum MeasurementPass: String, Sendable, Hashable, Codable, CaseIterable {
  /// Clocks only: wall time, CPU time, context switches, page faults, and hardware counters where
  /// they are free.
  case timing
  /// The interposed allocator and the peak resident size.
  case counting
  /// Instructions of single iterations, exactly, under callgrind; made only when asked for.
  case instructions
}

/// What costs so much to count that it is only counted when asked for.
package enum Counter: String, Sendable, Hashable, Codable, CaseIterable {
  case instructions
}

/// How long and how finely one worker process measures.
package struct MeasurementPlan: Sendable, Hashable, Codable {
  package let pass: MeasurementPass
  /// Seconds of sampling after warm-up.
  package let seconds: Double
  /// No more samples than this, and no fewer than `minimumSamples` however long they take.
  package let maximumSamples: Int
  package let minimumSamples: Int
  /// Warm-up ends after this many seconds even if the samples have not become stable.
  package let warmUpSeconds: Double

  package init(
    pass: MeasurementPass = .timing, seconds: Double, maximumSamples: Int = 30,
    minimumSamples: Int = 3, warmUpSeconds: Double
  ) {
    self.pass = pass
    self.seconds = seconds
    self.maximumSamples = maximumSamples
    self.minimumSamples = minimumSamples
    self.warmUpSeconds = warmUpSeconds
  }
}

/// A named amount of measuring, stored with the run.
package struct Profile: Sendable, Hashable, Codable {
  package let name: String
  /// Fresh timing processes a benchmark.
  package let processes: Int
  /// Fresh counting processes a benchmark.
  package let countingProcesses: Int
  /// Seconds of sampling a process.
  package let seconds: Double
  package let maximumSamples: Int
  /// Benchmarks whose parameter `records` or `elements` is larger are left out.
  package let maximumRecords: Int
  /// Fresh processes a benchmark that count instructions under callgrind, where nothing cheaper
  /// counts them.
  package let instructionProcesses: Int
  /// How many code layouts of each side a paired comparison deals to its rounds; `nil` where layout
  /// is not varied.
  package let layouts: Int?
  /// How many sessions a paired comparison asks to agree; `nil` for one.
  package let sessions: Int?

  package init(
    name: String, processes: Int, countingProcesses: Int, seconds: Double, maximumSamples: Int,
    maximumRecords: Int, instructionProcesses: Int = 0, layouts: Int? = nil, sessions: Int? = nil
  ) {
    self.name = name
    self.processes = processes
    self.countingProcesses = countingProcesses
    self.seconds = seconds
    self.maximumSamples = maximumSamples
    self.maximumRecords = maximumRecords
    self.instructionProcesses = instructionProcesses
    self.layouts = layouts
    self.sessions = sessions
  }

  /// The same amount, measured side by side with so many layouts a side in so many sessions. One of
  /// either is left unsaid, so that a comparison which varies nothing is stored as it always was.
  package func paired(layouts: Int, sessions: Int) -> Profile {
    Profile(
      name: name, processes: processes, countingProcesses: countingProcesses, seconds: seconds,
      maximumSamples: maximumSamples, maximumRecords: maximumRecords,
      instructionProcesses: instructionProcesses,
      layouts: layouts > 1 ? layouts : nil, sessions: sessions > 1 ? sessions : nil)
  }

  /// For tests and a first look: everything once, in seconds.
  package static let smoke = Profile(
    name: "smoke", processes: 2, countingProcesses: 2, seconds: 0.02, maximumSamples: 5,
    maximumRecords: 10_000)
  /// For pull requests: about two minutes for some hundred benchmarks. Ten processes tell more than
  /// long ones do: what differs from process to process is most of what varies.
  package static let quick = Profile(
    name: "quick", processes: 10, countingProcesses: 2, seconds: 0.05, maximumSamples: 20,
    maximumRecords: 100_000)
  /// The reference: under twenty minutes for some 120 benchmarks, of which the largest take a
  /// million records.
  package static let full = Profile(
    name: "full", processes: 10, countingProcesses: 3, seconds: 0.4, maximumSamples: 30,
    maximumRecords: .max)

  package static let all: [Profile] = [.smoke, .quick, .full]

  /// The same with these counters. Two processes, since one can never convict; more would count the
  /// same.
  package func counting(_ counters: Set<Counter>) -> Profile {
    Profile(
      name: name, processes: processes, countingProcesses: countingProcesses, seconds: seconds,
      maximumSamples: maximumSamples, maximumRecords: maximumRecords,
      instructionProcesses: counters.contains(.instructions) ? 2 : 0, layouts: layouts,
      sessions: sessions)
  }

  /// The plan of one process of this profile. A profile of few samples takes fewer still of what is
  /// slow.
  package func plan(_ pass: MeasurementPass) -> MeasurementPlan {
    MeasurementPlan(
      pass: pass, seconds: seconds, maximumSamples: maximumSamples,
      minimumSamples: min(3, max(1, maximumSamples / 5)),
      warmUpSeconds: max(min(0.02, seconds / 2), seconds / 4))
  }
}

/// Profiles that were stored before instructions could be counted have no key
/// `instructionProcesses`; none that vary nothing have `layouts` or `sessions`.
extension Profile {
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try values.decode(String.self, forKey: .name),
      processes: try values.decode(Int.self, forKey: .processes),
      countingProcesses: try values.decode(Int.self, forKey: .countingProcesses),
      seconds: try values.decode(Double.self, forKey: .seconds),
      maximumSamples: try values.decode(Int.self, forKey: .maximumSamples),
      maximumRecords: try values.decode(Int.self, forKey: .maximumRecords),
      instructionProcesses: try values.decodeIfPresent(Int.self, forKey: .instructionProcesses)
        ?? 0,
      layouts: try values.decodeIfPresent(Int.self, forKey: .layouts),
      sessions: try values.decodeIfPresent(Int.self, forKey: .sessions))
  }
}
