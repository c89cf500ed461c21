import BenchModel
import Foundation
import Testing

/// The fixture worker, started in the way benchdb starts a worker.
struct SpawnedWorker {
  var environment: [String: String] = [WorkerProtocol.versionVariable: "1"]
  var arguments: [String] = []
  /// The text written to its standard input, which is then closed.
  var input = ""

  struct Outcome {
    let status: Int32
    let wasKilledBySignal: Bool
    let output: String
    let standardError: String
    /// The bytes received on the answer's descriptor.
    let answer: Data

    /// The answer's lines, decoded.
    func messages() throws -> [WorkerMessage] {
      try answer.split(separator: 0x0A).map { try JSONLine.decode(WorkerMessage.self, from: $0) }
    }
  }

  init() {}

  init(_ request: WorkerRequest) throws {
    input = String(decoding: try JSONLine.encode(request), as: UTF8.self)
  }

  /// Runs the worker to its end. Foundation's Process cannot pass descriptors on, so a shell opens
  /// the file of the answer as number 9.
  /// - Parameters:
  ///   - opensAnswer: `false` leaves that number closed.
  ///   - closingOutput: whether standard output is a pipe that nobody reads.
  /// - Returns: how the worker ended, and everything it wrote.
  /// - Throws: errors of the file system, or of starting it.
  func run(opensAnswer: Bool = true, closingOutput: Bool = false) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["input", "output", "error", "answer"].map { folder.appending(path: $0) }
    try Data(input.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }

    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let redirection = opensAnswer ? "9>>\"$BENCHDB_TEST_ANSWER\"" : "9>&-"
    process.arguments =
      ["-c", "exec \"$0\" \"$@\" \(redirection)", try Self.executable()] + arguments
    var variables = ProcessInfo.processInfo.environment
    variables["BENCHDB_TEST_ANSWER"] = files[3].path
    variables[WorkerProtocol.descriptorVariable] = "9"
    variables["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = variables.merging(environment) { _, new in new }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    process.standardOutput =
      closingOutput ? pipe.fileHandleForWriting : try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      wasKilledBySignal: process.terminationReason == .uncaughtSignal,
      output: try String(contentsOf: files[1], encoding: .utf8),
      standardError: try String(contentsOf: files[2], encoding: .utf8),
      answer: try Data(contentsOf: files[3]))
  }

  /// The path of the worker, which is beside the test bundle.
  static func executable() throws -> String {
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let folders = [Bundle.main.bundleURL, bundle, bundle.deletingLastPathComponent()]
    let candidates = folders.map { $0.appending(path: "FixtureWorker").path }
    return try #require(candidates.first(where: FileManager.default.isExecutableFile(atPath:)))
  }
}

extension SpawnedWorker {
  /// A plan of a few milliseconds.
  static func plan(_ pass: MeasurementPass) -> MeasurementPlan {
    MeasurementPlan(
      pass: pass, seconds: 0.005, maximumSamples: 5, minimumSamples: 2, warmUpSeconds: 0.005)
  }

  /// Runs one benchmark of the fixture worker.
  static func run(
    _ id: String, parameters: [String: String] = [:], pass: MeasurementPass = .timing
  ) throws -> Outcome {
    let key = BenchmarkKey(id: id, parameters: parameters)
    return try SpawnedWorker(.run(key, seed: 7, plan: plan(pass))).run()
  }
}
