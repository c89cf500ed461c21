import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The pipes of one spawn; all that are not taken out are closed.
struct SpawnPipes {
  struct Pipe {
    let readEnd: Int32
    let writeEnd: Int32
  }

  private var open: Set<Int32> = []

  /// Makes a pipe whose read end does not block.
  ///
  /// Both ends are above the numbers that a child gets (0 to 3), so that moving one into position
  /// never overwrites another.
  mutating func make() throws -> Pipe {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw RunnerError.system("open a pipe", code: errno) }
    let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
    let code = errno
    ends.forEach { _ = close($0) }
    open.formUnion(moved.filter { $0 >= 0 })
    guard moved[0] >= 0, moved[1] >= 0 else {
      throw RunnerError.system("open a pipe", code: code)
    }
    setNonBlocking(moved[0])
    return Pipe(readEnd: moved[0], writeEnd: moved[1])
  }

  /// Makes a descriptor from which `bytes` can be read, followed by the end of the file or, with
  /// `keepsOpen`, by what is written to the other end later.
  mutating func makeInput(_ bytes: Data, keepsOpen: Bool = false) throws -> Pipe {
    if bytes.isEmpty, !keepsOpen {
      let null = openNull()
      guard null >= 0 else { throw RunnerError.system("open /dev/null", code: errno) }
      open.insert(null)
      return Pipe(readEnd: null, writeEnd: -1)
    }
    let input = try make()
    setNonBlocking(input.writeEnd)
    // The child must see a blocking descriptor: O_NONBLOCK belongs to the open file, not to the
    // number.
    _ = fcntl(input.readEnd, F_SETFL, 0)
    let written =
      bytes.isEmpty
      ? 0 : bytes.withUnsafeBytes { write(input.writeEnd, $0.baseAddress!, $0.count) }
    guard written == bytes.count else { throw RunnerError.inputTooLong(bytes: bytes.count) }
    if keepsOpen { return input }
    close(input.writeEnd)
    open.remove(input.writeEnd)
    return Pipe(readEnd: input.readEnd, writeEnd: -1)
  }

  /// Leaves these descriptors to the caller.
  mutating func keep(_ descriptors: [Int32]) { open.subtract(descriptors) }

  mutating func closeAll() {
    open.forEach { _ = close($0) }
    open = []
  }
}

/// Makes reads and writes return EAGAIN instead of waiting.
func setNonBlocking(_ descriptor: Int32) {
  _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}

/// Opens `/dev/null` for reading, above the numbers that a child gets.
private func openNull() -> Int32 {
  let low = open("/dev/null", O_RDONLY | O_CLOEXEC)
  guard low >= 0 else { return -1 }
  defer { close(low) }
  return fcntl(low, F_DUPFD_CLOEXEC, 10)
}
