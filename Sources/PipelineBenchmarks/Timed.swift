/// A value and how long it took to make.
struct Timed<Value> {
  let value: Value
  /// Elapsed.
  let seconds: Double

  init(_ body: () throws -> Value) rethrows {
    let start = ContinuousClock.now
    value = try body()
    seconds = start.duration(to: .now) / .seconds(1)
  }
}
