import BenchModel
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The entry point of a benchmark executable.
///
/// ```swift
/// import BenchKit
///
/// @main struct Benchmarks {
///   static func main() {
///     BenchmarkMain.run {
///       Suite("throughput") {
///         Benchmark("sort", parameters: ["records": [1_000, 100_000]]) { parameters, seed in
///           let records = makeRecords(parameters.integer("records"), seed: seed)
///           return .measuring {
///             records.sorted()
///           } checking: { sorted in
///             sorted.count == records.count ? nil : "records were lost"
///           }
///         }
///       }
///     }
///   }
/// }
/// ```
///
/// Started by benchdb, the executable is a worker. Started by hand, it measures quickly and prints
/// a table; `--help` explains how. Keep `main` synchronous, because an asynchronous main cannot run
/// under valgrind.
public enum BenchmarkMain {
  /// The version of this library that workers report.
  static let version = "0.1"

  /// Runs the executable and exits.
  /// - Parameter suites: the suites of the executable, in the order in which they are listed.
  public static func run(@ListBuilder<Suite> _ suites: () -> [Suite]) -> Never {
    Parent.remember()
    let declared = suites()
    let declarations = Result { () throws(BenchKitError) in try BenchmarkCatalogue(declared) }
    let environment = ProcessInfo.processInfo.environment
    if let version = environment[WorkerProtocol.versionVariable] {
      let name = environment[WorkerProtocol.descriptorVariable]
      exit(work(declarations, version: version, descriptor: name))
    }
    exit(byHand(declarations))
  }

  private static func work(
    _ declarations: Result<BenchmarkCatalogue, BenchKitError>, version: String, descriptor: String?
  ) -> Int32 {
    guard let channel = AnswerChannel(named: descriptor) else {
      standardError(
        "\(WorkerProtocol.versionVariable) is set, but \(WorkerProtocol.descriptorVariable) "
          + "(\(descriptor ?? "not set")) names no open descriptor to answer on; "
          + "let benchdb start this executable, or unset both")
      return 64
    }
    let conversation = WorkerConversation(
      declarations: declarations, channel: channel, protocolVersion: version)
    do {
      try conversation.answer(requestLine())
      return 0
    } catch {
      standardError("cannot write the answer: \(error)")
      return 1
    }
  }

  /// Reads the request byte by byte, so that what follows it stays to be read as commands.
  private static func requestLine() -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
  }

  private static func byHand(_ declarations: Result<BenchmarkCatalogue, BenchKitError>) -> Int32 {
    switch declarations {
    case .success(let catalogue):
      return ByHand(catalogue: catalogue).run(Array(CommandLine.arguments.dropFirst()))
    case .failure(let error):
      standardError("error: \(error)")
      return 64
    }
  }
}
