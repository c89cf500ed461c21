import BenchComparer
import Testing

/// The pure part of `benchdb bisect`, over every small history.
@Suite struct BisectionTests {
  /// A history in which one commit made it slower: what building and measuring a commit would
  /// answer.
  struct World {
    var bisection: Bisection
    let isSlower: (Int) -> Bool
    let silent: Set<Int>
    /// The executable of each commit.
    let executables: [Int]
    private(set) var measured = 0
    private(set) var tried: [Int] = []

    init(
      _ bisection: Bisection, last: Int, isSlower: @escaping (Int) -> Bool, silent: Set<Int> = [],
      executables: [Int]? = nil
    ) {
      self.bisection = bisection
      self.isSlower = isSlower
      self.silent = silent
      self.executables = executables ?? Array(0...last)
      built = [self.executables[0]: 0, self.executables[last]: last]
    }

    private var built: [Int: Int]

    mutating func search(silence: Bisection.Answer = .unbuildable) {
      while let commit = bisection.next {
        // A search without end is a failure, not a hang.
        guard !tried.contains(commit) else { return }
        tried.append(commit)
        if silent.contains(commit) {
          bisection.note(silence, at: commit)
        } else if let other = built[executables[commit]] {
          bisection.note(.identical(to: other), at: commit)
        } else {
          built[executables[commit]] = commit
          measured += 1
          bisection.note(isSlower(commit) ? .slower : .notSlower, at: commit)
        }
      }
    }
  }

  @Test("a line of any length ends at the culprit, after as many answers as halving needs")
  func line() {
    for count in 1...40 {
      let most = Int.bitWidth - (count - 1).leadingZeroBitCount
      for culprit in 1...count {
        var world = World(Bisection(count: count), last: count, isSlower: { $0 >= culprit })
        #expect(world.bisection.answersLeft <= most)
        world.search()
        #expect(world.bisection.culprit == culprit, "\(culprit) of \(count)")
        #expect(world.measured <= most, "\(culprit) of \(count): \(world.tried)")
        #expect(world.bisection.answersLeft == 0)
      }
    }
  }

  @Test(
    "with any commits silent and any identical to the one before, it ends at the smallest interval",
    arguments: 1...7)
  func everyPattern(count: Int) {
    let subsets = 0..<(1 << (count - 1))
    for culprit in 1...count {
      for silentBits in subsets {
        // BAD, the last, builds; and the culprit is not identical to the one before it.
        let silent = Set((1...count).filter { silentBits >> ($0 - 1) & 1 == 1 })
        for sameBits in subsets {
          var executables = [0]
          for commit in 1...count {
            let skipped = commit > culprit ? commit - 2 : commit - 1
            let isSame = commit != culprit && sameBits >> skipped & 1 == 1
            executables.append(isSame ? executables[commit - 1] : commit)
          }
          var world = World(
            Bisection(count: count), last: count, isSlower: { $0 >= culprit }, silent: silent,
            executables: executables)
          world.search(silence: sameBits.isMultiple(of: 2) ? .unbuildable : .inconclusive)
          let before = (0..<culprit).last { !silent.contains($0) } ?? 0
          let after = (culprit...count).first { !silent.contains($0) } ?? count
          #expect(
            world.bisection.candidates == Array(before + 1...after),
            "culprit \(culprit) of \(count), silent \(silent.sorted()), executables \(executables)")
          #expect(world.bisection.culprit == (after == before + 1 ? culprit : nil))
        }
      }
    }
  }

  @Test("in every history with merges it ends at the culprit, or at it and what said nothing")
  func merges() {
    for parents in Self.histories(last: 4) {
      let last = parents.count - 1
      let contains = { (commit: Int, ancestor: Int) in
        Self.contains(parents, commit, ancestor)
      }
      let range = (1...last).filter { contains(last, $0) }
      for culprit in range {
        for bits in 0..<(1 << (last - 1)) {
          let silent = Set((1..<last).filter { bits >> ($0 - 1) & 1 == 1 })
          var world = World(
            Bisection(parents: parents), last: last, isSlower: { contains($0, culprit) },
            silent: silent)
          world.search()
          let left = Set(world.bisection.candidates)
          #expect(left.contains(culprit), "\(parents), culprit \(culprit), silent \(silent)")
          let undecided = left.subtracting(silent)
          #expect(undecided.count == 1, "\(parents), culprit \(culprit): \(left)")
          if silent.isEmpty { #expect(world.bisection.culprit == culprit) }
        }
      }
    }
  }

  @Test("an answer given after a commit was found identical counts for both")
  func laterAnswer() {
    var bisection = Bisection(count: 8)
    bisection.note(.identical(to: 5), at: 3)
    #expect(bisection.candidates == Array(1...8))
    bisection.note(.notSlower, at: 3)
    #expect(bisection.candidates == [6, 7, 8])
    bisection.note(.identical(to: 8), at: 6)
    #expect(bisection.culprit == 6)
  }

  @Test("an executable keeps its first answer, and what is no candidate any more changes nothing")
  func contradictions() {
    var bisection = Bisection(count: 6)
    bisection.note(.slower, at: 4)
    bisection.note(.notSlower, at: 4)
    #expect(bisection.candidates == [1, 2, 3, 4])
    bisection.note(.notSlower, at: 5)
    #expect(bisection.candidates == [1, 2, 3, 4])
    bisection.note(.identical(to: 0), at: 4)
    #expect(bisection.candidates == [1, 2, 3, 4])
  }

  @Test("beside a commit without an answer it tries one farther away")
  func awayFromSilence() {
    var bisection = Bisection(count: 32)
    #expect(bisection.next == 16)
    bisection.note(.unbuildable, at: 16)
    let next = bisection.next ?? 16
    #expect((2...8).contains(abs(next - 16)), "\(next)")
  }

  /// Every history of GOOD and `last` commits in which each has one or more of those before as
  /// parents.
  private static func histories(last: Int) -> [[[Int]]] {
    (1...last).reduce([[[]]]) { histories, commit in
      histories.flatMap { history in
        (1..<(1 << commit)).map { bits in
          history + [(0..<commit).filter { bits >> $0 & 1 == 1 }]
        }
      }
    }
  }

  private static func contains(_ parents: [[Int]], _ commit: Int, _ ancestor: Int) -> Bool {
    commit == ancestor || parents[commit].contains { contains(parents, $0, ancestor) }
  }
}
