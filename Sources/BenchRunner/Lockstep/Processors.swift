#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The processors on which a thread, and every process that it starts, may run.
struct Processors: Sendable, Hashable {
  /// The numbers of the processors.
  let numbers: [Int]

  /// The bytes of a set of processors: enough for 8,192 of them, the most that Linux has.
  private static let setBytes = 1_024

  /// Those of the calling thread; `nil` where the system does not tell.
  static var current: Processors? {
    #if canImport(Glibc)
      var set = [UInt8](repeating: 0, count: setBytes)
      guard SystemFunctions.getAffinity?(0, set.count, &set) == 0 else { return nil }
      let numbers = (0..<set.count * 8).filter { set[$0 / 8] & (1 << UInt8($0 % 8)) != 0 }
      return numbers.isEmpty ? nil : Processors(numbers: numbers)
    #else
      return nil
    #endif
  }

  /// Confines the calling thread to these processors.
  /// - Returns: whether the system allows it.
  func confine() -> Bool {
    #if canImport(Glibc)
      var set = [UInt8](repeating: 0, count: Self.setBytes)
      for number in numbers where number / 8 < set.count {
        set[number / 8] |= 1 << UInt8(number % 8)
      }
      return SystemFunctions.setAffinity?(0, set.count, &set) == 0
    #else
      return false
    #endif
  }

  /// Whether the system lets this thread be confined, found out by confining it to what it may use.
  static let canConfine = current?.confine() ?? false

  /// Runs `body` while this thread and what it starts are confined to one of the processors, which
  /// any number `draw` chooses.
  /// - Returns: what `body` returns, and whether it was confined.
  static func withOne<Value>(
    drawnBy draw: UInt64, _ body: () throws -> Value
  ) rethrows -> (value: Value, isConfined: Bool) {
    guard let all = current else { return (try body(), false) }
    let number = all.numbers[Int(draw % UInt64(all.numbers.count))]
    guard Processors(numbers: [number]).confine() else { return (try body(), false) }
    defer { _ = all.confine() }
    return (try body(), true)
  }
}
