import BenchModel

/// The memory layout of one process of a paired session.
package struct ProcessLayout: Sendable, Hashable {
  /// The index of the link order among those of its side, from 0.
  package let link: Int
  /// The bytes added to its environment, which is above its stack and moves it.
  package let padding: Int

  package init(link: Int = 0, padding: Int = 0) {
    self.link = link
    self.padding = padding
  }
}

/// Assigns layouts to the rounds of a paired session, so that the effect of a layout is noise among
/// the processes and not a difference between the sides.
///
/// A side's layouts are assigned in random order without repetition: each is used once in as many
/// rounds as there are layouts. The two sides of a round have the layout with the same number. The
/// A/A control has an assignment of its own, as another revision would.
struct LayoutAssignment: Sendable, Hashable {
  let layouts: Int
  let seed: UInt64

  /// The number of paddings: the stack moves by less than a page, because what matters is how
  /// addresses fall into cache lines and sets.
  private static let paddings = 4_096

  /// The layouts of one round, for its processes in their order.
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

    /// The layout of the next process of an arm. Counting processes all have the same, because
    /// exact counts must not depend on the size of an environment.
    mutating func next(_ arm: RoundPosition.Arm, pass: MeasurementPass) -> ProcessLayout {
      guard isVaried, pass == .timing else { return ProcessLayout() }
      let padding = random.next(below: LayoutAssignment.paddings)
      return ProcessLayout(link: arm == .control ? controlLink : link, padding: padding)
    }
  }

  /// Arbitrary constants that keep the streams apart. Changing one changes the layouts of every
  /// seed.
  private enum Stream: UInt64 {
    case sides = 0x6C61_796F
    case control = 0x6E75_6C6C
    case padding = 0x7061_6464
  }

  /// A generator whose seed is far from those of the order in which processes run, and from those
  /// of other streams.
  private func random(_ stream: Stream, _ number: Int) -> ScheduleRandom {
    var seeds = ScheduleRandom(seed: seed ^ (stream.rawValue << 32))
    for _ in 0..<number { _ = seeds.next() }
    return ScheduleRandom(seed: seeds.next())
  }
}
