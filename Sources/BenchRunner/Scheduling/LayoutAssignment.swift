import BenchModel

/// How one process of a paired session is laid out in memory.
package struct ProcessLayout: Sendable, Hashable {
  /// Which of its side's link orders runs, from 0.
  package let link: Int
  /// Bytes added to its environment, which lies above its stack and moves it.
  package let padding: Int

  package init(link: Int = 0, padding: Int = 0) {
    self.link = link
    self.padding = padding
  }
}

/// Deals layouts to the rounds of a paired session, so that what a layout does to a series is noise
/// among its processes and not a difference between the sides.
///
/// A side's layouts are dealt like cards: in so many rounds each has its turn once, in random
/// order, and the two sides of a round have the layout of the same number. The A/A control is dealt
/// to by itself, as a revision of its own would be.
struct LayoutAssignment: Sendable, Hashable {
  let layouts: Int
  let seed: UInt64

  /// The environment is moved by less than a page: what matters is how addresses fall into cache
  /// lines and sets.
  private static let paddings = 4_096

  /// Of one round, for its processes in their order.
  func round(_ number: Int) -> Round {
    let turn = number / layouts
    func link(_ stream: Stream) -> Int {
      var random = random(stream, turn)
      return random.shuffled(Array(0..<layouts))[number % layouts]
    }
    return Round(
      isVaried: layouts > 1, link: link(.sides), controlLink: link(.control),
      random: random(.padding, number))
  }

  struct Round {
    fileprivate let isVaried: Bool
    fileprivate let link: Int
    fileprivate let controlLink: Int
    fileprivate var random: ScheduleRandom

    /// Counting processes all have the same: what they count is exact, and must not depend on the
    /// size of an environment.
    mutating func next(_ arm: RoundPosition.Arm, pass: MeasurementPass) -> ProcessLayout {
      guard isVaried, pass == .timing else { return ProcessLayout() }
      let padding = random.next(below: LayoutAssignment.paddings)
      return ProcessLayout(link: arm == .control ? controlLink : link, padding: padding)
    }
  }

  private enum Stream: UInt64 {
    case sides = 0x6C61_796F
    case control = 0x6E75_6C6C
    case padding = 0x7061_6464
  }

  /// Far from the seeds of the order in which processes run, and a step away from no other stream.
  private func random(_ stream: Stream, _ number: Int) -> ScheduleRandom {
    var seeds = ScheduleRandom(seed: seed ^ (stream.rawValue << 32))
    for _ in 0..<number { _ = seeds.next() }
    return ScheduleRandom(seed: seeds.next())
  }
}
