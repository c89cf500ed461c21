import BenchTestSupport
import StreamingPipeline
import Testing

/// A single sum, as pipelines have one for every group.
private func total(_ values: [Double]) -> DoubleTotals {
  var totals = DoubleTotals()
  totals.grow(to: 1)
  for value in values { totals.add(value, to: 0) }
  return totals
}

@Suite struct ExactSumTests {
  @Test("a tenth added ten million times is the exact sum, rounded once")
  func tenths() {
    let sum = total([Double](repeating: 0.1, count: 10_000_000))
    // The double 0.1 is 3602879701896397 ÷ 2^55, so this is exactly ten million times that.
    let exact = Double(Int128(3_602_879_701_896_397) * 10_000_000) / 0x1p55
    #expect(sum.value(0) == exact)
    #expect(sum.value(0) == 1_000_000)
    #expect(sum.spills.isEmpty, "usual numbers need no wide sum")
  }

  @Test("nothing cancels, whatever the order")
  func cancellation() {
    var random = SeededRandom(seed: 7)
    let values = [
      1e16, 1, -1e16, 1e-300, 1e300, -1e300, 2, 1e308, 1e308, -1e308, -1e308, -0x1p-1060,
    ]
    for _ in 0..<200 {
      #expect(total(values.shuffled(using: &random)).value(0) == 3)
    }
  }

  @Test("a sum that passes through infinity on the way is finite; one that ends there is not")
  func overflow() {
    let greatest = Double.greatestFiniteMagnitude
    #expect(total([greatest, greatest, -greatest]).value(0) == greatest)
    #expect(total([greatest, greatest]).value(0) == .infinity)
    #expect(total([greatest, 1, .infinity]).value(0) == .infinity)
    #expect(total([1, -.infinity, 2]).value(0) == -.infinity)
    #expect(total([.infinity, -.infinity]).value(0).isNaN)
    #expect(total([1, .nan]).value(0).isNaN)
  }

  @Test(
    "sums of numbers of any size agree with an independent method in any order and division",
    arguments: UInt64(0)..<40)
  func agrees(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let range = [0...2_000, 900...1_100, 1_000...1_060][Int(seed % 3)]
    let values = (0..<Int.random(in: 1...400, using: &random)).map { _ in
      let bits = UInt64.random(in: 0..<1 << 52, using: &random)
      let exponent = UInt64(Int.random(in: range, using: &random))
      let sign = UInt64.random(in: 0...1, using: &random)
      return Double(bitPattern: sign << 63 | exponent << 52 | bits)
    }
    let expected = exactSum(values)
    #expect(total(values).value(0) == expected, "seed \(seed)")
    var wide = WideSum()
    for value in values { wide.add(value) }
    #expect(wide.value == expected, "seed \(seed)")
    // The values are divided into three parts, which are merged in both associations.
    let shuffled = values.shuffled(using: &random)
    let cuts = [0, values.count / 5, values.count / 2, values.count]
    let parts = (0..<3).map { total(Array(shuffled[cuts[$0]..<cuts[$0 + 1]])) }
    var left = parts[0]
    left.merge(parts[1], bin: 0, into: 0)
    left.merge(parts[2], bin: 0, into: 0)
    var right = parts[1]
    right.merge(parts[2], bin: 0, into: 0)
    right.merge(parts[0], bin: 0, into: 0)
    #expect(left.value(0) == expected, "seed \(seed)")
    #expect(right.value(0) == expected, "seed \(seed)")
  }

  @Test("squares of the least and the greatest doubles are summed exactly")
  func squares() {
    var sum = WideSum()
    sum.add(squareOf: 3)
    sum.add(squareOf: 0x1p-30)
    #expect(sum.value == 9 + 0x1p-60)
    var tiny = WideSum()
    // Seeing 2^-1074 squared in a double would take 2^1000 of it, so the sum rounds to 0.
    tiny.add(squareOf: .leastNonzeroMagnitude)
    #expect(tiny.value == 0)
    for _ in 0..<2 { tiny.add(squareOf: 0x1p-537) }
    #expect(tiny.value == 0x1p-1073)
    var large = WideSum()
    large.add(squareOf: 0x1p600)
    #expect(large.value == .infinity)
  }

  @Test("rounding is to the nearest, half to even, down to the least double")
  func rounding() {
    func sum(_ values: Double...) -> Double {
      var sum = WideSum()
      for value in values { sum.add(value) }
      return sum.value
    }
    #expect(sum(1, 0x1p-53) == 1)
    #expect(sum(1, 0x1p-53, 0x1p-1074) == 1 + 0x1p-52)
    #expect(sum(1 + 0x1p-52, 0x1p-53) == 1 + 0x1p-51)
    #expect(sum(-1, -0x1p-53, -0x1p-1074) == -1 - 0x1p-52)
    #expect(sum(0x1p-1074, 0x1p-1074) == 0x1p-1073)
    #expect(sum(1, -1) == 0)
    #expect(sum(.greatestFiniteMagnitude, 0x1p969) == .greatestFiniteMagnitude)
    #expect(sum(.greatestFiniteMagnitude, 0x1p970) == .infinity)
  }
}
