package import BenchModel

/// Something that can make a machine noisy, and what was found of it.
package struct NoiseFinding: Sendable, Hashable {
  package let source: Source
  package let severity: Severity
  /// What was measured or read.
  package let evidence: Evidence
  /// About how much less noise there would be without it, as a share of a benchmark's time: 0.1 is
  /// ten per cent. Advice is ordered by it.
  package let gain: Double

  package init(_ source: Source, _ severity: Severity, _ evidence: Evidence, gain: Double = 0) {
    self.source = source
    self.severity = severity
    self.evidence = evidence
    self.gain = severity == .fine || severity == .unknown ? 0 : gain
  }

  /// What noise comes from. The raw values are those of the JSON form.
  package enum Source: String, Sendable, Hashable, CaseIterable {
    case steal
    case otherProcesses = "other_processes"
    case preemption
    case spread
    case drift
    case pressure
    case load
    case governor
    case turbo
    case throttling
    case containerLimit = "container_limit"
    case swap
    case power
    case siblings
    case clockSource = "clock_source"
    case virtualisation
    case services
    case addressRandomisation = "address_randomisation"
    case hugePages = "huge_pages"
  }

  package enum Severity: String, Sendable, Hashable, Codable {
    /// Small changes can't be seen while this lasts.
    case bad
    /// It costs sensitivity, or may at any time.
    case warning
    case fine
    /// Nothing was to be read of it here.
    case unknown
  }

  /// A number with its meaning, or a word of the system's own.
  package enum Evidence: Sendable, Hashable {
    case nothing
    /// A share of the time watched, or of CPU time, or a relative spread.
    case share(Double)
    case resources([MachineObservation.Resource: Double])
    case processes([BusyProcess], cpus: Double)
    /// Tasks that wanted a CPU, and how many there are.
    case load(Double, cores: Int)
    case count(Int)
    case words([String])
    case isOn(Bool)
  }
}
