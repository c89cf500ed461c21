/// The exact sums of whole numbers or mantissas and of their squares.
final class IntegerMoments: BinnedAccumulator<IntegerMoments.State> {
  struct State {
    var sum: Int128 = 0
    var squares = SquareTotal()
  }

  init(_ spec: AccumulatorSpec) { super.init(spec, empty: State()) }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    withStates { states in
      input.forEachInteger { lane, _, value in
        let bin = Int(bins[lane])
        states[bin].sum &+= Int128(value)
        states[bin].squares.add(value)
      }
    }
  }

  override func combine(_ state: inout State, _ other: State) {
    state.sum &+= other.sum
    state.squares.add(other.squares)
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    guard present > 1 else { return .null }
    let state = states[bin]
    let found = variance(
      count: present, sum: WideNumber(state.sum), squares: state.squares.number)
    // A mantissa is its number times 10^scale; powers of ten up to 10^22 are exact in a double.
    var divisor = 1.0
    for _ in 0..<spec.type.scale { divisor *= 10 }
    return .double(
      reading == .variance ? found / divisor / divisor : found.squareRoot() / divisor)
  }
}

/// The exact sums of doubles and of their squares.
final class DoubleMoments: Accumulator {
  private var sums = DoubleTotals()
  private var squares = DoubleTotals()

  /// The range of squares for which the square and its rounding error are both normal numbers.
  private static let plainSquares = 0x1p-480...0x1p500

  override var heldBytes: Int { sums.heldBytes + squares.heldBytes }

  override func grow(to bins: Int) {
    sums.grow(to: bins)
    squares.grow(to: bins)
  }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    sums.withTotals { totals, spill in
      input.forEachDouble { lane, _, value in
        let rest = totals[Int(bins[lane])].add(value)
        if rest != 0 { spill(bins[lane], rest) }
      }
    }
    input.forEachDouble { lane, _, value in addSquare(of: value, to: bins[lane]) }
  }

  @inline(__always)
  private func addSquare(of value: Double, to bin: UInt32) {
    guard value == 0 || Self.plainSquares.contains(value.magnitude) else {
      squares.addSquare(of: value, to: bin)
      return
    }
    let square = value * value
    // This is exactly the part of the square that rounding took away.
    let lost = (-square).addingProduct(value, value)
    squares.add(square, to: bin)
    squares.add(lost, to: bin)
  }

  override func copy() -> Accumulator {
    let twin = DoubleMoments(spec)
    twin.sums = sums
    twin.squares = squares
    return twin
  }

  override func merge(_ other: Accumulator, bins: [UInt32]) {
    let other = unsafeDowncast(other, to: DoubleMoments.self)
    for bin in bins.indices.dropFirst() where bins[bin] != 0 {
      sums.merge(other.sums, bin: UInt32(bin), into: bins[bin])
      squares.merge(other.squares, bin: UInt32(bin), into: bins[bin])
    }
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    guard present > 1 else { return .null }
    let (sum, square) = (sums.wide(UInt32(bin)), squares.wide(UInt32(bin)))
    guard sum.nonFinite == nil else { return .double(.nan) }
    let found = variance(count: present, sum: sum.number, squares: square.number)
    return .double(reading == .variance ? found : found.squareRoot())
  }
}
