package import BenchKit
import ReportLanguage
import StreamingPipeline

extension Suite {
  /// Measures the report language, step by step: a text is parsed, verified against the fields of
  /// the orders, lowered to a pipeline, and evaluated over orders in memory.
  ///
  /// An iteration is one report through one step; the steps before it are done beforehand, and the
  /// steps after it are omitted. 'evaluate' writes the report as text, every band of it, over 100
  /// orders. Reports of 10 to 100 elements in bands 2 to 8 deep are made in code and printed.
  /// 'eleven bands' is written by hand and has 61 elements and every construct of the language.
  /// Compare 'arithmetic' with a loop written for its expression; 'control' reads the orders
  /// without a report.
  package static let dsl = Suite("dsl") {
    for (elements, nesting) in [(10, 2), (25, 4), (50, 6), (100, 8)] {
      let size: Sweep = ["elements": [.integer(elements)], "nesting": [.integer(nesting)]]
      let generated = GeneratedReport(elements: elements, nesting: nesting)

      /// Parses text to a syntax tree.
      Benchmark("parse", parameters: size, gate: gate) { _, _ in
        try MeasuredReport(generated.report).parsing
      }

      /// Verifies the names, types and scopes in the report.
      Benchmark("verify", parameters: size, gate: hashing) { _, _ in
        try MeasuredReport(generated.report).verifying
      }

      /// Lowers a verified report to evaluators, and to the groupings and aggregates of a pipeline.
      Benchmark("lower", parameters: size, gate: hashing) { _, _ in
        try MeasuredReport(generated.report).lowering
      }

      /// Writes 100 orders as text.
      Benchmark(
        "evaluate",
        parameters: [
          "elements": [.integer(elements)], "nesting": [.integer(nesting)], "records": [100],
        ], gate: hashing
      ) { _, seed in
        let orders = try SortedOrders(count: 100, seed: seed)
        return try MeasuredReport(generated.report)
          .evaluating(orders.source, expecting: generated.expectation(orders))
      }
    }

    /// Parses 61 elements in eleven bands.
    Benchmark("parse eleven bands", gate: gate) { _, _ in try MeasuredReport.elevenBands().parsing }

    /// Verifies names, types and scopes.
    Benchmark("verify eleven bands", gate: hashing) { _, _ in
      try MeasuredReport.elevenBands().verifying
    }

    /// Lowers the report to evaluators and a pipeline.
    Benchmark("lower eleven bands", gate: hashing) { _, _ in
      try MeasuredReport.elevenBands().lowering
    }

    /// Runs the three steps before the first record, one after the other.
    Benchmark("parse, verify and lower eleven bands", gate: hashing) { _, _ in
      try MeasuredReport.elevenBands().preparing
    }

    /// Writes 100 orders as text, in two passes because headers show totals of what follows.
    Benchmark("evaluate eleven bands", parameters: ["records": [100]], gate: hashing) {
      parameters, seed in
      let orders = try SortedOrders(count: parameters.integer("records"), seed: seed)
      return try MeasuredReport.elevenBands()
        .evaluating(orders.source, expecting: ElevenBands.expectation(orders))
    }

    /// Runs all steps, and the pipeline of the report over 10,000 orders, up to its aggregates.
    /// 'parse, verify and lower eleven bands' is part of it. Nothing is written.
    Benchmark("run eleven bands", parameters: ["records": [10_000]], gate: hashing) {
      parameters, seed in
      let orders = try SortedOrders(count: parameters.integer("records"), seed: seed)
      return try MeasuredReport.elevenBands().running(orders)
    }

    /// Processes eleven bands with mistakes: the parser finds those of syntax, the verification
    /// those of meaning. All must be found.
    for report in MalformedReport.all {
      Benchmark("malformed", parameters: ["mistakes": [.text(report.name)]], gate: hashing) {
        _, _ in
        try report.work
      }
    }

    /// Parses a generated report of this many elements, two levels deep. 'bytes a second' are those
    /// of the text, by elapsed time.
    Benchmark(
      "parse a long text", parameters: ["elements": [1_000, 10_000, 100_000]], gate: gate,
      metrics: [bytesASecond]
    ) { parameters, _ in
      let report = try MeasuredReport(
        GeneratedReport(elements: parameters.integer("elements"), nesting: 2).report)
      return .measuring {
        try Timed { try Report(parsing: report.text) }
      } reporting: { timed, reporter in
        reporter[bytesASecond] = Double(report.text.bytes.count) / timed.seconds
      } checking: { timed in
        report.complaint(aboutParsed: timed.value)
      }
    }

    /// Evaluates an expression over doubles, in batches of 1,000 records.
    Benchmark("arithmetic", parameters: ["records": [10_000]], gate: gate) { parameters, _ in
      let arithmetic = try Arithmetic(records: parameters.integer("records"))
      return .measuring {
        try arithmetic.evaluate()
      } checking: { columns in
        arithmetic.complaint(about: columns)
      }
    }

    /// Evaluates the same by a handwritten loop over the same columns, without the language.
    Benchmark("arithmetic by hand", parameters: ["records": [10_000]], gate: gate) {
      parameters, _ in
      let arithmetic = try Arithmetic(records: parameters.integer("records"))
      return .measuring {
        try arithmetic.evaluateByHand()
      } checking: { columns in
        arithmetic.complaint(about: columns)
      }
    }

    /// Reads one field of each of the orders that 'evaluate' and 'run' read, without a report.
    Benchmark("control", parameters: ["records": [100, 10_000]], gate: gate) { parameters, seed in
      let records = parameters.integer("records")
      let orders = try SortedOrders(count: records, seed: seed)
      return .draining(orders.source, expecting: .everyID(records))
    }
  }
}

private let gate: Gate = [.cpu, .allocations()]

/// The gate of benchmarks that look up names in hash tables.
private let hashing: Gate = [.cpu, .groupedAllocations]

private let bytesASecond = CustomMetric("bytes a second", unit: .perSecond, better: .higher)
