/// Location and shift by medians of pairs: Hodges and Lehmann, "Estimates of location based on rank
/// tests" (Annals of Mathematical Statistics 34, 1963). As good as means on normal data (95 %), and
/// not moved by a few wild values.
package enum HodgesLehmann {
  /// The median of all Walsh averages `(xᵢ + xⱼ)/2`, `i ≤ j`.
  ///
  /// `values`: at least one value.
  package static func location(_ values: [Double]) -> Double {
    var averages = walshAverages(values)
    return Selection.median(of: &averages)
  }

  /// All `(xᵢ + xⱼ)/2`, `i ≤ j`, in no order.
  package static func walshAverages(_ values: [Double]) -> [Double] {
    var averages: [Double] = []
    averages.reserveCapacity(values.count * (values.count + 1) / 2)
    for right in values.indices {
      for left in 0...right { averages.append((values[left] + values[right]) / 2) }
    }
    return averages
  }

  /// The median of all differences `yⱼ − xᵢ`: by how much `y` lies above `x`.
  ///
  /// ```swift
  /// HodgesLehmann.shift(from: [1, 2, 3], to: [2, 3, 40])  // 1, however large the 40 is
  /// ```
  ///
  /// `x`: at least one value;
  /// `y`: at least one value.
  package static func shift(from x: [Double], to y: [Double]) -> Double {
    var all = differences(from: x, to: y)
    return Selection.median(of: &all)
  }

  /// All differences `yⱼ − xᵢ`, in no order.
  package static func differences(from x: [Double], to y: [Double]) -> [Double] {
    var all: [Double] = []
    all.reserveCapacity(x.count * y.count)
    for upper in y {
      for lower in x { all.append(upper - lower) }
    }
    return all
  }

  /// The distance between the `trim`-th smallest and the `trim`-th largest difference, `trim` from
  /// 0: the width of the distribution-free interval of the shift (Lehmann, "Nonparametric
  /// confidence intervals for a shift parameter", 1963).
  package static func width(ofDifferences differences: inout [Double], trim: Int) -> Double {
    let high = Selection.element(at: differences.count - 1 - trim, of: &differences)
    let low = Selection.element(at: trim, of: &differences)
    return high - low
  }
}
