package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One program that runs to its end, with arguments as an array (no shell), its own process group
/// and a bounded wait.
///
/// It uses `posix_spawn` and `waitpid`, because Foundation's `Process` notices an end only every
/// 50 ms and passes no extra descriptor.
package struct ChildProcess: Sendable {
  /// The number of a worker's protocol descriptor.
  package static let protocolDescriptor: Int32 = 3

  /// The program and its arguments. A program without a slash is looked up in `PATH`; a relative
  /// one is relative to `workingDirectory`.
  package var arguments: [String]
  package var environment: [String: String]
  /// The working directory; `nil` for that of benchdb.
  package var workingDirectory: String?
  /// The standard input of the program. It is written before the program starts, so it must fit
  /// into a pipe (4 KiB always does).
  package var input: Data
  /// The seconds until the whole group gets SIGTERM.
  package var timeout: Double?
  /// The seconds between SIGTERM and SIGKILL.
  package var gracePeriod: Double
  /// Whether descriptor 3 is an open pipe to benchdb.
  package var hasProtocolDescriptor: Bool
  /// Whether the system's address randomisation is switched off for the program, where that is
  /// permitted.
  package var hasFixedAddresses = false
  /// Whether standard input stays open after `input`, so that more can be sent.
  var keepsInputOpen = false
  /// The process group that it joins; `nil` for one of its own.
  var group: pid_t?

  package init(
    _ arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
    workingDirectory: String? = nil, input: Data = Data(), timeout: Double? = nil,
    gracePeriod: Double = 0.5, hasProtocolDescriptor: Bool = false
  ) {
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.input = input
    self.timeout = timeout
    self.gracePeriod = gracePeriod
    self.hasProtocolDescriptor = hasProtocolDescriptor
  }

  /// Runs the program until it ends, and passes its output on as it comes.
  ///
  /// When it has ended, the rest of its process group is killed, so that a forgotten grandchild
  /// neither holds a pipe open nor takes time from the next measurement. A requested `interruption`
  /// ends the group as a timeout does; so does a `reader` that returns `.stop`.
  ///
  /// - Returns: how the program ended.
  /// - Throws: `RunnerError` where the program could not be started.
  package func run(
    interruption: Interruption? = nil,
    reader: (ChildStream, UnsafeRawBufferPointer) throws -> ChildReading
  ) throws -> ChildExit {
    var watch = ChildWatch(
      child: try SpawnedChild(self), timeout: timeout, gracePeriod: gracePeriod,
      interruption: interruption)
    defer { watch.close() }
    return try watch.run(reader: reader)
  }

  /// Runs the program and collects its output.
  ///
  /// After `maximumBytes` of standard output the program is stopped; of standard error the last
  /// `tailBytes` are kept.
  package func capture(
    maximumBytes: Int = 64 << 20, tailBytes: Int = 8 << 10, interruption: Interruption? = nil
  ) throws -> CapturedChild {
    var output = Data()
    var tail = OutputTail(limit: tailBytes)
    let exit = try run(interruption: interruption) { stream, bytes in
      switch stream {
      case .standardError: tail.append(bytes)
      case .standardOutput, .protocolAnswers:
        guard output.count + bytes.count <= maximumBytes else { return .stop }
        output.append(contentsOf: bytes)
      }
      return .goOn
    }
    return CapturedChild(exit: exit, output: output, standardError: tail.text)
  }
}

/// The stream of a piece of output.
package enum ChildStream: Int, Sendable, CaseIterable {
  case standardOutput, standardError, protocolAnswers
}

/// The reader's decision after a piece of output.
package enum ChildReading: Sendable {
  case goOn, stop
}

/// The end of a program.
package struct ChildExit: Sendable, Hashable {
  package enum Ending: Sendable, Hashable {
    case exited(status: Int32)
    case signalled(Int32)
  }
  /// The reason why benchdb ended it.
  package enum Stop: Sendable, Hashable {
    case timedOut, interrupted, stoppedByReader
    /// The round of which it was a part is void.
    case voided
  }

  package let ending: Ending
  package let stop: Stop?
  /// The elapsed time from before the spawn to the end.
  package let seconds: Double

  package var isSuccess: Bool { ending == .exited(status: 0) && stop == nil }
}

/// A program that ended, and its output.
package struct CapturedChild: Sendable {
  package let exit: ChildExit
  package let output: Data
  /// The end of standard error.
  package let standardError: String

  /// The standard output as text, without white space at its end.
  package var text: String {
    var bytes = output[...]
    while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The last bytes of a stream of any length.
package struct OutputTail: Sendable {
  private var bytes: [UInt8] = []
  private let limit: Int
  private var isCut = false

  package init(limit: Int) { self.limit = limit }

  package mutating func append(_ piece: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: piece.suffix(limit))
    guard piece.count > limit || bytes.count > limit else { return }
    isCut = true
    // The cost of a byte is constant because the bytes are cut only at twice the limit.
    if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
  }

  /// The end of the stream, which begins with `…` where something before it was dropped.
  package var text: String {
    (isCut ? "…" : "") + String(decoding: bytes.suffix(limit), as: UTF8.self)
  }
}
