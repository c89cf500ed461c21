import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A browser's own protocol for tools, over two pipes: JSON messages, each ended by a zero byte.
///
/// Two threads must not use it at once.
final class DevToolsPipe {
  private let requests: Int32
  private let answers: Int32
  private let process: pid_t
  private var buffer: [UInt8] = []
  private var number = 0
  /// Called with each message that answers nothing.
  var onEvent: (_ method: String, _ parameters: [String: Any], _ session: String) -> Void = {
    _, _, _ in
  }

  enum Failure: Error {
    case notStarted(String)
    case noAnswer(String)
    case refused(String)
  }

  /// Starts `executable`, which reads requests from its descriptor 3 and writes answers to 4.
  init(_ executable: String, _ arguments: [String]) throws {
    let (request, answer) = (try Self.pipe(), try Self.pipe())
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, request.read, 3)
    posix_spawn_file_actions_adddup2(&actions, answer.write, 4)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
    words.append(nil)
    defer { words.forEach { free($0) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, executable, &actions, nil, words, environ)
    close(request.read)
    close(answer.write)
    requests = request.write
    answers = answer.read
    process = identifier
    guard code == 0 else {
      close(requests)
      close(answers)
      throw Failure.notStarted("\(executable): \(String(cString: strerror(code)))")
    }
  }

  /// A browser ends when its requests do.
  deinit {
    close(requests)
    close(answers)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  /// Both ends above the numbers that the browser gets, and not inherited under their own.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      let code = Glibc.pipe(&ends)
    #else
      let code = Darwin.pipe(&ends)
    #endif
    guard code == 0 else { throw Failure.notStarted("no pipe") }
    let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
    ends.forEach { _ = close($0) }
    return (moved[0], moved[1])
  }

  /// Asks, and waits for the answer; what else arrives meanwhile goes to `onEvent`.
  @discardableResult
  func send(
    _ method: String, _ parameters: [String: Any] = [:], session: String? = nil
  ) throws -> [String: Any] {
    number += 1
    var message: [String: Any] = ["id": number, "method": method, "params": parameters]
    message["sessionId"] = session
    var bytes = Array(try JSONSerialization.data(withJSONObject: message))[...]
    bytes.append(0)
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(requests, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure.noAnswer("\(method): the browser has gone") }
      bytes = bytes.dropFirst(count)
    }
    while true {
      let answer = try receive(for: method)
      guard answer["id"] as? Int == number else {
        dispatch(answer)
        continue
      }
      if let error = answer["error"] { throw Failure.refused("\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  /// Waits until `isDone`, which is asked after every event.
  func wait(for what: String, until isDone: () -> Bool) throws {
    while !isDone() { dispatch(try receive(for: what)) }
  }

  private func dispatch(_ message: [String: Any]) {
    guard let method = message["method"] as? String else { return }
    onEvent(
      method, message["params"] as? [String: Any] ?? [:], message["sessionId"] as? String ?? "")
  }

  private func receive(for what: String) throws -> [String: Any] {
    while true {
      if let end = buffer.firstIndex(of: 0) {
        let message = Data(buffer[..<end])
        buffer.removeSubrange(...end)
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      var descriptor = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, Self.patience) > 0 else {
        throw Failure.noAnswer("\(what): nothing within \(Self.patience) ms")
      }
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(answers, &piece, piece.count)
      guard count > 0 else { throw Failure.noAnswer("\(what): the browser has gone") }
      buffer += piece[..<count]
    }
  }

  /// Milliseconds; a loaded machine may take many.
  private static let patience: Int32 = 60_000
}
