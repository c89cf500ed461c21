/// The drawn sessions as the page's script reads them, in thirteen characters each of base 64.
///
/// Three of the position (sixteenths of the way between commits), three of the median, two each of
/// the interval's ends, two of the number of processes, one of flags (1: hollow, 2: outlier).
/// Values are shares of the chart's scale.
enum PointData {
  static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func text(_ points: [ChartPoint], on scale: ValueScale) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(points.count * 13)
    func append(_ number: Int, digits: Int) {
      let number = min(max(number, 0), 1 << (6 * digits) - 1)
      for digit in (0..<digits).reversed() {
        bytes.append(alphabet[number >> (6 * digit) & 63])
      }
    }
    func append(_ value: Double, digits: Int) {
      append(Int((scale.share(value) * Double(1 << (6 * digits) - 1)).rounded()), digits: digits)
    }
    for point in points {
      append(Int(((point.position + 0.5) * 16).rounded()), digits: 3)
      append(point.median, digits: 3)
      append(point.interval.lowerBound, digits: 2)
      append(point.interval.upperBound, digits: 2)
      append(point.processes.count, digits: 2)
      append((point.isHollow ? 1 : 0) + (point.isOutlier ? 2 : 0), digits: 1)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
