#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tests whether the level of a stretch steps anywhere, at the best of all positions.
///
/// The statistic is the difference of the means before and after, divided by its standard error and
/// maximised over the positions. How large it gets by chance is learnt from what the step leaves
/// unexplained: the residuals of the best position are taken for a first-order autoregression,
/// its innovations are permuted, and series made of these are searched in the same way, so that
/// having searched for the position is paid for (Antoch and Hušková, "Permutation tests in change
/// point analysis", Statistics & Probability Letters 53, 2001; the autoregression as in Bühlmann,
/// "Sieve bootstrap for time series", Bernoulli 3, 1997).
///
/// Permuting the values themselves would be exact where neighbours have nothing in common, but
/// with the step among them a large step hides itself where values are few, and so it does in
/// blocks of correlated neighbours.
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
  /// 25, 2009, fit such a tail). A few values know their own scatter badly, so that statistics are
  /// first put on the scale of a normal variable by Student's distribution.
  ///
  /// `values`: in order; fewer than two segments' worth have no step, and p is 1.
  /// `correlation`: that of neighbours about the level, from 0 and below 1.
  /// `seed`: the same seed gives the same answer.
  package func pValue(_ values: [Double], correlation: Double, seed: UInt64) -> Double {
    guard values.count >= 2 * minimumLength else { return 1 }
    let search = StepSearch(
      count: values.count, correlation: correlation, minimumLength: minimumLength)
    let observed = search.best(values)
    guard observed.difference > 0 else { return 1 }
    let score = search.score(observed)
    var noise = SimulatedNoise(
      residuals: search.residuals(values, about: observed.position), correlation: correlation)
    var random = PermutationRandom(seed: seed)
    var (reached, sum, squares) = (0, 0.0, 0.0)
    for drawn in 1...permutations {
      let value = search.score(search.best(noise.draw(&random)))
      sum += value
      squares += value * value
      if value >= score * (1 - 1e-12) { reached += 1 }
      if reached == 10 { return Double(reached) / Double(drawn) }
    }
    let mean = sum / Double(permutations)
    let deviation = max(squares / Double(permutations) - mean * mean, 0).squareRoot()
    return max(
      Gumbel(mean: mean, deviation: deviation).upperTail(score),
      Self.leastPossible(count: values.count))
  }

  /// One arrangement of all there are, and its mirror image: no p-value of so many values can be
  /// smaller.
  package static func leastPossible(count: Int) -> Double {
    var sign: Int32 = 0
    return min(1, 2 * exp(-lgamma_r(Double(count + 1), &sign)))
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

/// Finds the best position of a step in stretches of one length.
private struct StepSearch {
  struct Step {
    /// The first value at the new level.
    let position: Int
    /// The standardised difference of the means, not negative.
    let difference: Double
    /// The squared distances of all values from their mean.
    let squares: Double
  }

  private let count: Int
  private let minimumLength: Int
  /// 1 ÷ √(k(n − k) ÷ n) for every position k.
  private let weights: [Double]
  /// How much more a mean of such neighbours scatters than one of independent values.
  private let inflation: Double
  /// Those of Student's distribution.
  private let degrees: Double

  init(count: Int, correlation: Double, minimumLength: Int) {
    self.count = count
    self.minimumLength = minimumLength
    weights = (0...count).map { position in
      position == 0 || position == count
        ? 0 : 1 / (Double(position) * Double(count - position) / Double(count)).squareRoot()
    }
    inflation = (1 + correlation) / (1 - correlation)
    // The variance of such neighbours is known as well as that of so many independent ones.
    let square = correlation * correlation
    let independent = Double(count) * (1 - square) / (1 + square)
    degrees = max(independent - 2, Self.fewestDegrees)
  }

  private static let fewestDegrees = 3.0

  /// The best of all positions, the first of several.
  func best(_ values: [Double]) -> Step {
    var total = 0.0
    for value in values { total += value }
    let mean = total / Double(count)
    let last = count - minimumLength
    var (largest, best, sum, squares) = (0.0, minimumLength, 0.0, 0.0)
    for index in 0..<count {
      let distance = values[index] - mean
      sum += distance
      squares += distance * distance
      let position = index + 1
      guard position >= minimumLength, position <= last else { continue }
      let statistic = abs(sum) * weights[position]
      if statistic > largest { (largest, best) = (statistic, position) }
    }
    return Step(position: best, difference: largest, squares: squares)
  }

  /// The step in standard errors, as a normal variable that is as seldom as large.
  func score(_ step: Step) -> Double {
    let explained = step.difference * step.difference
    // Rounding leaves something of values that do not scatter at all.
    let left = max(step.squares - explained, step.squares * 1e-14)
    guard left > 0 else { return 0 }
    let error = (left / Double(count - 2) * inflation).squareRoot()
    return normal(step.difference / error)
  }

  /// A value of Student's distribution as the value of a normal variable that is as seldom as
  /// large, to a few per cent however large it is: Wallace, "Bounds on normal approximations to
  /// Student's and the chi-square distributions" (Annals of Mathematical Statistics 30, 1959).
  private func normal(_ t: Double) -> Double {
    (degrees * log1p(t * t / degrees)).squareRoot() * (8 * degrees + 1) / (8 * degrees + 3)
  }

  /// The distances from the means before and after a position.
  func residuals(_ values: [Double], about position: Int) -> [Double] {
    [0..<position, position..<count].flatMap { side in
      let mean = side.reduce(0) { $0 + values[$1] } / Double(side.count)
      return side.map { values[$0] - mean }
    }
  }
}

/// Series that scatter as some residuals do.
private struct SimulatedNoise {
  private var innovations: [Double]
  private let correlation: Double
  private let start: Double

  init(residuals: [Double], correlation: Double) {
    self.correlation = correlation
    // The first value has nothing before it; its share of the others' scatter is an innovation.
    let start = 1 / (1 - correlation * correlation).squareRoot()
    self.start = start
    innovations = residuals.indices.map { index in
      index == 0
        ? residuals[0] / start : residuals[index] - correlation * residuals[index - 1]
    }
  }

  mutating func draw(_ random: inout PermutationRandom) -> [Double] {
    for index in stride(from: innovations.count - 1, to: 0, by: -1) {
      innovations.swapAt(index, random.below(index + 1))
    }
    guard correlation > 0 else { return innovations }
    var last = 0.0
    return innovations.indices.map { index in
      last = index == 0 ? innovations[0] * start : correlation * last + innovations[index]
      return last
    }
  }
}
