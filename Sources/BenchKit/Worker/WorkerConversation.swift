import BenchModel
import Foundation

/// The worker's side of the protocol: one request, its answer, and the end.
struct WorkerConversation {
  let declarations: Result<BenchmarkCatalogue, BenchKitError>
  let channel: AnswerChannel
  /// The value of `BENCHDB_PROTOCOL`.
  let protocolVersion: String

  /// Answers the request in `line`. Everything is sent at once, after measuring has ended.
  func answer(_ line: String?) throws {
    try channel.send(messages(for: line))
  }

  private func messages(for line: String?) -> [WorkerMessage] {
    do throws(MeasurementFailure) {
      let request = try request(in: line)
      let catalogue: BenchmarkCatalogue
      do { catalogue = try declarations.get() } catch { throw .invalidDeclarations(error) }
      switch request {
      case .list:
        return catalogue.benchmarks.map { .benchmark($0.declaration) } + [.end]
      case .run(let key, let seed, let plan):
        guard let benchmark = catalogue[key] else { throw .unknownBenchmark(key) }
        let result = try BenchmarkProcess.run(benchmark, seed: seed, plan: plan).get()
        return result.samples.map { .sample($0) } + [.done(result.facts)]
      }
    } catch {
      return [error.message]
    }
  }

  private func request(in line: String?) throws(MeasurementFailure) -> WorkerRequest {
    guard protocolVersion == String(WorkerProtocol.version) else {
      throw .otherProtocol(protocolVersion)
    }
    guard let line else {
      throw .unreadableRequest("standard input ended before a request came; send one line of JSON")
    }
    do {
      return try JSONLine.decode(WorkerRequest.self, from: Data(line.utf8))
    } catch {
      throw .unreadableRequest("'\(line)' is not a request: \(error)")
    }
  }
}
