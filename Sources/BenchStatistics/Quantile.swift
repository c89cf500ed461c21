/// Sample quantiles, by the numbering of Hyndman and Fan, "Sample quantiles in statistical
/// packages" (The American Statistician 50, 1996).
package enum Quantile {
  /// Type 7, the default of R, NumPy and Excel: linear between the order statistics at `1 + (n −
  /// 1)p`.
  ///
  /// `share`: the quantile's share, in 0...1;
  /// `sorted`: at least one value, ascending.
  package static func type7(_ share: Double, ofSorted sorted: [Double]) -> Double {
    interpolate(sorted, at: share * Double(sorted.count - 1))
  }

  /// The middle value, or the mean of the two in the middle.
  ///
  /// `values`: at least one value, in any order.
  package static func median(_ values: [Double]) -> Double {
    median(ofSorted: values.sorted())
  }

  /// The middle value, or the mean of the two in the middle.
  ///
  /// `sorted`: at least one value, ascending.
  package static func median(ofSorted sorted: [Double]) -> Double {
    precondition(!sorted.isEmpty, "a median needs at least one value")
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2 : sorted[middle]
  }

  /// The value at a position counted from 0, between neighbours linearly, beyond the ends the end.
  private static func interpolate(_ sorted: [Double], at position: Double) -> Double {
    precondition(!sorted.isEmpty, "a quantile needs at least one value")
    let clamped = min(max(position, 0), Double(sorted.count - 1))
    let low = Int(clamped)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (clamped - Double(low)) * (sorted[high] - sorted[low])
  }
}
