import BenchModel

/// One side of a comparison as people name it.
package struct SideDescription: Sendable, Hashable {
  /// The first digits of the commit's hash.
  package let shortHash: String
  /// The name that the user wrote, `HEAD~1` or a baseline's; empty where they wrote the hash or
  /// nothing.
  package let name: String
  /// Something uncommitted lay on top of the commit.
  package let isDirty: Bool
  /// The processes of the series that has most.
  package let processes: Int
  /// How the name was resolved where that is not obvious: `nearest measured ancestor, 3 commits
  /// before HEAD~1`.
  package let note: String?

  package init(
    shortHash: String, name: String = "", isDirty: Bool = false, processes: Int,
    note: String? = nil
  ) {
    self.shortHash = shortHash
    self.name = name
    self.isDirty = isDirty
    self.processes = processes
    self.note = note
  }

  /// The column's title, `4f2c1aa` or, with uncommitted changes, `4f2c1aa*`.
  var title: String { shortHash + (isDirty ? "*" : "") }

  /// `4f2c1aa (HEAD, 10 processes)`
  var text: String { "\(title) \(detail)" }

  /// `(HEAD, 10 processes)`
  var detail: String {
    var parts = name.isEmpty || name == shortHash ? [] : [name]
    if let note { parts.append(note) }
    if isDirty { parts.append("uncommitted changes") }
    parts.append(English.processes(processes))
    return "(\(parts.joined(separator: ", ")))"
  }
}

/// What a comparison does not know of itself, and its reader wants to.
package struct ComparisonSetting: Sendable, Hashable {
  package let base: SideDescription
  package let head: SideDescription
  /// `AMD EPYC, 2 cores, Linux 6.18`
  package let machine: String
  /// What `calibrate` measured on this machine; `nil` where it has not.
  package let falseAlarms: FalseAlarmRate?
  /// What was decided for the reader, each in a sentence without its full stop: which sides a
  /// service for continuous integration means, why a comparison was made in pairs.
  package var notes: [String] = []
  /// Commands that lead on, the likeliest first.
  package let next: [String]
  /// Whose benchmarks were measured side by side; `nil` where none were, or nobody knows.
  package let benchmarks: BenchmarkOrigin?

  package init(
    base: SideDescription, head: SideDescription, machine: String,
    falseAlarms: FalseAlarmRate? = nil, next: [String] = [], benchmarks: BenchmarkOrigin? = nil
  ) {
    self.base = base
    self.head = head
    self.machine = machine
    self.falseAlarms = falseAlarms
    self.next = next
    self.benchmarks = benchmarks
  }

  /// How many of the series of unchanged code that were judged on this machine were called changed.
  package struct FalseAlarmRate: Sendable, Hashable {
    package let alarms: Int
    package let judged: Int
    /// The rate is under this with 95 % confidence; `nil` where it is not known.
    package let upperBound: Double?

    package init(alarms: Int, judged: Int, upperBound: Double? = nil) {
      self.alarms = alarms
      self.judged = judged
      self.upperBound = upperBound
    }

    /// A fraction; 0 where nothing was judged.
    package var rate: Double { judged > 0 ? Double(alarms) / Double(judged) : 0 }
  }
}
