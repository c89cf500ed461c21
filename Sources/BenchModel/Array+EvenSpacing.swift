extension Array {
  /// Returns `count` of the elements, evenly spaced, including the first and the last; all where
  /// there are no more, and the first where `count` is 1.
  package func evenlySpaced(_ count: Int) -> [Element] {
    guard count > 0 else { return [] }
    guard count < self.count else { return self }
    guard count > 1 else { return [self[0]] }
    // Rounded to the nearest: half a step is added before the division cuts off.
    return (0..<count).map { self[($0 * (self.count - 1) + (count - 1) / 2) / (count - 1)] }
  }
}
