import BenchModel
import BenchTestSupport
import Testing

@Suite("What a unit measures")
struct UnitKindTests {
  private typealias Unit = BenchModel.Unit

  private static let times = [
    "s", "sec", "second", "ms", "µs", "us", "ns", "min", "minute", "h", "hour", "ps", "msecs",
  ]
  private static let counted = [
    "ops", "op", "MB", "KiB", "requests", "frames", "records", "1", "", "Mbit", "FLOP", "items",
    "instructions", "allocs",
  ]

  @Test("Whatever is counted for a time is a rate, in every spelling of the division")
  func rates() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let time = Self.times.randomElement(using: &random) ?? ""
      let counted = Self.counted.randomElement(using: &random) ?? ""
      let name = [
        "\(counted)/\(time)", "\(counted) / \(time)", "\(counted) per \(time)",
        "\(counted)/\(time)".uppercased(), "\(counted)/10 \(time)", " \(counted)/\(time). ",
        "\(counted) \(time)^-1", "\(counted)·\(time)⁻¹", "\(counted) \(time)-1",
        "\(counted)/\(time)/core", "\(counted)/(\(time)·core)",
      ].randomElement(using: &random)
      let unit = Unit(rawValue: name ?? "")
      #expect(unit.kind == .rate, "seed \(seed): '\(unit)'")
      #expect(unit.betterDirection == .higher, "seed \(seed): '\(unit)'")
    }
  }

  @Test("Abbreviations that hold their 'per second' are rates, with any prefix and in any case")
  func abbreviations() {
    let words = [
      "bps", "Bps", "fps", "tps", "qps", "rps", "IOPS", "ops", "FLOPS", "Hz", "pps", "IPS", "rpm",
    ]
    for word in words {
      for prefix in ["", "k", "K", "M", "G", "T", "Mi"] {
        #expect(Unit(rawValue: prefix + word).kind == .rate, "\(prefix)\(word)")
      }
    }
    for word in ["MIPS", "GFLOPS", "tpmC", "peak Gbps"] {
      #expect(Unit(rawValue: word).kind == .rate, "\(word)")
    }
  }

  @Test("What is counted for anything but a time stays what it is")
  func shares() {
    let kinds: [(Unit.Kind, [String])] = [
      (.duration, ["ns", "ms", "Seconds", "min", "µs", "ps", "CPU seconds"]),
      (
        .cost,
        [
          "B", "KiB", "MB", "bytes", "count", "allocations", "allocs", "instructions", "cycles",
          "cache-misses", "L1-dcache-load-misses", "page faults", "syscalls", "J", "mJ", "W",
          "watts", "kWh", "bits",
        ]
      ),
    ]
    for (kind, names) in kinds {
      for name in names {
        for divisor in ["", "/op", " / op", " per record", "/iter", "/1000 ops", "/req"] {
          #expect(Unit(rawValue: name + divisor).kind == kind, "\(name)\(divisor)")
          #expect(Unit(rawValue: name + divisor).betterDirection == .lower, "\(name)\(divisor)")
        }
      }
    }
  }

  @Test(
    "Energy, clock cycles and shares of time follow what they are made of",
    arguments: [
      ("J/s", .cost), ("mJ per sec", .cost), ("ops/J", .yield), ("GFLOPS/W", .yield),
      ("records per joule", .yield), ("instructions/cycle", .rate), ("B/cycle", .rate),
      ("ops/cycle", .rate), ("cycles/op", .cost), ("cycles/byte", .cost), ("cycles/s", .rate),
      ("ms/s", .unknown), ("ns/min", .unknown),
    ] as [(String, BenchModel.Unit.Kind)])
  func others(_ name: String, _ kind: BenchModel.Unit.Kind) {
    #expect(Unit(rawValue: name).kind == kind)
  }

  @Test(
    "Of everything else nobody knows which values are better",
    arguments: [
      "score", "%", "ratio", "x", "", "/", "points", "per", "-1", "^-1", "steps", "maps", "chips",
      "°C", "1", "percent", "errors/s", "cache-misses/s", "faults per minute", "s^2", "loss",
    ])
  func unknown(_ name: String) {
    #expect(Unit(rawValue: name).kind == .unknown)
    #expect(Unit(rawValue: name).betterDirection == nil)
    #expect(!Metric(name: "m", unit: Unit(rawValue: name)).isDirectionKnown)
    #expect(Metric(name: "m", unit: Unit(rawValue: name), isGate: true).isDirectionKnown)
  }

  @Test("Any text at all has a kind")
  func anyText() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    let pieces = [
      "/", " per ", "^-1", "-1", "⁻¹", "s", "B", "(", ")", "10", ".", "·", " ", "é", "-",
    ]
    for _ in 0..<2_000 {
      let count = Int.random(in: 0...8, using: &random)
      let name = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let unit = Unit(rawValue: name)
      #expect((unit.kind == .unknown) == (unit.betterDirection == nil), "seed \(seed): \(name)")
    }
  }
}
