import BenchModel
import CBenchCounters
import Foundation

/// The pass that counts instructions under callgrind, one iteration at a time. Nothing outside of
/// the body is counted, and the counts of two processes agree.
struct InstructionPass: MeasuringPass {
  private let counted: Int
  /// The path to which callgrind writes: this path, a dot, and the iteration's number from 1.
  private let path: String
  private var counts: [Double] = []

  /// The first iteration runs uncounted, to fill whatever is filled once. The second is counted and
  /// stored as warm-up, since callgrind itself was cold.
  private static let warmUpCount = 1

  /// - Throws: an error where this process does not run under callgrind as benchdb starts it.
  init(plan: MeasurementPlan) throws(MeasurementFailure) {
    guard let path = ProcessInfo.processInfo.environment[WorkerProtocol.countsVariable] else {
      throw .needsCallgrind
    }
    self.path = path
    counted = Self.warmUpCount + max(1, plan.minimumSamples)
  }

  /// Whether this machine counts instructions in every timing process, so that this pass has
  /// nothing to do.
  /// - Throws: the reason why instructions cannot be counted at all.
  static func isNeedless() throws(MeasurementFailure) -> Bool {
    guard !benchdb_callgrind_is_running() else { return false }
    benchdb_hardware_open()
    defer { benchdb_hardware_close() }
    var count: UInt64 = 0
    if benchdb_hardware_instructions(&count) { return true }
    throw benchdb_callgrind_is_built() ? .needsCallgrind : .lacksCallgrind
  }

  mutating func run(_ work: Work, batch: (Int) throws -> Void) throws {
    try batch(1)
    for number in 1...counted {
      work.release()
      benchdb_callgrind_start()
      try batch(1)
      benchdb_callgrind_stop()
      try add(number)
    }
  }

  mutating func run(_ work: Work, batch: (Int) async throws -> Void) async throws {
    try await batch(1)
    for number in 1...counted {
      work.release()
      benchdb_callgrind_start()
      try await batch(1)
      benchdb_callgrind_stop()
      try add(number)
    }
  }

  /// Reads the file that callgrind wrote for the iteration, and removes it.
  private mutating func add(_ number: Int) throws(MeasurementFailure) {
    let file = "\(path).\(number)"
    let text = try? String(contentsOf: URL(filePath: file), encoding: .utf8)
    try? FileManager.default.removeItem(atPath: file)
    guard let count = text.flatMap(Self.total) else { throw .noCount(file) }
    counts.append(count)
    Parent.leaveIfGone()
  }

  /// The number after `totals:` in a file of callgrind.
  static func total(_ text: String) -> Double? {
    text.split(separator: "\n").last { $0.hasPrefix("totals:") }
      .flatMap { Double($0.dropFirst(7).trimmingCharacters(in: .whitespaces)) }
  }

  func result() -> ProcessResult {
    var result = ProcessResult()
    result.samples = counts.enumerated().map { order, count in
      Sample(
        metric: Metric.instructions.name, value: count, order: order,
        warmUp: order < Self.warmUpCount)
    }
    return result
  }
}
