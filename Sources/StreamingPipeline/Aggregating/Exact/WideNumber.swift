/// A number of any size: a sign, 32-bit limbs with the lowest first, and the power of two that the
/// lowest bit weighs. It is used to finish results, never for single records.
struct WideNumber: Equatable {
  private(set) var isNegative: Bool
  private(set) var limbs: [UInt32]
  private(set) var exponent: Int

  /// Makes `magnitude` × 2^`exponent`; zeros at the upper end are dropped.
  init(isNegative: Bool = false, limbs: [UInt32], exponent: Int = 0) {
    var limbs = limbs
    while limbs.last == 0 { limbs.removeLast() }
    self.isNegative = isNegative && !limbs.isEmpty
    self.limbs = limbs
    self.exponent = exponent
  }

  init(_ value: Int128) {
    self.init(isNegative: value < 0, limbs: Self.limbs(of: value.magnitude))
  }

  /// The limbs of a whole number.
  static func limbs(of value: UInt128) -> [UInt32] {
    (0..<4).map { UInt32(truncatingIfNeeded: value >> UInt128($0 * 32)) }
  }

  var isZero: Bool { limbs.isEmpty }

  /// The number of bits that the limbs take.
  private var bitWidth: Int {
    limbs.last.map { limbs.count * 32 - $0.leadingZeroBitCount } ?? 0
  }

  static func * (left: WideNumber, right: WideNumber) -> WideNumber {
    var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (i, a) in left.limbs.enumerated() where a != 0 {
      var carry: UInt64 = 0
      for (j, b) in right.limbs.enumerated() {
        let sum = UInt64(a) * UInt64(b) + UInt64(product[i + j]) + carry
        product[i + j] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      product[i + right.limbs.count] = UInt32(truncatingIfNeeded: carry)
    }
    return WideNumber(
      isNegative: left.isNegative != right.isNegative, limbs: product,
      exponent: left.exponent + right.exponent)
  }

  /// The difference `left` − `right`, where neither is negative and `right` is not the greater.
  static func - (left: WideNumber, right: WideNumber) -> WideNumber {
    let exponent = min(left.exponent, right.exponent)
    var limbs = left.aligned(to: exponent)
    let subtrahend = right.aligned(to: exponent)
    var borrow: Int64 = 0
    for index in limbs.indices {
      let part = index < subtrahend.count ? Int64(subtrahend[index]) : 0
      let difference = Int64(limbs[index]) - part - borrow
      limbs[index] = UInt32(truncatingIfNeeded: difference)
      borrow = difference < 0 ? 1 : 0
    }
    return WideNumber(limbs: limbs, exponent: exponent)
  }

  /// The limbs when the lowest bit weighs 2^`target`, which must not be above `exponent`.
  private func aligned(to target: Int) -> [UInt32] {
    let (words, bits) = (exponent - target).quotientAndRemainder(dividingBy: 32)
    var shifted = [UInt32](repeating: 0, count: words)
    var carry: UInt64 = 0
    for limb in limbs {
      carry |= UInt64(limb) << UInt64(bits)
      shifted.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    shifted.append(UInt32(truncatingIfNeeded: carry))
    return shifted
  }
}

extension WideNumber {
  /// The nearest double, half to even; infinite where the number is beyond all doubles.
  var rounded: Double {
    guard !isZero else { return 0 }
    // This is the lowest bit that a double of this size keeps; no double keeps any below 2^-1074.
    let lowest = max(exponent + bitWidth - 53, -1_074)
    let dropped = lowest - exponent
    var kept = bits(above: dropped)
    if dropped > 0, bit(dropped - 1), kept & 1 == 1 || !isZeroBelow(dropped - 1) { kept += 1 }
    let scale = dropped > 0 ? lowest : exponent
    let magnitude = Double(sign: .plus, exponent: scale, significand: Double(kept))
    return isNegative ? -magnitude : magnitude
  }

  /// The number as a double between ½ and 1, to be multiplied by a power of two. It serves for
  /// intermediate results that no double can hold.
  var normalised: (fraction: Double, exponent: Int) {
    var fraction = self
    fraction.exponent = -bitWidth
    return (fraction.rounded, exponent + bitWidth)
  }

  /// The bits from `start` on, of which there are no more than 64; all bits where `start` is
  /// negative.
  private func bits(above start: Int) -> UInt64 {
    var value: UInt64 = 0
    for position in stride(from: bitWidth - 1, through: max(start, 0), by: -1) {
      value = value << 1 | (bit(position) ? 1 : 0)
    }
    return value
  }

  private func bit(_ position: Int) -> Bool {
    position >= 0 && position >> 5 < limbs.count
      && limbs[position >> 5] >> UInt32(position & 31) & 1 == 1
  }

  private func isZeroBelow(_ position: Int) -> Bool {
    guard position > 0 else { return true }
    for index in 0..<min(position >> 5, limbs.count) where limbs[index] != 0 { return false }
    guard position >> 5 < limbs.count else { return true }
    return limbs[position >> 5] & ((1 << UInt32(position & 31)) - 1) == 0
  }
}
