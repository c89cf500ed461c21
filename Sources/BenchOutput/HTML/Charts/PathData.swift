/// The `d` of an SVG path in whole units, each step relative to the last: the shortest form there
/// is.
struct PathData {
  private(set) var text = ""
  private var x = 0
  private var y = 0
  private var start = (x: 0, y: 0)

  /// What `draw` draws.
  init(_ draw: (inout PathData) -> Void) { draw(&self) }

  /// Begins a new piece.
  mutating func move(_ x: Int, _ y: Int) {
    if text.isEmpty {
      text = "M\(pair(x, y))"
    } else {
      text += "m\(pair(x - self.x, y - self.y))"
    }
    (self.x, self.y) = (x, y)
    start = (x, y)
  }

  mutating func line(_ x: Int, _ y: Int) {
    if y == self.y {
      text += "h\(x - self.x)"
    } else if x == self.x {
      text += "v\(y - self.y)"
    } else {
      text += "l\(pair(x - self.x, y - self.y))"
    }
    (self.x, self.y) = (x, y)
  }

  /// A point: a piece of no length, which round caps make a disc.
  mutating func dot(_ x: Int, _ y: Int) {
    move(x, y)
    close()
  }

  /// Back to where the piece began.
  mutating func close() {
    text += "z"
    (x, y) = start
  }

  /// A minus sign separates the numbers without a blank.
  private func pair(_ x: Int, _ y: Int) -> String { y < 0 ? "\(x)\(y)" : "\(x) \(y)" }
}
