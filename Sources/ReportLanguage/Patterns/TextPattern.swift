/// A regular expression that a whole text must match.
///
/// It supports letters, `.`, sets such as `[a-z0-9_]` and `[^,]`, `\d \w \s` and `\D \W \S`,
/// groups, `|`, and `* + ? {2} {2,} {2,5}`. There are no back-references and no anchors, so that
/// matching takes time in proportion to the text times the pattern, whatever the two are (Thompson
/// 1968).
///
/// ```swift
/// let code = try TextPattern("[A-Z]{2}\\d*")
/// print(code.matches("AB12"))  // true
/// ```
public struct TextPattern: Hashable, Sendable {
  /// The source of the pattern.
  public let text: String
  let program: [Instruction]

  /// One instruction of the machine that matches. Targets are indices into the program.
  enum Instruction: Hashable, Sendable {
    case scalar(ScalarSet)
    case split(Int, Int)
    case jump(Int)
    case match
  }

  /// Compiles a pattern.
  ///
  /// - Throws: what cannot be used in the pattern, and at which character.
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

  /// The instructions at which a thread waits, each at most once.
  private struct Threads {
    var positions: [Int] = []
    var isAlive: [Bool]

    init(count: Int) { isAlive = Array(repeating: false, count: count) }
  }

  /// Adds an instruction, or the instructions that its jumps and splits lead to.
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

/// The reason why a pattern cannot be used.
public struct TextPatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problem and the character at which it occurs, counted from 1.
  public let description: String
}

/// The scalars that match at one position of a pattern.
struct ScalarSet: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } != isNegated
  }

  /// All scalars except line breaks.
  static let any = ScalarSet(ranges: [10...10, 13...13], isNegated: true)
  static let digits: [ClosedRange<UInt32>] = [48...57]
  static let word: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
  static let blanks: [ClosedRange<UInt32>] = [9...13, 32...32]
}
