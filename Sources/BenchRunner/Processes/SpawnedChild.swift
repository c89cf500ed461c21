import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A started process and benchdb's ends of its pipes.
struct SpawnedChild {
  let identifier: pid_t
  let started: ContinuousClock.Instant
  /// The descriptors by `ChildStream.rawValue`; −1 where there is none.
  var descriptors: [Int32]
  /// The descriptor that becomes readable when the process ends; −1 where the system has no such
  /// thing.
  let exitDescriptor: Int32
  /// benchdb's end of its standard input; −1 where that is closed.
  private(set) var inputDescriptor: Int32

  init(_ child: ChildProcess) throws {
    try child.checkArguments()
    var pipes = SpawnPipes()
    defer { pipes.closeAll() }
    let input = try pipes.makeInput(child.input, keepsOpen: child.keepsInputOpen)
    let output = try pipes.make()
    let errors = try pipes.make()
    let answers = child.hasProtocolDescriptor ? try pipes.make() : nil

    started = .now
    identifier = try Self.spawn(
      child,
      descriptors: [input.readEnd, output.writeEnd, errors.writeEnd]
        + (answers.map { [$0.writeEnd] } ?? [])
    )
    descriptors = [output.readEnd, errors.readEnd, answers?.readEnd ?? -1]
    inputDescriptor = input.writeEnd
    pipes.keep(descriptors + [inputDescriptor])
    exitDescriptor = openExitDescriptor(identifier)
  }

  /// Starts the process with `descriptors` as its 0, 1, 2, … and no others.
  private static func spawn(_ child: ChildProcess, descriptors: [Int32]) throws -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    if let directory = child.workingDirectory {
      #if canImport(Darwin)
        posix_spawn_file_actions_addchdir_np(&actions, directory)
      #else
        guard let addChangeDirectory = SystemFunctions.addChangeDirectory else {
          throw RunnerError.system("start a program in another directory", code: ENOSYS)
        }
        _ = addChangeDirectory(&actions, directory)
      #endif
    }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    #if canImport(Darwin)
      flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
    #else
      // Where the function is missing, the child still gets none of benchdb's descriptors, which
      // are all close-on-exec.
      _ = SystemFunctions.addCloseFrom?(&actions, Int32(descriptors.count))
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))
    posix_spawnattr_setpgroup(&attributes, child.group ?? 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)

    let addresses = child.hasFixedAddresses ? FixedAddresses() : nil
    defer { addresses?.end() }
    var identifier: pid_t = 0
    let code = withCStrings(child.arguments) { arguments in
      withCStrings(child.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) {
        environment in
        retryingWhileBusy {
          posix_spawnp(&identifier, arguments[0]!, &actions, &attributes, arguments, environment)
        }
      }
    }
    guard code == 0 else { throw child.spawnError(code) }
    return identifier
  }
}

extension SpawnedChild {
  /// Whether it has ended. It is not reaped yet, so that its number names no other process.
  var hasEnded: Bool {
    var state = siginfo_t()
    return waitid(P_PID, id_t(identifier), &state, WEXITED | WNOHANG | WNOWAIT) == 0
      && state.si_signo != 0
  }

  /// Waits for its end, and gives its number back to the system.
  func reap(stop: ChildExit.Stop?) -> ChildExit {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return ChildExit(
      ending: signal == 0 ? .exited(status: (status >> 8) & 0xFF) : .signalled(signal),
      stop: stop, seconds: (.now - started) / .seconds(1))
  }

  mutating func closeInput() {
    if inputDescriptor >= 0 { close(inputDescriptor) }
    inputDescriptor = -1
  }

  mutating func closeAll() {
    closeInput()
    for descriptor in descriptors + [exitDescriptor] where descriptor >= 0 { close(descriptor) }
    descriptors = descriptors.map { _ in -1 }
  }

  /// Reads at most one piece of a stream; at its end the descriptor is closed.
  /// - Returns: what `reader` returns, or `nil` where there was nothing to read.
  mutating func readPiece<Value>(
    of stream: ChildStream, reader: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value? {
    let descriptor = descriptors[stream.rawValue]
    guard descriptor >= 0 else { return nil }
    return try withUnsafeTemporaryAllocation(byteCount: Self.pieceBytes, alignment: 1) { buffer in
      let count = read(descriptor, buffer.baseAddress!, buffer.count)
      if count > 0 { return try reader(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      if count == 0 || (errno != EAGAIN && errno != EINTR) {
        close(descriptor)
        descriptors[stream.rawValue] = -1
      }
      return nil
    }
  }

  private static let pieceBytes = 1 << 16
  /// The most pieces of a stream that are read once the process has ended: a pipe holds at most
  /// 1 MiB, and a process that fills it faster has left the group and is not waited for.
  static let mostPiecesAtEnd = 16
}

extension ChildProcess {
  fileprivate func checkArguments() throws {
    guard let program = arguments.first, !program.isEmpty else {
      throw RunnerError.emptyCommand
    }
    if let bad = (arguments + Array(environment.keys) + Array(environment.values))
      .first(where: { $0.utf8.contains(0) })
    {
      throw RunnerError.argumentContainsNUL(bad)
    }
    // posix_spawn returns the same ENOENT for a missing directory and a missing program.
    if let directory = workingDirectory {
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
      guard exists, isDirectory.boolValue else {
        throw RunnerError.directoryNotFound(directory)
      }
    }
  }

  fileprivate func spawnError(_ code: Int32) -> RunnerError {
    let program = arguments[0]
    switch code {
    case ENOENT where program.contains("/") && FileManager.default.fileExists(atPath: program):
      return .interpreterNotFound(program)
    case ENOENT: return .executableNotFound(program)
    case EACCES, ENOEXEC: return .notExecutable(program)
    default: return .spawnFailed(program, reason: String(cString: strerror(code)))
    }
  }
}

/// Tries again, for at most 0.1 s, while the program is still open for writing: a thread that was
/// spawning while the program was written holds a copy of the descriptor until its own child
/// starts.
private func retryingWhileBusy(_ spawn: () -> Int32) -> Int32 {
  for milliseconds in [1, 3, 6, 10, 20, 60] as [UInt32] {
    let code = spawn()
    if code != ETXTBSY { return code }
    usleep(1_000 * milliseconds)
  }
  return spawn()
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = strings.map { strdup($0) } + [nil]
  defer { pointers.forEach { free($0) } }
  return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}

/// Switches address randomisation off for the programs that this thread starts, while the value
/// lives. Nothing happens where a container forbids that.
private struct FixedAddresses {
  #if canImport(Glibc)
    private let former: UInt?

    init() {
      // All ones only asks for the current value; ADDR_NO_RANDOMIZE is 0x0040000 in
      // <sys/personality.h>.
      let known = SystemFunctions.personality?(0xFFFF_FFFF) ?? -1
      former = known >= 0 ? UInt(known) : nil
      if let former { _ = SystemFunctions.personality?(former | 0x004_0000) }
    }

    func end() {
      if let former { _ = SystemFunctions.personality?(former) }
    }
  #else
    func end() {}
  #endif
}

/// Opens a descriptor that becomes readable when the process ends, or returns −1.
private func openExitDescriptor(_ identifier: pid_t) -> Int32 {
  #if canImport(Glibc)
    return SystemFunctions.openProcess?(identifier, 0) ?? -1
  #else
    return -1
  #endif
}
