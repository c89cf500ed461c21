/// The work of a benchmark: made by its setup, and measured as often as the plan requires.
///
/// ```swift
/// Benchmark("grouped", parameters: ["records": [100_000]]) { parameters, seed in
///   let records = makeRecords(parameters.integer("records"), seed: seed)  // not measured
///   return .measuring {
///     group(records)
///   } checking: { groups in
///     groups.count == 96 ? nil : "expected 96 groups, got \(groups.count)"
///   }
/// }
/// ```
///
/// Everything before `return` is setup and is not measured. The value that the body returns is
/// consumed by a black hole. Destroying that value is measured, as it would be part of the program
/// that the benchmark represents.
///
/// The loop around the body is compiled for the type of its value, in the benchmark's own module.
/// The remaining overhead is one call through a closure for each iteration, about 2 ns; a body that
/// takes less than about 100 ns should contain a loop of its own.
public struct Work {
  /// Runs the body a number of times.
  @usableFromInline
  enum Batch {
    case running((Int) throws -> Void)
    case waiting((Int) async throws -> Void)
  }

  let batch: Batch
  /// Reports on the last value.
  let report: (inout MetricReporter) -> Void
  /// Returns a complaint about the last value.
  let check: () throws -> String?
  /// Releases the last value.
  let release: () -> Void

  @usableFromInline
  init(
    batch: Batch, report: @escaping (inout MetricReporter) -> Void,
    check: @escaping () throws -> String?, release: @escaping () -> Void
  ) {
    self.batch = batch
    self.report = report
    self.check = check
    self.release = release
  }

  /// Makes synchronous work.
  /// - Parameters:
  ///   - body: the code to measure. An error that it throws fails the benchmark.
  ///   - reporting: reports the values of custom metrics after each sample, from the value that the
  ///     body returned last. It is not measured.
  ///   - checking: checks the last value after measuring, in every process. Return a complaint, or
  ///     throw, when it is wrong: then no sample of the process counts.
  /// - Returns: the work, which a benchmark's setup returns.
  @inlinable @inline(__always)
  public static func measuring<Value>(
    _ body: @escaping () throws -> Value,
    reporting: ((Value, inout MetricReporter) -> Void)? = nil,
    checking: ((Value) throws -> String?)? = nil
  ) -> Work {
    let last = LastValue<Value>()
    let batch = { (iterations: Int) throws -> Void in
      var value = last.take()
      for _ in 0..<iterations {
        value = nil
        value = try body()
        blackHole(value)
      }
      last.value = value
    }
    return Work(.running(batch), last: last, reporting: reporting, checking: checking)
  }

  /// Makes asynchronous work, such as tasks, actors or streams.
  /// - Parameters:
  ///   - body: the code to measure. An error that it throws fails the benchmark.
  ///   - reporting: reports the values of custom metrics after each sample, from the value that the
  ///     body returned last. It is not measured.
  ///   - checking: checks the last value after measuring, in every process. Return a complaint, or
  ///     throw, when it is wrong: then no sample of the process counts.
  /// - Returns: the work, which a benchmark's setup returns.
  @inlinable @inline(__always)
  public static func measuring<Value>(
    _ body: @escaping () async throws -> Value,
    reporting: ((Value, inout MetricReporter) -> Void)? = nil,
    checking: ((Value) throws -> String?)? = nil
  ) -> Work {
    let last = LastValue<Value>()
    let batch = { (iterations: Int) async throws -> Void in
      var value = last.take()
      for _ in 0..<iterations {
        value = nil
        value = try await body()
        blackHole(value)
      }
      last.value = value
    }
    return Work(.waiting(batch), last: last, reporting: reporting, checking: checking)
  }

  @usableFromInline
  init<Value>(
    _ batch: Batch, last: LastValue<Value>, reporting: ((Value, inout MetricReporter) -> Void)?,
    checking: ((Value) throws -> String?)?
  ) {
    self.init(
      batch: batch,
      report: { reporter in
        if let reporting, let value = last.value { reporting(value, &reporter) }
      },
      check: { try last.value.flatMap { try checking?($0) } },
      release: { last.value = nil })
  }
}

/// The value that the body returned last, kept for reporting and checking.
///
/// Only the process's single measuring loop accesses it. So the run-time check for overlapping
/// access, which would be inside the timed region, is disabled.
@usableFromInline
final class LastValue<Value> {
  @usableFromInline
  @exclusivity(unchecked)
  var value: Value?

  @usableFromInline
  init() {}

  @inlinable
  func take() -> Value? {
    let taken = value
    value = nil
    return taken
  }
}
