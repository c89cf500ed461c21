/// Counts what a consumer has asked for and not received.
struct DemandWindow {
  private let maximum: Int
  private let minimum: Int
  private(set) var outstanding = 0

  init(maximum: Int, minimum: Int) {
    self.maximum = maximum
    self.minimum = minimum
  }

  /// The number of records to ask for now: 0 until little is outstanding, then whatever is missing
  /// to the maximum.
  mutating func ask() -> Int {
    guard outstanding <= minimum else { return 0 }
    let more = maximum - outstanding
    outstanding = maximum
    return more
  }

  /// Records have arrived.
  mutating func receive(_ count: Int) { outstanding -= count }
}
