import BenchModel

/// The mistakes in the declarations of an executable. Declarations are checked when it starts.
package enum BenchKitError: Error, Equatable {
  case emptyName(of: String, within: String)
  case unreadableName(String, of: String)
  case slashInSuite(String)
  case duplicateBenchmark(String, first: String, second: String)
  case emptySweep(parameter: String, benchmark: String)
  case duplicateParameter(String, benchmark: String)
  case duplicateMetric(String, benchmark: String)
  case undirectedMetric(String, unit: String, benchmark: String)
  case versionBelowOne(Int, benchmark: String)
}

extension BenchKitError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .emptyName(let kind, let location):
      "\(location) has a \(kind) without a name; give it one"
    case .unreadableName(let name, let kind):
      "the \(kind) \(name.debugDescription) has a control character or a line break in its name, "
        + "or space around it; names are printed on one line, so take it out"
    case .slashInSuite(let name):
      "the suite '\(name)' has a slash in its name; the slash separates suite and benchmark, "
        + "so choose another character"
    case .duplicateBenchmark(let key, let first, let second):
      "'\(key)' is declared twice, at \(first) and at \(second); rename one of them"
    case .emptySweep(let parameter, let benchmark):
      "the parameter '\(parameter)' of '\(benchmark)' has no value, so the benchmark would never "
        + "run; give it at least one"
    case .duplicateParameter(let parameter, let benchmark):
      "'\(benchmark)' has the parameter '\(parameter)' twice; merge their values"
    case .duplicateMetric(let metric, let benchmark):
      "'\(benchmark)' has more than one metric named '\(metric)', or one named like a standard "
        + "metric; rename it"
    case .undirectedMetric(let metric, let unit, let benchmark):
      "a commit can fail on the metric '\(metric)' of '\(benchmark)', but its unit '\(unit)' does not "
        + "say whether lower or higher values are better; give it 'better:'"
    case .versionBelowOne(let version, let benchmark):
      "'\(benchmark)' has version \(version); versions count from 1"
    }
  }
}

/// The reasons why a benchmark has no result. Their texts are sent to benchdb in a `failure`
/// message.
enum MeasurementFailure: Error {
  case wrongResult(String)
  case thrown(any Error)
  case notANumber(metric: String, value: Double)
  case undeclaredMetric(String)
  case unknownBenchmark(BenchmarkKey)
  case otherProtocol(String)
  case unreadableRequest(String)
  case invalidDeclarations(BenchKitError)
  /// Instructions can only be counted under callgrind, or not at all on this machine.
  case needsCallgrind
  case lacksCallgrind
  /// Callgrind wrote no count to this file.
  case noCount(String)

  /// A few words that distinguish failures.
  var reason: String {
    switch self {
    case .wrongResult: "wrong result"
    case .thrown: "error"
    case .notANumber: "not a number"
    case .undeclaredMetric: "undeclared metric"
    case .unknownBenchmark: "unknown benchmark"
    case .otherProtocol: "other protocol"
    case .unreadableRequest: "unreadable request"
    case .invalidDeclarations: "invalid declarations"
    case .needsCallgrind: WorkerProtocol.needsCallgrind
    case .lacksCallgrind: WorkerProtocol.lacksCallgrind
    case .noCount: "no count"
    }
  }

  /// A description of what happened, for people.
  var detail: String {
    switch self {
    case .wrongResult(let complaint): complaint
    case .thrown(let error): String(describing: error)
    case .notANumber(let metric, let value):
      "the metric '\(metric)' was given the value \(value), which can't be compared; "
        + "report finite values only"
    case .undeclaredMetric(let metric):
      "a value was reported for '\(metric)', which isn't among the benchmark's metrics; "
        + "add it to `metrics:`"
    case .unknownBenchmark(let key):
      "this executable has no benchmark '\(key)'; it may be built from another commit"
    case .otherProtocol(let version):
      "this executable speaks versions \(WorkerProtocol.version) and \(WorkerProtocol.turnsVersion) "
        + "of the worker protocol and was asked for version \(version); build benchdb and BenchKit from the same release"
    case .unreadableRequest(let text): text
    case .invalidDeclarations(let error): error.description
    case .needsCallgrind:
      "this machine gives no counter of instructions; benchdb counts them under callgrind"
    case .lacksCallgrind:
      "BenchKit was compiled without valgrind's header (valgrind/callgrind.h); install valgrind "
        + "and build the executable again"
    case .noCount(let file):
      "callgrind left no count in \(file); look at its messages on standard error"
    }
  }

  var message: WorkerMessage { .failure(reason: reason, detail: detail) }
}
