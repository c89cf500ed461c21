package import BenchKit
import ReportLanguage
import StreamingPipeline

extension Suite {
  /// The report language, step by step: a text is parsed, verified against the fields of the
  /// orders, lowered to a pipeline, and evaluated over orders in memory.
  ///
  /// An iteration is one report through one step; what comes before it is done beforehand, and what
  /// comes after is left out. 'evaluate' writes the report as text, every band of it, over 100
  /// orders. Reports of 10 to 100 elements in bands 2 to 8 deep are made in code and printed;
  /// 'eleven bands' is written by hand and has 61 elements and every construct of the language.
  /// Beside 'arithmetic' stands a loop written for its expression, and 'control' reads the orders
  /// without a report.
  package static let dsl = Suite("dsl") {
    for (elements, nesting) in [(10, 2), (25, 4), (50, 6), (100, 8)] {
      let size: Sweep = ["elements": [.integer(elements)], "nesting": [.integer(nesting)]]
      let generated = GeneratedReport(elements: elements, nesting: nesting)

      /// Text to syntax tree.
      Benchmark("parse", parameters: size, gate: gate) { _, _ in
        try MeasuredReport(generated.report).parsing
      }

      /// Names, types and places of all that is written.
      Benchmark("verify", parameters: size, gate: hashing) { _, _ in
        try MeasuredReport(generated.report).verifying
      }

      /// A verified report to evaluators, and to the groupings and aggregates of a pipeline.
      Benchmark("lower", parameters: size, gate: hashing) { _, _ in
        try MeasuredReport(generated.report).lowering
      }

      /// 100 orders to text.
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

    /// 61 elements in eleven bands: text to syntax tree.
    Benchmark("parse eleven bands", gate: gate) { _, _ in try MeasuredReport.elevenBands().parsing }

    /// Names, types and places.
    Benchmark("verify eleven bands", gate: hashing) { _, _ in
      try MeasuredReport.elevenBands().verifying
    }

    /// To evaluators and a pipeline.
    Benchmark("lower eleven bands", gate: hashing) { _, _ in
      try MeasuredReport.elevenBands().lowering
    }

    /// The three steps before the first record, one after the other.
    Benchmark("parse, verify and lower eleven bands", gate: hashing) { _, _ in
      try MeasuredReport.elevenBands().preparing
    }

    /// 100 orders to text: two passes, since headers show totals of what follows.
    Benchmark("evaluate eleven bands", parameters: ["records": [100]], gate: hashing) {
      parameters, seed in
      let orders = try SortedOrders(count: parameters.integer("records"), seed: seed)
      return try MeasuredReport.elevenBands()
        .evaluating(orders.source, expecting: ElevenBands.expectation(orders))
    }

    /// All steps, and the pipeline that the report becomes over 10,000 orders, to its figures:
    /// 'parse, verify and lower eleven bands' is a share of it. Nothing is written.
    Benchmark("run eleven bands", parameters: ["records": [10_000]], gate: hashing) {
      parameters, seed in
      let orders = try SortedOrders(count: parameters.integer("records"), seed: seed)
      return try MeasuredReport.elevenBands().running(orders)
    }

    /// Eleven bands with mistakes: those of writing are found by the parser, those of meaning by
    /// the verification. All must be found.
    for report in MalformedReport.all {
      Benchmark("malformed", parameters: ["mistakes": [.text(report.name)]], gate: hashing) {
        _, _ in
        try report.work
      }
    }

    /// A generated report of so many elements, two deep. 'bytes a second' are those of the text, by
    /// elapsed time.
    Benchmark(
      "parse a long text", parameters: ["elements": [1_000, 10_000, 100_000]], gate: gate,
      metrics: [bytesASecond]
    ) { parameters, _ in
      let report = try MeasuredReport(
        GeneratedReport(elements: parameters.integer("elements"), nesting: 2).report)
      return .measuring {
        try Timed { try ReportLanguage.Report(parsing: report.text) }
      } reporting: { timed, values in
        values[bytesASecond] = Double(report.text.bytes.count) / timed.seconds
      } checking: { timed in
        report.complaint(aboutParsed: timed.value)
      }
    }

    /// An expression over doubles, evaluated in batches of 1,000 records.
    Benchmark("arithmetic", parameters: ["records": [10_000]], gate: gate) { parameters, _ in
      let arithmetic = try Arithmetic(records: parameters.integer("records"))
      return .measuring {
        try arithmetic.evaluate()
      } checking: { columns in
        arithmetic.complaint(about: columns)
      }
    }

    /// No language: the same by a loop written for it, over the same columns.
    Benchmark("arithmetic by hand", parameters: ["records": [10_000]], gate: gate) {
      parameters, _ in
      let arithmetic = try Arithmetic(records: parameters.integer("records"))
      return .measuring {
        try arithmetic.evaluateByHand()
      } checking: { columns in
        arithmetic.complaint(about: columns)
      }
    }

    /// No report: reads one field of each of the orders that 'evaluate' and 'run' read.
    Benchmark("control", parameters: ["records": [100, 10_000]], gate: gate) { parameters, seed in
      let records = parameters.integer("records")
      let orders = try SortedOrders(count: records, seed: seed)
      return .draining(orders.source, expecting: .everyID(records))
    }
  }
}

private let gate: Gate = [.cpu, .allocations()]

/// Names are looked up in hash tables.
private let hashing: Gate = [.cpu, .groupedAllocations]

private let bytesASecond = CustomMetric("bytes a second", unit: .perSecond, better: .higher)
