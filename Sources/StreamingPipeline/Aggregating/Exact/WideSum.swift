/// A sum of doubles, or of squares of doubles, without any rounding: a fixed-point number so wide
/// that it has a position for every bit of every double (Kulisch's long accumulator; carries are
/// postponed in the upper halves of the limbs as in Neal's small superaccumulator, 2015).
package struct WideSum: Sendable {
  /// The weight of the lowest bit: the square of the least double, 2^-1074.
  static let leastExponent = -2_148
  /// The limbs have 32 bits each and reach from 2^-2148 to beyond 2^2048 times the at most 2^63
  /// numbers.
  private static let limbCount = 136
  /// One addition changes a limb by less than 2^33, and a limb holds 2^63, so carries can wait this
  /// long.
  private static let mostPending = 1 << 29

  private var limbs = [Int64](repeating: 0, count: Self.limbCount)
  private var pending = 0
  private var special = 0.0

  package init() {}

  /// The bytes that a sum takes.
  static let bytes = limbCount * 8

  /// The sum of the infinities and NaN that were added; nil where there were none.
  var nonFinite: Double? { special == 0 ? nil : special }

  package mutating func add(_ value: Double) {
    guard value.isFinite else {
      special += value
      return
    }
    let (significand, exponent) = value.parts
    add(UInt128(significand), exponent: exponent, isNegative: value < 0)
  }

  package mutating func add(squareOf value: Double) {
    guard value.isFinite else {
      special += value * value
      return
    }
    let (significand, exponent) = value.parts
    let square = UInt128(significand) * UInt128(significand)
    add(square, exponent: exponent * 2, isNegative: false)
  }

  package mutating func add(_ other: WideSum) {
    var other = other
    other.carry()
    carry()
    for index in limbs.indices { limbs[index] += other.limbs[index] }
    special += other.special
  }

  private mutating func add(_ magnitude: UInt128, exponent: Int, isNegative: Bool) {
    let position = exponent - Self.leastExponent
    let shift = UInt64(position & 31)
    var limb = position >> 5
    var rest = magnitude
    while rest != 0 {
      let shifted = (UInt64(truncatingIfNeeded: rest) & 0xFFFF_FFFF) << shift
      let (low, high) = (Int64(shifted & 0xFFFF_FFFF), Int64(shifted >> 32))
      limbs[limb] += isNegative ? -low : low
      limbs[limb + 1] += isNegative ? -high : high
      rest >>= 32
      limb += 1
    }
    pending += 1
    if pending >= Self.mostPending { carry() }
  }

  /// Leaves 32 bits in every limb but the last, which keeps the sign.
  private mutating func carry() {
    for index in 0..<(limbs.count - 1) {
      limbs[index + 1] += limbs[index] >> 32
      limbs[index] &= 0xFFFF_FFFF
    }
    pending = 0
  }

  /// The sum of the finite numbers.
  var number: WideNumber {
    var sum = self
    sum.carry()
    let isNegative = (sum.limbs.last ?? 0) < 0
    if isNegative {
      for index in sum.limbs.indices { sum.limbs[index] = -sum.limbs[index] }
      sum.carry()
    }
    return WideNumber(
      isNegative: isNegative, limbs: sum.limbs.map { UInt32(truncatingIfNeeded: $0) },
      exponent: Self.leastExponent)
  }

  /// The sum, rounded once.
  package var value: Double { nonFinite ?? number.rounded }
}

extension Double {
  /// The magnitude of a finite number as a whole number times a power of two.
  fileprivate var parts: (significand: UInt64, exponent: Int) {
    let field = Int(exponentBitPattern)
    return field == 0
      ? (significandBitPattern, -1_074) : (significandBitPattern | 1 << 52, field - 1_075)
  }
}
