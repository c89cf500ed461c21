/// Samples drawn in one line of text.
package enum DotStrip {
  private static let levels = Array("▁▂▃▄▅▆▇█")

  /// The samples as a histogram of `width` equal bins from the least to the greatest; an empty bin
  /// is a space.
  ///
  /// Samples that are all alike fill the first bin. Values that are not finite are left out.
  package static func histogram(_ samples: [Double], width: Int) -> String {
    let finite = samples.filter(\.isFinite)
    guard let least = finite.min(), let most = finite.max(), width > 0 else { return "" }
    var bins = [Int](repeating: 0, count: width)
    for sample in finite {
      bins[step(share(of: sample, from: least, to: most), of: width)] += 1
    }
    let highest = bins.max() ?? 1
    return String(bins.map { $0 == 0 ? " " : level(Double($0) / Double(highest)) })
  }

  /// The values one after another, the least lowest; more values than `width` are averaged in
  /// neighbouring groups.
  package static func course(_ values: [Double], width: Int) -> String {
    let means = averages(of: values, atMost: width)
    guard let least = means.min(), let most = means.max(), most > least else {
      return String(repeating: String(levels[0]), count: means.count)
    }
    return String(means.map { level(share(of: $0, from: least, to: most)) })
  }

  /// The values one after another, neighbours averaged where there are more than `count`.
  package static func averages(of values: [Double], atMost count: Int) -> [Double] {
    let finite = values.filter(\.isFinite)
    guard !finite.isEmpty, count > 0 else { return [] }
    let columns = min(count, finite.count)
    return (0..<columns).map { column in
      let group = finite[
        column * finite.count / columns..<(column + 1) * finite.count / columns]
      return group.reduce(0) { $0 + $1 / Double(group.count) }
    }
  }

  private static func level(_ share: Double) -> Character {
    levels[step(share, of: levels.count)]
  }

  /// How far along the way `value` is, from 0 to 1. The way between the largest numbers of both
  /// signs is longer than any number, so that it is halved; the way between the smallest must not
  /// be.
  private static func share(of value: Double, from least: Double, to most: Double) -> Double {
    guard most > least else { return 0 }
    let way = most - least
    return way.isFinite ? (value - least) / way : (value / 2 - least / 2) / (most / 2 - least / 2)
  }

  /// The one of `count` equal steps in which a share from 0 to 1 lies.
  private static func step(_ share: Double, of count: Int) -> Int {
    share > 0 ? Int(min(share * Double(count), Double(count - 1))) : 0
  }
}
