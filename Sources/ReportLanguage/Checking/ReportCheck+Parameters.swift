internal import StreamingPipeline

/// Checks that the clauses of parameters agree with each other.
extension ReportCheck {
  mutating func checkParameters() {
    for parameter in report.parameters {
      let limits = [parameter.defaultValue, parameter.minimum, parameter.maximum]
      for limit in limits.compactMap({ $0 }) {
        require(parameter.type, limit, in: .constant("a parameter's declaration"))
      }
      checkLimits(of: parameter)
      checkText(of: parameter)
      if parameter.isRequired, let value = parameter.defaultValue {
        found(
          .parameterLimits(
            "a required parameter has no use for a value of its own", at: value.span,
            help: "leave 'required' or the value out"))
      }
    }
  }

  /// Checks that the minimum is not above the maximum, and that the default lies between them.
  private mutating func checkLimits(of parameter: Parameter) {
    let limits = [parameter.minimum, parameter.maximum].compactMap { $0 }
    if parameter.type == .bool, let limit = limits.first {
      return found(
        .parameterLimits(
          "true and false have no least or greatest", at: limit.span, help: "leave it out"))
    }
    if parameter.minimum.exceeds(parameter.maximum), let maximum = parameter.maximum {
      found(
        .parameterLimits(
          "no value is between \(parameter.minimum?.text ?? "") and \(maximum.text)",
          at: maximum.span, help: "the lesser limit is 'min'"))
    } else if let value = parameter.defaultValue,
      parameter.minimum.exceeds(value) || Optional(value).exceeds(parameter.maximum)
    {
      found(
        .parameterLimits(
          "the parameter's own value is beyond its limits", at: value.span,
          help: "expected a value within 'min' and 'max'"))
    }
  }

  /// Checks that lengths and patterns belong to texts, and that the default satisfies them.
  private mutating func checkText(of parameter: Parameter) {
    guard parameter.type == .string else {
      if parameter.length != nil || parameter.pattern != nil {
        found(
          .parameterLimits(
            "only a text has a length or a pattern", at: parameter.span,
            help: "the parameter is of type \(parameter.type)"))
      }
      return
    }
    let value = parameter.defaultValue
    if let length = parameter.length, let value, let text = value.constantText,
      !length.contains(text.count)
    {
      found(
        .parameterLimits(
          "the parameter's own value has \(text.count) characters", at: value.span,
          help: "expected \(length.lowerBound) to \(length.upperBound)"))
    }
    guard let pattern = parameter.pattern else { return }
    do {
      let compiled = try TextPattern(pattern)
      guard let value, let text = value.constantText, !compiled.matches(text) else { return }
      found(
        .parameterLimits(
          "the parameter's own value does not match its pattern", at: value.span,
          help: "expected a text that matches \(Diagnostic.quoted(pattern))"))
    } catch {
      found(.badPattern(pattern, "\(error)", at: parameter.span))
    }
  }
}

extension Expression? {
  /// Whether both are constants and this one is the greater.
  fileprivate func exceeds(_ other: Expression?) -> Bool {
    guard case .literal(let left) = self?.node, case .literal(let right) = other?.node else {
      return false
    }
    return left.exceeds(right)
  }
}

extension Expression {
  /// The text, if the expression is a constant text.
  fileprivate var constantText: String? {
    if case .literal(.string(let text)) = node { text } else { nil }
  }
}

extension Value {
  /// Whether both values can be compared and this one is the greater.
  fileprivate func exceeds(_ other: Value) -> Bool {
    switch (self, other) {
    case (.string(let left), .string(let right)): return left > right
    case (.date(let left), .date(let right)): return left > right
    case (.timestamp(let left), .timestamp(let right)): return left > right
    case (.date(let left), .timestamp(let right)): return Int64(left) * Self.day > right
    case (.timestamp(let left), .date(let right)): return left > Int64(right) * Self.day
    default: break
    }
    if let left = exact, let right = other.exact {
      // Mantissas of 64 bits scaled by up to 18 digits fit into 128 bits.
      return left.mantissa * right.unit > right.mantissa * left.unit
    }
    guard let left = approximate, let right = other.approximate else { return false }
    return left > right
  }

  /// The microseconds of a day.
  private static let day: Int64 = 86_400_000_000

  /// A whole number or decimal as its exact mantissa and ten to the power of its scale.
  private var exact: (mantissa: Int128, unit: Int128)? {
    switch self {
    case .int64(let value): (Int128(value), 1)
    case .decimal(let value) where value.scale <= 18 && Int64(exactly: value.mantissa) != nil:
      (value.mantissa, (0..<value.scale).reduce(into: Int128(1)) { unit, _ in unit *= 10 })
    default: nil
    }
  }

  private var approximate: Double? {
    switch self {
    case .int64(let value): Double(value)
    case .decimal(let value): value.approximate
    case .double(let value): value
    default: nil
    }
  }
}
