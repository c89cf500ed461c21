#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tests whether the level of a stretch steps anywhere, at the best of all positions.
///
/// The statistic is the standardised difference of the means before and after, maximised over the
/// positions. Blocks of neighbours are permuted, and the maximum is taken in every permutation too,
/// so that having searched for the position is paid for (Antoch and Hušková, "Permutation tests
/// in change point analysis", Statistics & Probability Letters 53, 2001; blocks as in Kirch, "Block
/// permutation principles for the change analysis of dependent data", Journal of Statistical
/// Planning and Inference 137, 2007).
///
/// Single values are permuted as they are, which is exact. Blocks are too few for that: with the
/// step in them, they scatter so much that a large step hides itself (of steps of 5 % in correlated
/// noise it hid half). So of blocks the residuals are permuted, as if the level at either side of
/// the best position were known.
package struct StepTest: Sendable {
  /// How many permutations are drawn at most.
  private let permutations: Int
  private let minimumLength: Int

  /// `permutations`: 400 give a p-value about 0.01 to a tenth of itself, and the tail's two
  /// parameters to a few per cent; `minimumLength`: no step is looked for nearer to the ends.
  package init(permutations: Int = 400, minimumLength: Int = 3) {
    self.permutations = permutations
    self.minimumLength = minimumLength
  }

  /// The chance of such a step if nothing had changed.
  ///
  /// Once ten permutations reached the statistic their share is the answer (Besag and Clifford,
  /// "Sequential Monte Carlo p-values", Biometrika 78, 1991). Where fewer do, the tail is that of
  /// an extreme-value distribution with the permutations' mean and deviation: a maximum of
  /// normal-like sums has a lighter tail, so that it errs on the careful side (Knijnenburg,
  /// Wessels, Reinders and Shmulevich, "Fewer permutations, more accurate P-values", Bioinformatics
  /// 25, 2009, fit such a tail).
  ///
  /// `values`: in order; fewer than two segments' worth have no step, and p is 1.
  /// `blockLength`: so many neighbours stay together; at least 1.
  /// `seed`: the same seed gives the same answer.
  package func pValue(_ values: [Double], blockLength: Int, seed: UInt64) -> Double {
    guard values.count >= 2 * minimumLength else { return 1 }
    var work = Permuting(values, blockLength: blockLength, minimumLength: minimumLength)
    let (observed, position) = work.best()
    guard observed > 0 else { return 1 }
    if blockLength > 1 { work.level(at: position, blockLength: blockLength) }
    var random = PermutationRandom(seed: seed)
    var (reached, sum, squares) = (0, 0.0, 0.0)
    for drawn in 1...permutations {
      work.permute(&random)
      let value = work.best().statistic
      sum += value
      squares += value * value
      if value >= observed * (1 - 1e-12) { reached += 1 }
      if reached == 10 { return Double(reached) / Double(drawn) }
    }
    let mean = sum / Double(permutations)
    let deviation = max(squares / Double(permutations) - mean * mean, 0).squareRoot()
    return max(
      Gumbel(mean: mean, deviation: deviation).upperTail(observed), work.leastPossible)
  }
}

/// The distribution of the largest of many values.
private struct Gumbel {
  let mean: Double
  let deviation: Double

  func upperTail(_ x: Double) -> Double {
    guard deviation > 0 else { return x > mean ? 0 : 1 }
    let scale = deviation * 6.0.squareRoot() / .pi
    // Euler's constant: how far the mean lies above the mode, in scales.
    let mode = mean - 0.577_215_664_901_532_9 * scale
    return -expm1(-exp(-(x - mode) / scale))
  }
}

/// A stretch whose blocks are permuted.
private struct Permuting {
  /// The values less their mean.
  private var values: [Double]
  private var blocks: [Range<Int>]
  /// 1 ÷ √(k(n − k) ÷ n) for every position k.
  private let weights: [Double]
  private let minimumLength: Int

  init(_ values: [Double], blockLength: Int, minimumLength: Int) {
    let count = values.count
    let mean = values.reduce(0, +) / Double(count)
    self.values = values.map { $0 - mean }
    self.minimumLength = minimumLength
    blocks = stride(from: 0, to: count, by: blockLength).map {
      $0..<min($0 + blockLength, count)
    }
    weights = (0...count).map { position in
      position == 0 || position == count
        ? 0 : 1 / (Double(position) * Double(count - position) / Double(count)).squareRoot()
    }
  }

  /// One arrangement of all there are, and its mirror image: no p-value can be smaller.
  var leastPossible: Double {
    var sign: Int32 = 0
    return min(1, 2 * exp(-lgamma_r(Double(blocks.count + 1), &sign)))
  }

  mutating func permute(_ random: inout PermutationRandom) {
    for index in stride(from: blocks.count - 1, to: 0, by: -1) {
      blocks.swapAt(index, random.below(index + 1))
    }
  }

  /// Leaves the residuals from the means before and after `position`.
  ///
  /// Under noise alone the best of all positions takes scatter with it: the square of a maximum of
  /// about 2.7 deviations, of means of blocks that count for some two thirds of their length each.
  /// Giving five blocks' worth back makes p-values about what they say.
  mutating func level(at position: Int, blockLength: Int) {
    let count = Double(values.count)
    let scale = (count / max(count - Double(5 * blockLength), count / 4)).squareRoot()
    for side in [0..<position, position..<values.count] {
      let mean = side.reduce(0) { $0 + values[$1] } / Double(side.count)
      for index in side { values[index] = (values[index] - mean) * scale }
    }
  }

  /// The largest standardised difference over all positions, and the first position that has it.
  func best() -> (statistic: Double, position: Int) {
    let last = values.count - minimumLength
    var (largest, best, sum, position) = (0.0, minimumLength, 0.0, 0)
    for block in blocks {
      for index in block {
        sum += values[index]
        position += 1
        guard position >= minimumLength, position <= last else { continue }
        let statistic = abs(sum) * weights[position]
        if statistic > largest { (largest, best) = (statistic, position) }
      }
    }
    return (largest, best)
  }
}
