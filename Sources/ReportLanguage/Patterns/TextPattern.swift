/// A regular expression that a whole text must match.
///
/// It knows letters, `.`, sets such as `[a-z0-9_]` and `[^,]`, `\d \w \s` and `\D \W \S`, groups,
/// `|`, and `* + ? {2} {2,} {2,5}`. There are no references back and no anchors, so that matching
/// takes time in proportion to the text times the pattern, whatever the two are (Thompson 1968).
public struct TextPattern: Hashable, Sendable {
  /// The pattern as it is written.
  public let text: String
  let program: [Instruction]

  /// One step of the machine that matches; places are indexes into the program.
  enum Instruction: Hashable, Sendable {
    case scalar(ScalarSet)
    case split(Int, Int)
    case jump(Int)
    case match
  }

  /// Compiles a pattern.
  ///
  /// - Throws: What cannot be used in it, and where.
  public init(_ text: String) throws(TextPatternError) {
    var compiler = TextPatternCompiler(text)
    program = try compiler.compile()
    self.text = text
  }

  /// Whether the whole text matches.
  public func matches(_ text: String) -> Bool {
    var threads = Threads(count: program.count)
    add(0, to: &threads)
    for scalar in text.unicodeScalars {
      var next = Threads(count: program.count)
      for position in threads.positions {
        if case .scalar(let set) = program[position], set.contains(scalar) {
          add(position + 1, to: &next)
        }
      }
      guard !next.positions.isEmpty else { return false }
      threads = next
    }
    return threads.positions.contains { program[$0] == .match }
  }

  /// Places that are alive, each once.
  private struct Threads {
    var positions: [Int] = []
    var isAlive: [Bool]

    init(count: Int) { isAlive = Array(repeating: false, count: count) }
  }

  /// Adds a place, and where jumps and splits lead from it.
  private func add(_ position: Int, to threads: inout Threads) {
    var pending = [position]
    while let position = pending.popLast() {
      guard !threads.isAlive[position] else { continue }
      threads.isAlive[position] = true
      switch program[position] {
      case .jump(let target): pending.append(target)
      case .split(let first, let second): pending += [second, first]
      case .scalar, .match: threads.positions.append(position)
      }
    }
  }
}

/// Why a pattern cannot be used.
public struct TextPatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and at which character, counted from 1.
  public let description: String
}

/// Which scalars one place of a pattern takes.
struct ScalarSet: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } != isNegated
  }

  /// All but line breaks.
  static let any = ScalarSet(ranges: [10...10, 13...13], isNegated: true)
  static let digits: [ClosedRange<UInt32>] = [48...57]
  static let word: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
  static let blanks: [ClosedRange<UInt32>] = [9...13, 32...32]
}
