import BenchFormats
import BenchModel
import Testing

@Suite("Units of other harnesses")
struct UnitConversionTests {
  @Test(
    "durations become nanoseconds and sizes bytes, also for each operation",
    arguments: [
      ("ns", "ns", 1.0), ("us", "ns", 1e3), ("µs", "ns", 1e3), ("ms/op", "ns", 1e6),
      ("s", "ns", 1e9), ("Seconds", "ns", 1e9), ("ns/iter", "ns", 1), ("min", "ns", 6e10),
      ("B", "B", 1), ("bytes", "B", 1), ("KiB", "B", 1024), ("MB", "B", 1e6), ("B/op", "B", 1),
    ])
  func converts(_ name: String, _ unit: String, _ factor: Double) {
    let conversion = UnitConversion(of: name)
    #expect(conversion.unit.rawValue == unit)
    #expect(conversion.factor == factor)
    #expect(conversion.direction == .lower)
  }

  @Test(
    "other units stay as they are, with the direction that they imply",
    arguments: [
      ("1/s", Direction.higher), ("ops/s", .higher), ("MB/s", .higher), ("op/ms", .higher),
      ("MHz", .higher), ("requests per second", .higher), ("count", .lower), ("allocs/op", .lower),
      ("Gbps", .higher), ("fps", .higher), ("MB / s", .higher), ("s^-1", .higher),
      ("ms / op", .lower), ("%", nil), ("score", nil), ("", nil), ("/", nil),
    ])
  func keeps(_ name: String, _ direction: Direction?) {
    let conversion = UnitConversion(of: name)
    #expect(conversion.unit.rawValue == name)
    #expect(conversion.factor == 1)
    #expect(conversion.direction == direction)
  }
}
