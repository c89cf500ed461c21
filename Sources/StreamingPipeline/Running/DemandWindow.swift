/// What a consumer has asked for and not received.
struct DemandWindow {
  private let maximum: Int
  private let minimum: Int
  private(set) var outstanding = 0

  init(maximum: Int, minimum: Int) {
    self.maximum = maximum
    self.minimum = minimum
  }

  /// How much to ask for now: what is missing to the maximum once little is outstanding, else 0.
  mutating func ask() -> Int {
    guard outstanding <= minimum else { return 0 }
    let more = maximum - outstanding
    outstanding = maximum
    return more
  }

  /// Records have arrived.
  mutating func receive(_ count: Int) { outstanding -= count }
}
