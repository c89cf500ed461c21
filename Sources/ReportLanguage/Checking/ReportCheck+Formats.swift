internal import StreamingPipeline

/// Checks that named formats exist, that none refers to itself, and that each fits its values.
extension ReportCheck {
  /// A named format and the type of what it writes.
  struct FormatUse: Hashable {
    let name: String
    let type: FieldType?
  }

  /// Checks the named formats themselves, whether they are used or not.
  mutating func checkNamedFormats() {
    for named in report.formats { checkNames(in: named.format, at: named.span) }
    let indices = Dictionary(
      report.formats.enumerated().map { ($1.name.text, $0) },
      uniquingKeysWith: { first, _ in first })
    let needs = report.formats.map { named in
      Set(named.format.names.compactMap { indices[$0.text] })
    }
    let order = DependencyOrder(needs)
    checkDepth(order.sorted, indices)
    for cycle in order.cycles {
      let first = report.formats[cycle[0]]
      found(
        .cycle(
          .formatCycle, cycle.map { report.formats[$0].name.text }, of: "formats",
          at: first.name.span))
    }
  }

  /// Reports formats that refer to others over more levels than parentheses may have, so that
  /// following them cannot exhaust the stack.
  private mutating func checkDepth(_ order: [Int], _ indices: [String: Int]) {
    var heights = Array(repeating: 0, count: report.formats.count)
    for index in order {
      let named = report.formats[index]
      heights[index] = named.format.height { name in
        indices[name.text].map { heights[$0] } ?? 0
      }
      // The first such format is reported, not every format that refers to it.
      if heights[index] > Nesting.limit { return found(.formatTooDeep(named.name)) }
    }
  }

  /// Reports unknown format names and an impossible number of digits.
  private mutating func checkNames(in format: ElementFormat, at span: Span) {
    for name in format.names where formats[name.text] == nil {
      found(
        .unknown(
          .unknownFormat, "format", name.text, at: name.span,
          known: report.formats.map(\.name.text)))
    }
    for case .percentage(let digits) in format.all where !(0...18).contains(digits) {
      found(.outOfRange("the digits of a percentage", "\(digits)", 0...18, at: span))
    }
  }

  /// Checks that a format can write values of a type; nil is the type of values that are always
  /// null.
  mutating func check(_ format: ElementFormat, for type: FieldType?, at span: Span) {
    checkNames(in: format, at: span)
    checkParts(of: format, for: type, at: span)
    // A loop is used instead of recursion, because names may refer to names as often as there are
    // formats.
    while let use = pendingFormatUses.popLast() {
      guard let named = formats[use.name] else { continue }
      checkParts(of: named, for: use.type, at: span)
    }
  }

  private mutating func checkParts(of format: ElementFormat, for type: FieldType?, at span: Span) {
    for part in format.all {
      switch part {
      case .named(let name):
        let use = FormatUse(name: name.text, type: type)
        if formatUses.insert(use).inserted { pendingFormatUses.append(use) }
      case .pattern(let pattern):
        if let type, ValuePattern(pattern, for: type) == nil {
          found(
            .badPattern(
              pattern, "expected one for \(type), such as \(ValuePattern.example(type))", at: span))
        }
      case .currency, .percentage:
        if let type, !type.isNumber { found(.wrongType("a number", found: type, at: span)) }
      case .conditional(let cases, _):
        for branch in cases { require(.bool, branch.condition, in: .value(type)) }
      case .fallback: break
      }
    }
  }
}

extension ElementFormat {
  /// The number of levels over which it refers to others; `named` returns that of a named format.
  fileprivate func height(_ named: (Name) -> Int) -> Int {
    switch self {
    case .named(let name): 1 + named(name)
    case .pattern, .currency, .percentage: 1
    case .conditional(let cases, let otherwise):
      1
        + (cases.map(\.format) + (otherwise.map { [$0] } ?? [])).map { $0.height(named) }.reduce(
          0, max)
    case .fallback(_, let otherwise): 1 + (otherwise?.height(named) ?? 0)
    }
  }

  /// The format and all formats that it contains.
  var all: [ElementFormat] {
    var all: [ElementFormat] = []
    var pending = [self]
    while let format = pending.popLast() {
      all.append(format)
      switch format {
      case .named, .pattern, .currency, .percentage: break
      case .conditional(let cases, let otherwise):
        pending += cases.map(\.format) + (otherwise.map { [$0] } ?? [])
      case .fallback(_, let otherwise): pending += otherwise.map { [$0] } ?? []
      }
    }
    return all
  }

  /// The names of the formats it refers to.
  var names: [Name] {
    all.compactMap { if case .named(let name) = $0 { name } else { nil } }
  }
}
