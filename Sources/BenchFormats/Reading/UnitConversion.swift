package import BenchModel

/// The conversion of a foreign unit to benchdb's.
package struct UnitConversion: Equatable {
  /// The unit in which values are stored.
  package let unit: Unit
  /// The factor by which a foreign value is multiplied.
  package let factor: Double
  /// The direction that the unit implies; `nil` where it implies none.
  package let direction: Direction?

  /// Converts durations to nanoseconds and sizes to bytes; every other unit stays as it is.
  ///
  /// A quantity for each operation (`ns/op`, `B/iter`) is that quantity.
  package init(of name: String) {
    let quantity = Self.withoutOperation(name)
    if let factor = Self.durations[quantity] ?? Self.durations[quantity.lowercased()] {
      self.init(unit: .nanoseconds, factor: factor, direction: .lower)
    } else if let factor = Self.sizes[quantity] ?? Self.sizes[quantity.lowercased()] {
      self.init(unit: .bytes, factor: factor, direction: .lower)
    } else {
      self.init(keeping: name)
    }
  }

  /// Keeps the unit as it is, whatever it is.
  init(keeping name: String) {
    let unit = Unit(rawValue: name)
    self.init(unit: unit, factor: 1, direction: unit.betterDirection)
  }

  private init(unit: Unit, factor: Double, direction: Direction?) {
    self.unit = unit
    self.factor = factor
    self.direction = direction
  }

  private static func withoutOperation(_ name: String) -> String {
    guard let slash = name.lastIndex(of: "/"),
      ["op", "iter", "iteration", "call", "operation"].contains(
        name[name.index(after: slash)...].lowercased())
    else { return name }
    return String(name[..<slash])
  }

  /// The durations in nanoseconds, in singular and plural.
  private static let durations: [String: Double] = [
    "ns": 1, "nsec": 1, "nanosecond": 1, "nanoseconds": 1,
    "us": 1e3, "µs": 1e3, "μs": 1e3, "usec": 1e3, "microsecond": 1e3, "microseconds": 1e3,
    "ms": 1e6, "msec": 1e6, "millisecond": 1e6, "milliseconds": 1e6,
    "s": 1e9, "sec": 1e9, "second": 1e9, "seconds": 1e9,
    "min": 6e10, "minute": 6e10, "minutes": 6e10, "h": 3.6e12, "hour": 3.6e12, "hours": 3.6e12,
  ]

  /// The sizes in bytes: powers of 1000, and of 1024 with an i (IEC 80000-13).
  private static let sizes: [String: Double] = [
    "B": 1, "byte": 1, "bytes": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
    "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824, "TiB": 1_099_511_627_776,
    "kilobytes": 1e3, "megabytes": 1e6, "gigabytes": 1e9,
  ]
}
