/// A value and the time that it took to make.
struct Timed<Value> {
  let value: Value
  /// The elapsed time.
  let seconds: Double

  init(_ body: () throws -> Value) rethrows {
    let start = ContinuousClock.now
    value = try body()
    seconds = start.duration(to: .now) / .seconds(1)
  }
}
