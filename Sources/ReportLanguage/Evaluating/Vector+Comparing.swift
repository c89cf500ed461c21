import StreamingPipeline

extension Vector {
  /// The results of a comparison; null where either side is null.
  func compared(
    _ sign: Expression.BinaryOperator, _ other: Vector, for expression: Expression
  ) -> Vector {
    guard let common = type.common(with: other.type) else {
      preconditionFailure("\(type) is compared with \(other.type)")
    }
    if let mine = type.scale, let theirs = other.type.scale, mine != theirs {
      return scaled(sign, other, mine, theirs)
    }
    let left = converted(to: common, for: expression)
    let right = other.converted(to: common, for: expression)
    switch common {
    case .double: return left.ordered(sign, right, Double.self)
    case .date: return left.ordered(sign, right, Int32.self)
    case .int64, .decimal, .timestamp: return left.ordered(sign, right, Int64.self)
    case .bool:
      return left.zip(right, .bool) { (left: Bool, right: Bool) in
        sign.holds(left == right ? 0 : left ? 1 : -1)
      }
    case .string:
      switch sign {
      case .equal:
        return left.zip(right, .bool) { (left: String, right: String) in
          left.utf8.elementsEqual(right.utf8)
        }
      case .notEqual:
        return left.zip(right, .bool) { (left: String, right: String) in
          !left.utf8.elementsEqual(right.utf8)
        }
      default:
        return left.zip(right, .bool) { (left: String, right: String) in
          sign.holds(byteOrder(left, right))
        }
      }
    }
  }

  private func ordered<Number: LaneElement & Comparable>(
    _ sign: Expression.BinaryOperator, _ other: Vector, _: Number.Type
  ) -> Vector {
    switch sign {
    case .equal: zip(other, .bool) { (left: Number, right: Number) in left == right }
    case .notEqual: zip(other, .bool) { (left: Number, right: Number) in left != right }
    case .less: zip(other, .bool) { (left: Number, right: Number) in left < right }
    case .lessOrEqual: zip(other, .bool) { (left: Number, right: Number) in left <= right }
    case .greater: zip(other, .bool) { (left: Number, right: Number) in left > right }
    default: zip(other, .bool) { (left: Number, right: Number) in left >= right }
    }
  }

  /// Compares whole numbers and decimals of different scales in 128 bits, where nothing overflows.
  private func scaled(
    _ sign: Expression.BinaryOperator, _ other: Vector, _ mine: Int, _ theirs: Int
  ) -> Vector {
    let left = Int128(powerOfTen(max(0, theirs - mine)))
    let right = Int128(powerOfTen(max(0, mine - theirs)))
    return zip(other, .bool) { (first: Int64, second: Int64) in
      let (one, two) = (Int128(first) * left, Int128(second) * right)
      return sign.holds(one == two ? 0 : one < two ? -1 : 1)
    }
  }
}

extension Expression.BinaryOperator {
  /// Whether the comparison holds for values in this order, which is negative where the left is
  /// less.
  @inline(__always)
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    default: false
    }
  }
}

/// The order of two texts by their bytes; negative where the left is less.
func byteOrder(_ left: String, _ right: String) -> Int {
  if left.utf8.elementsEqual(right.utf8) { return 0 }
  return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
}
