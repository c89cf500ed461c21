import BenchModel
import Foundation
import Testing

@Suite struct OrphanTests {
  @Test(
    "a worker whose parent is gone leaves, even where its benchmark hangs, and answers nothing",
    arguments: ["good/announces", "bad/hangs"])
  func orphan(benchmark: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // This is long enough that a worker which stays has not finished before the test gives up on
    // it.
    let plan = MeasurementPlan(
      seconds: 20, maximumSamples: 1_000_000, minimumSamples: 1_000_000, warmUpSeconds: 0)
    let request = WorkerRequest.run(BenchmarkKey(id: benchmark), seed: 1, plan: plan)
    try JSONLine.encode(request).write(to: folder.appending(path: "input"))

    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.currentDirectoryURL = folder
    // The shell ends as soon as the worker's setup has run; the worker keeps the shell's standard
    // error open until it ends itself.
    shell.arguments = [
      "-c", "mkfifo said; \"$0\" <input >said 9>answer & read line <said; echo $line >heard",
      try SpawnedWorker.executable(),
    ]
    var variables = ProcessInfo.processInfo.environment
    variables[WorkerProtocol.versionVariable] = "1"
    variables[WorkerProtocol.descriptorVariable] = "9"
    shell.environment = variables
    let errors = Pipe()
    shell.standardError = errors
    try shell.run()
    try errors.fileHandleForWriting.close()
    _ = try errors.fileHandleForReading.readToEnd()
    let answer = try Data(contentsOf: folder.appending(path: "answer"))
    let heard = try String(contentsOf: folder.appending(path: "heard"), encoding: .utf8)
    #expect(heard == "ready\n", "the worker must have started")
    #expect(answer.isEmpty)
  }
}
