// swift-tools-version: 6.2

import PackageDescription

/// Every Swift target of this package is compiled with the same, strict settings.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let logsInMemory = Target.Dependency.product(name: "InMemoryLogging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let metricsTestKit = Target.Dependency.product(name: "MetricsTestKit", package: "swift-metrics")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "benchdb",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "benchdb", targets: ["benchdb"]),
    .executable(name: "pipeline-benchmarks", targets: ["PipelineBenchmarks"]),
    .library(name: "BenchKit", targets: ["BenchKit"]),
    .library(name: "StreamingPipeline", targets: ["StreamingPipeline"]),
    .library(name: "ReportLanguage", targets: ["ReportLanguage"]),
    .library(name: "StreamingPipelineSQLite", targets: ["StreamingPipelineSQLite"]),
    .library(name: "StreamingPipelineTelemetry", targets: ["StreamingPipelineTelemetry"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Dates, numbers, escapes and widths of text, for all that reads or writes it.
    .target(name: "TextCoding", swiftSettings: strict),

    // The measured engine.
    .target(name: "StreamingPipeline", dependencies: ["TextCoding"], swiftSettings: strict),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "StreamingPipelineSQLite", dependencies: ["StreamingPipeline", "CSQLite"],
      swiftSettings: strict),
    .target(
      name: "StreamingPipelineTelemetry", dependencies: ["StreamingPipeline", logging, metrics],
      swiftSettings: strict),

    // The synthetic records that its suites and tests read.
    .target(
      name: "PipelineWorkloads", dependencies: ["StreamingPipeline", "TextCoding"],
      swiftSettings: strict),

    // Reports over it: the language, and what runs it.
    .target(
      name: "ReportLanguage", dependencies: ["StreamingPipeline", "TextCoding"],
      swiftSettings: strict),

    // Measuring, inside a worker process.
    .target(name: "CBenchCounters"),
    .target(name: "BenchModel", dependencies: ["TextCoding"], swiftSettings: strict),
    .target(
      name: "BenchKit", dependencies: ["BenchModel", "CBenchCounters"], swiftSettings: strict),
    .executableTarget(
      name: "PipelineBenchmarks",
      dependencies: [
        "BenchKit", "StreamingPipeline", "StreamingPipelineSQLite", "CSQLite", "ReportLanguage",
        "PipelineWorkloads",
      ],
      swiftSettings: strict),

    // The results database.
    .target(
      name: "BenchRunner", dependencies: ["BenchModel", "TextCoding"], swiftSettings: strict),
    .target(
      name: "Migrations", path: "migrations", resources: [.embedInCode("sql")],
      swiftSettings: strict),
    .target(
      name: "BenchStore",
      dependencies: ["BenchModel", "TextCoding", "Migrations", grdb, grdbSQLite],
      swiftSettings: strict),
    .target(
      name: "BenchFormats", dependencies: ["BenchModel", "TextCoding"], swiftSettings: strict),
    .target(name: "BenchStatistics", swiftSettings: strict),
    .target(
      name: "BenchComparer", dependencies: ["BenchModel", "BenchStatistics"],
      swiftSettings: strict),
    .target(
      name: "ReportAssets", path: "reports", exclude: ["published"],
      resources: ["page.html", "style.css", "script.js", "definitions"].map { .embedInCode($0) },
      swiftSettings: strict),
    .target(
      name: "BenchOutput",
      dependencies: ["BenchModel", "BenchComparer", "ReportAssets", "TextCoding"],
      swiftSettings: strict),
    .target(
      name: "BenchWorkflows",
      dependencies: [
        "BenchModel", "BenchRunner", "BenchStore", "BenchFormats", "BenchComparer", "BenchOutput",
        "ReportLanguage", "StreamingPipeline", "StreamingPipelineSQLite", "ReportAssets",
        "TextCoding", toml,
      ],
      swiftSettings: strict),
    .target(
      name: "BenchCommands",
      dependencies: [
        "BenchWorkflows", "BenchModel", "BenchOutput", "ReportLanguage", "TextCoding",
        argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(name: "benchdb", dependencies: ["BenchCommands"], swiftSettings: strict),

    // What tests share, and a worker for them.
    .target(
      name: "BenchTestSupport", dependencies: ["BenchModel"], path: "Tests/BenchTestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "FixtureWorker", dependencies: ["BenchKit"], path: "Tests/FixtureWorker",
      swiftSettings: strict),
    .executableTarget(
      name: "HistoryGenerator", dependencies: ["BenchModel", "BenchStore", "BenchTestSupport"],
      path: "Tests/HistoryGenerator", swiftSettings: strict),
    .testTarget(
      name: "TextCodingTests", dependencies: ["TextCoding", "BenchTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "StreamingPipelineTests",
      dependencies: ["StreamingPipeline", "PipelineWorkloads", "BenchTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "PipelineWorkloadsTests", dependencies: ["PipelineWorkloads", "StreamingPipeline"],
      swiftSettings: strict),
    .testTarget(
      name: "StreamingPipelineSQLiteTests",
      dependencies: [
        "StreamingPipeline", "StreamingPipelineSQLite", "CSQLite", "BenchTestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "StreamingPipelineTelemetryTests",
      dependencies: [
        "StreamingPipeline", "StreamingPipelineTelemetry", "PipelineWorkloads", "BenchTestSupport",
        logging,
        logsInMemory,
        metrics, metricsTestKit,
      ], swiftSettings: strict),
    .testTarget(
      name: "ReportLanguageTests",
      dependencies: [
        "ReportLanguage", "StreamingPipeline", "PipelineWorkloads", "BenchTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CBenchCountersTests", dependencies: ["CBenchCounters"], swiftSettings: strict),
    .testTarget(
      name: "BenchKitTests",
      dependencies: [
        "BenchKit", "BenchModel", "CBenchCounters", "BenchTestSupport", "FixtureWorker",
      ], swiftSettings: strict),
    .testTarget(
      name: "PipelineBenchmarksTests",
      dependencies: [
        "PipelineBenchmarks", "BenchKit", "BenchModel", "BenchRunner", "StreamingPipeline",
        "PipelineWorkloads",
        "ReportLanguage", "BenchTestSupport",
      ], swiftSettings: strict),
    .testTarget(name: "BenchModelTests", dependencies: ["BenchModel"], swiftSettings: strict),
    .testTarget(
      name: "BenchRunnerTests", dependencies: ["BenchRunner", "BenchModel", "BenchTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MigrationsTests", dependencies: ["Migrations", "BenchTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BenchStoreTests",
      dependencies: [
        "BenchStore", "BenchFormats", "BenchModel", "Migrations", "BenchTestSupport", grdbSQLite,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "BenchFormatsTests", dependencies: ["BenchFormats", "BenchModel", "BenchTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BenchStatisticsTests", dependencies: ["BenchStatistics", "BenchTestSupport"],
      exclude: ["Golden/make_golden.py"], resources: [.copy("Golden/golden.json")],
      swiftSettings: strict),
    .testTarget(
      name: "BenchComparerTests",
      dependencies: ["BenchComparer", "BenchModel", "BenchStatistics", "BenchTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BenchWorkflowsTests",
      dependencies: [
        "BenchWorkflows", "BenchModel", "BenchRunner", "BenchStore", "BenchFormats",
        "BenchComparer", "BenchOutput", "ReportLanguage", "BenchTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "BenchOutputTests",
      dependencies: [
        "BenchOutput", "BenchModel", "BenchComparer", "BenchTestSupport", "ReportAssets",
        "TextCoding",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "RepositoryTests", dependencies: ["benchdb", "BenchModel", "BenchTestSupport"],
      exclude: ["migrations.sha256"], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "benchdb", "BenchRunner", "BenchTestSupport", "FixtureWorker", "HistoryGenerator",
        grdbSQLite,
      ],
      swiftSettings: strict),
  ],
  cLanguageStandard: .gnu2x
)
