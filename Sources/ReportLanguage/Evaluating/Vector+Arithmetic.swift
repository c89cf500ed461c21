import StreamingPipeline

// Arithmetic. Typing guarantees that both sides are numbers.
extension Vector {
  func calculated(
    _ sign: Expression.BinaryOperator, _ other: Vector, as type: FieldType,
    for expression: Expression
  ) -> Vector {
    if type == .double { return floating(sign, other, expression) }
    let overflow = EvaluationError(.overflow, expression)
    switch sign {
    case .multiply:
      return zip(other, type, or: overflow) { (left: Int64, right: Int64) in
        let (product, isOver) = left.multipliedReportingOverflow(by: right)
        return isOver ? nil : product
      }
    case .divide: return quotient(other, type, expression)
    default: return exact(sign, other, type, expression)
    }
  }

  /// The sums, differences and remainders of whole numbers and decimals, at the greater scale.
  private func exact(
    _ sign: Expression.BinaryOperator, _ other: Vector, _ type: FieldType, _ expression: Expression
  ) -> Vector {
    let (left, right) = (
      converted(to: type, for: expression), other.converted(to: type, for: expression)
    )
    let overflow = EvaluationError(.overflow, expression)
    switch sign {
    case .add:
      return left.zip(right, type, or: overflow) { (left: Int64, right: Int64) in
        let (sum, isOver) = left.addingReportingOverflow(right)
        return isOver ? nil : sum
      }
    case .subtract:
      return left.zip(right, type, or: overflow) { (left: Int64, right: Int64) in
        let (difference, isOver) = left.subtractingReportingOverflow(right)
        return isOver ? nil : difference
      }
    default:
      let zero = EvaluationError(.divisionByZero, expression)
      return left.zip(right, type, or: zero) { (left: Int64, right: Int64) in
        // The remainder of the least number by -1 is 0, although the quotient overflows.
        right == 0 ? nil : left.remainderReportingOverflow(dividingBy: right).partialValue
      }
    }
  }

  /// The quotients of decimals, at the result's scale, half rounded to even.
  private func quotient(_ other: Vector, _ type: FieldType, _ expression: Expression) -> Vector {
    // left ÷ 10^a ÷ (right ÷ 10^b) × 10^scale = left × 10^(scale − a + b) ÷ right
    let power = (type.scale ?? 0) - (self.type.scale ?? 0) + (other.type.scale ?? 0)
    let factor = (0..<max(0, power)).reduce(Int128(1)) { product, _ in product &* 10 }
    let zero = EvaluationError(.divisionByZero, expression)
    let checked = zip(other, type, or: zero) { (left: Int64, right: Int64) -> Int64? in
      right == 0 ? nil : left
    }
    let overflow = EvaluationError(.overflow, expression)
    return checked.zip(other, type, or: overflow) { (left: Int64, right: Int64) -> Int64? in
      guard right != 0 else { return 0 }
      let (dividend, isOver) = Int128(left).multipliedReportingOverflow(by: factor)
      if isOver { return nil }
      let divisor = Int128(right)
      return Int64(
        exactly: divideHalfToEven(divisor < 0 ? -dividend : dividend, by: Int128(divisor.magnitude))
      )
    }
  }

  private func floating(
    _ sign: Expression.BinaryOperator, _ other: Vector, _ expression: Expression
  ) -> Vector {
    let left = converted(to: .double, for: expression)
    let right = other.converted(to: .double, for: expression)
    let zero = EvaluationError(.divisionByZero, expression)
    switch sign {
    case .add: return left.zip(right, .double) { (left: Double, right: Double) in left + right }
    case .subtract:
      return left.zip(right, .double) { (left: Double, right: Double) in left - right }
    case .multiply:
      return left.zip(right, .double) { (left: Double, right: Double) in left * right }
    case .divide:
      let quotients = left.zip(right, .double) { (left: Double, right: Double) in left / right }
      return quotients.marking(right, zero)
    default:
      let remainders = left.zip(right, .double) { (left: Double, right: Double) in
        left.truncatingRemainder(dividingBy: right)
      }
      return remainders.marking(right, zero)
    }
  }

  /// Marks lanes whose divisor is zero. This is separate from the division so that both loops stay
  /// simple.
  private func marking(_ divisors: Vector, _ fault: EvaluationError) -> Vector {
    var result = self
    let values = divisors.values(Double.self)
    if divisors.isConstant {
      if values[0] == 0 {
        for lane in 0..<lanes.count where !isNull(lane) { result.faults.add(fault, at: lane) }
      }
    } else if values.reduce(0, { $0 &+ ($1 == 0 ? 1 : 0) }) > 0 {
      // The count runs to the end, because a loop that may end early is not vectorised.
      for lane in values.indices where values[lane] == 0 && !isNull(lane) {
        result.faults.add(fault, at: lane)
      }
    }
    return result
  }

  /// The numbers with the opposite sign.
  func negated(for expression: Expression) -> Vector {
    if type == .double { return map(type) { (value: Double) in -value } }
    return map(type, or: EvaluationError(.overflow, expression)) { (value: Int64) in
      value == .min ? nil : -value
    }
  }
}
