import BenchModel
import Foundation

/// The worker's side of the protocol: one request, its answer, and the end.
struct WorkerConversation {
  let declarations: Result<BenchmarkCatalogue, BenchKitError>
  let channel: AnswerChannel
  /// The value of `BENCHDB_PROTOCOL`.
  let protocolVersion: String

  /// Answers the request in `line`. Everything is sent at once, after measuring has ended, but for
  /// the words that pass between turns.
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
        return try messages(of: benchmark, seed: seed, .plan(plan))
      case .turns(let key, let seed, let samples):
        guard let benchmark = catalogue[key] else { throw .unknownBenchmark(key) }
        return try messages(
          of: benchmark, seed: seed,
          .turns(TurnChannel(answers: channel), maximumSamples: samples))
      }
    } catch {
      return [error.message]
    }
  }

  private func messages(
    of benchmark: DeclaredBenchmark, seed: UInt64, _ task: MeasuringTask
  ) throws(MeasurementFailure) -> [WorkerMessage] {
    let result = try BenchmarkProcess.run(benchmark, seed: seed, task: task).get()
    return result.samples.map { .sample($0) } + [.done(result.facts)]
  }

  private func request(in line: String?) throws(MeasurementFailure) -> WorkerRequest {
    let known = [WorkerProtocol.version, WorkerProtocol.turnsVersion].map(String.init)
    guard known.contains(protocolVersion) else {
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
