import BenchModel
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The descriptor on which a worker sends its answer.
struct AnswerChannel {
  private let descriptor: Int32

  /// Fails unless the text, the value of `BENCHDB_FD`, names an open descriptor.
  init?(named text: String?) {
    guard let text, let number = Int32(text), fcntl(number, F_GETFD) >= 0 else { return nil }
    descriptor = number
    // A process that the benchmark starts must not keep the channel open, and a reader that has
    // gone away must not kill this process.
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Writes messages, one on each line, in as many calls as that takes. When the reader has gone
  /// away the process exits quietly.
  func send(_ messages: [WorkerMessage]) throws {
    var lines = Data()
    for message in messages { lines += try JSONLine.encode(message) }
    lines.withUnsafeBytes(write)
  }

  /// Writes a line, which ends with a newline, as it is.
  func send(_ line: StaticString) {
    write(UnsafeRawBufferPointer(start: line.utf8Start, count: line.utf8CodeUnitCount))
  }

  private func write(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      #if canImport(Glibc)
        let written = Glibc.write(descriptor, start, rest.count)
      #else
        let written = Darwin.write(descriptor, start, rest.count)
      #endif
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EPIPE {
        exit(0)
      } else if errno == EAGAIN {
        waitUntilWritable()
      } else if errno != EINTR {
        fail(errno)
      }
    }
  }

  private func waitUntilWritable() {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }

  private func fail(_ code: Int32) -> Never {
    let reason = String(cString: strerror(code))
    standardError("cannot answer on descriptor \(descriptor): \(reason)")
    exit(1)
  }
}

/// Writes one line for people to standard error.
func standardError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
