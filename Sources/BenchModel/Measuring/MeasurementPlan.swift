/// What one worker process measures while it runs the benchmark's body.
///
/// Counters that cost time run in a process of their own, so that wall time is never taken with a
/// counter switched on.
package enum MeasurementPass: String, Sendable, Hashable, Codable, CaseIterable {
  /// Measures wall time, CPU time, context switches, page faults, and hardware counters where they
  /// cost nothing.
  case timing
  /// Counts allocations with the interposed allocator, and measures the peak resident size.
  case counting
  /// Counts the instructions of single iterations exactly, under callgrind; runs only on request.
  case instructions
}

/// A counter that costs so much that it counts only on request.
package enum Counter: String, Sendable, Hashable, Codable, CaseIterable {
  case instructions
}

/// The duration and the number of samples of one worker process.
package struct MeasurementPlan: Sendable, Hashable, Codable {
  package let pass: MeasurementPass
  /// The seconds of sampling after warm-up.
  package let seconds: Double
  /// The most samples that are taken, and the fewest however long they take.
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
  /// The number of fresh timing processes for each benchmark.
  package let processes: Int
  /// The number of fresh counting processes for each benchmark.
  package let countingProcesses: Int
  /// The seconds of sampling in each process.
  package let seconds: Double
  package let maximumSamples: Int
  /// The largest parameter `records` or `elements` of a benchmark that is measured.
  package let maximumRecords: Int
  /// The number of fresh processes for each benchmark that count instructions under callgrind,
  /// where nothing cheaper counts them.
  package let instructionProcesses: Int
  /// The number of code layouts of each side that a paired comparison assigns to its rounds; `nil`
  /// where layout is not varied.
  package let layouts: Int?
  /// The number of sessions that have to agree in a paired comparison; `nil` for one.
  package let sessions: Int?
  /// The number of turns that count of each process, in a paired comparison whose processes take
  /// turns; `nil` where none do.
  package let turns: Int?

  package init(
    name: String, processes: Int, countingProcesses: Int, seconds: Double, maximumSamples: Int,
    maximumRecords: Int, instructionProcesses: Int = 0, layouts: Int? = nil, sessions: Int? = nil,
    turns: Int? = nil
  ) {
    self.turns = turns
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

  /// The same profile for a paired comparison with `layouts` layouts a side and `sessions`
  /// sessions.
  ///
  /// 1 becomes `nil`, so that a comparison which varies nothing is stored without these keys.
  package func paired(layouts: Int, sessions: Int) -> Profile {
    Profile(
      name: name, processes: processes, countingProcesses: countingProcesses, seconds: seconds,
      maximumSamples: maximumSamples, maximumRecords: maximumRecords,
      instructionProcesses: instructionProcesses,
      layouts: layouts > 1 ? layouts : nil, sessions: sessions > 1 ? sessions : nil, turns: turns)
  }

  /// The same profile for a paired comparison whose processes take so many turns that count, or
  /// none.
  package func taking(turns: Int?) -> Profile {
    Profile(
      name: name, processes: processes, countingProcesses: countingProcesses, seconds: seconds,
      maximumSamples: maximumSamples, maximumRecords: maximumRecords,
      instructionProcesses: instructionProcesses, layouts: layouts, sessions: sessions,
      turns: turns)
  }

  /// Runs everything in seconds, for tests and a first look.
  package static let smoke = Profile(
    name: "smoke", processes: 2, countingProcesses: 2, seconds: 0.02, maximumSamples: 5,
    maximumRecords: 10_000)
  /// Takes about two minutes for a hundred benchmarks, for pull requests. It has ten short
  /// processes rather than a few long ones because most of the variance is between processes.
  package static let quick = Profile(
    name: "quick", processes: 10, countingProcesses: 2, seconds: 0.05, maximumSamples: 20,
    maximumRecords: 100_000)
  /// The reference: takes under twenty minutes for 120 benchmarks, the largest of which process a
  /// million records.
  package static let full = Profile(
    name: "full", processes: 10, countingProcesses: 3, seconds: 0.4, maximumSamples: 30,
    maximumRecords: .max)

  package static let all: [Profile] = [.smoke, .quick, .full]

  /// The same profile with these counters. Two processes count, since one can never convict and
  /// more would count the same.
  package func counting(_ counters: Set<Counter>) -> Profile {
    Profile(
      name: name, processes: processes, countingProcesses: countingProcesses, seconds: seconds,
      maximumSamples: maximumSamples, maximumRecords: maximumRecords,
      instructionProcesses: counters.contains(.instructions) ? 2 : 0, layouts: layouts,
      sessions: sessions, turns: turns)
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

/// Profiles from before instructions could be counted have no key `instructionProcesses`; profiles
/// that vary nothing have neither `layouts` nor `sessions`, and those without turns no `turns`.
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
      sessions: try values.decodeIfPresent(Int.self, forKey: .sessions),
      turns: try values.decodeIfPresent(Int.self, forKey: .turns))
  }
}
