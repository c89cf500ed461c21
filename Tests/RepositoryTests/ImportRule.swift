/// What each target may import. SwiftPM's own check misses modules that arrive through another
/// dependency, so this table is the rule and `ImportTableTests` reads every `import` line against
/// it. A new target, or a new arrow between two, is a line here.
struct ImportRule {
  let target: String
  /// Targets of this package.
  let ours: Set<String>
  /// Modules from outside.
  let outside: Set<String>

  init(_ target: String, ours: Set<String> = [], outside: Set<String> = []) {
    self.target = target
    self.ours = ours
    self.outside = outside
  }

  var allowed: Set<String> { ours.union(outside) }
}

/// The system's C library, by platform.
private let platform: Set<String> = ["Glibc", "Musl", "Darwin"]
private let foundation: Set<String> = platform.union(["Foundation", "Synchronization", "Dispatch"])

let importTable: [ImportRule] = [
  ImportRule("TextCoding"),
  // The measured engine: what it imports is measured with it.
  ImportRule(
    "StreamingPipeline", ours: ["TextCoding"], outside: platform.union(["Synchronization"])),
  ImportRule("PipelineWorkloads", ours: ["StreamingPipeline", "TextCoding"]),
  ImportRule("CSQLite"),
  ImportRule(
    "ReportLanguage", ours: ["StreamingPipeline", "TextCoding"], outside: ["Synchronization"]),
  ImportRule(
    "StreamingPipelineSQLite", ours: ["StreamingPipeline", "CSQLite"],
    outside: ["Synchronization"]),
  ImportRule(
    "StreamingPipelineTelemetry", ours: ["StreamingPipeline"],
    outside: ["Synchronization", "CoreMetrics", "Logging"]),

  // Measuring.
  ImportRule("CBenchCounters"),
  ImportRule("BenchModel", ours: ["TextCoding"], outside: ["Foundation", "Synchronization"]),
  ImportRule("BenchKit", ours: ["BenchModel", "CBenchCounters"], outside: foundation),
  ImportRule(
    "PipelineBenchmarks",
    ours: [
      "BenchKit", "StreamingPipeline", "StreamingPipelineSQLite", "CSQLite", "ReportLanguage",
      "PipelineWorkloads",
    ],
    outside: foundation),
  ImportRule("BenchRunner", ours: ["BenchModel", "TextCoding"], outside: foundation),

  // Storing and judging.
  ImportRule("Migrations"),
  ImportRule(
    "BenchStore", ours: ["BenchModel", "Migrations", "TextCoding"],
    outside: foundation.union(["GRDB", "GRDBSQLite"])),
  ImportRule("BenchFormats", ours: ["BenchModel", "TextCoding"], outside: foundation),
  ImportRule("BenchStatistics", outside: platform),
  ImportRule(
    "BenchComparer", ours: ["BenchModel", "BenchStatistics"], outside: foundation),
  ImportRule("ReportAssets"),
  ImportRule(
    "BenchOutput", ours: ["BenchModel", "BenchComparer", "ReportAssets", "TextCoding"],
    outside: foundation),

  // What the commands do, which alone knows both ends, and the commands themselves.
  ImportRule(
    "BenchWorkflows",
    ours: [
      "BenchModel", "BenchRunner", "BenchStore", "BenchFormats", "BenchComparer", "BenchOutput",
      "ReportLanguage", "ReportAssets", "StreamingPipeline", "StreamingPipelineSQLite",
      "TextCoding",
    ],
    outside: foundation.union(["TOMLKit"])),
  ImportRule(
    "BenchCommands",
    ours: ["BenchWorkflows", "BenchModel", "BenchOutput", "ReportLanguage", "TextCoding"],
    outside: foundation.union(["ArgumentParser"])),
  ImportRule("benchdb", ours: ["BenchCommands"]),
]
