/// Compiles a pattern to a program in one pass.
struct TextPatternCompiler {
  /// The deepest nesting of groups, so that a pattern cannot exhaust the stack.
  private static let deepest = 50
  /// The most instructions. A longer program would match too slowly for a parameter.
  private static let longest = 5_000

  private typealias Program = [TextPattern.Instruction]
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func compile() throws(TextPatternError) -> [TextPattern.Instruction] {
    let program = try alternatives()
    guard position == scalars.count else { throw error("')' without '('") }
    return program + [.match]
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func error(_ what: String) -> TextPatternError {
    TextPatternError(description: "\(what) at character \(position + 1)")
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  /// Parses `a|b`. Targets within a part are relative to it until the part is moved into a whole.
  private mutating func alternatives() throws(TextPatternError) -> [TextPattern.Instruction] {
    var whole = try sequence()
    while accept("|") {
      let other = try sequence()
      whole =
        [.split(1, whole.count + 2)] + Self.moved(whole, by: 1)
        + [.jump(whole.count + 2 + other.count)] + Self.moved(other, by: whole.count + 2)
      try checkLength(whole)
    }
    return whole
  }

  private mutating func sequence() throws(TextPatternError) -> [TextPattern.Instruction] {
    var whole: Program = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let part = try repeated()
      whole += Self.moved(part, by: whole.count)
      try checkLength(whole)
    }
    return whole
  }

  private func checkLength(_ program: [TextPattern.Instruction]) throws(TextPatternError) {
    guard program.count <= Self.longest else { throw error("the pattern is too long") }
  }

  // MARK: - Repetition

  private mutating func repeated() throws(TextPatternError) -> [TextPattern.Instruction] {
    let part = try atom()
    guard let (least, most) = try repetition() else { return part }
    let copies = most ?? least + 1
    guard part.count * copies <= Self.longest else { throw error("the pattern is too long") }
    var whole: Program = []
    for _ in 0..<least { whole += Self.moved(part, by: whole.count) }
    if let most {
      let end = whole.count + (most - least) * (part.count + 1)
      for _ in least..<most {
        whole.append(.split(whole.count + 1, end))
        whole += Self.moved(part, by: whole.count)
      }
    } else {
      let start = whole.count
      whole.append(.split(start + 1, start + part.count + 2))
      whole += Self.moved(part, by: whole.count)
      whole.append(.jump(start))
    }
    if let next, "*+?".unicodeScalars.contains(next) { throw error("a repetition of a repetition") }
    return whole
  }

  /// The least and the greatest count after an atom; nil where there is no repetition.
  private mutating func repetition() throws(TextPatternError) -> (Int, Int?)? {
    if accept("*") { return (0, nil) }
    if accept("+") { return (1, nil) }
    if accept("?") { return (0, 1) }
    guard accept("{") else { return nil }
    guard let least = number() else { throw error("'{' without a number") }
    var most: Int? = least
    if accept(",") { most = next == "}" ? nil : number() ?? -1 }
    guard accept("}"), (most ?? least) >= least, least <= 1000, (most ?? 0) <= 1000 else {
      throw error("a repetition that is not {2}, {2,} or {2,5}")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let digit = next, (48...57).contains(digit.value), value ?? 0 <= 1000 {
      value = (value ?? 0) * 10 + Int(digit.value - 48)
      position += 1
    }
    return value
  }

  // MARK: - Atoms

  private mutating func atom() throws(TextPatternError) -> [TextPattern.Instruction] {
    guard let scalar = next else { return [] }
    switch scalar {
    case "(": return try group()
    case "[": return [.scalar(try set())]
    case "*", "+", "?", "{": throw error("a repetition of nothing")
    case "^", "$": throw error("'\(scalar)', which is not needed: the whole text must match,")
    case "\\":
      position += 1
      let (ranges, isNegated) = try escape()
      return [.scalar(ScalarSet(ranges: ranges, isNegated: isNegated))]
    default:
      position += 1
      return [.scalar(scalar == "." ? .any : ScalarSet(ranges: [scalar.value...scalar.value]))]
    }
  }

  private mutating func group() throws(TextPatternError) -> [TextPattern.Instruction] {
    guard depth < Self.deepest else { throw error("more than \(Self.deepest) groups in a group") }
    position += 1
    depth += 1
    let inner = try alternatives()
    depth -= 1
    guard accept(")") else { throw error("'(' without ')'") }
    return inner
  }

  /// The scalars of the escape after a backslash.
  private mutating func escape() throws(TextPatternError) -> ([ClosedRange<UInt32>], Bool) {
    guard let scalar = next else { throw error("a backslash before nothing") }
    position += 1
    switch scalar {
    case "d": return (ScalarSet.digits, false)
    case "D": return (ScalarSet.digits, true)
    case "w": return (ScalarSet.word, false)
    case "W": return (ScalarSet.word, true)
    case "s": return (ScalarSet.blanks, false)
    case "S": return (ScalarSet.blanks, true)
    case "n": return ([10...10], false)
    case "t": return ([9...9], false)
    default:
      guard scalar.isASCII, !UInt8(ascii: scalar).isWordPart else {
        throw error("the unknown escape '\\\(scalar)'")
      }
      return ([scalar.value...scalar.value], false)
    }
  }

  /// Parses a set such as `[a-z_]` or `[^,]`.
  private mutating func set() throws(TextPatternError) -> ScalarSet {
    position += 1
    var set = ScalarSet(isNegated: accept("^"))
    while let scalar = next, scalar != "]" {
      position += 1
      if scalar == "\\" {
        let (ranges, isNegated) = try escape()
        guard !isNegated else { throw error("a negated escape within a set") }
        set.ranges += ranges
      } else if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
        let last = scalars[position + 1]
        guard scalar <= last, last != "\\" else { throw error("a range that is empty") }
        position += 2
        set.ranges.append(scalar.value...last.value)
      } else {
        set.ranges.append(scalar.value...scalar.value)
      }
    }
    guard accept("]") else { throw error("'[' without ']'") }
    return set
  }

  /// The instructions with their targets moved.
  private static func moved(
    _ part: [TextPattern.Instruction], by distance: Int
  ) -> [TextPattern.Instruction] {
    part.map { instruction in
      switch instruction {
      case .split(let first, let second): .split(first + distance, second + distance)
      case .jump(let target): .jump(target + distance)
      case .scalar, .match: instruction
      }
    }
  }
}
