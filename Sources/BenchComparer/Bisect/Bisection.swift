#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The search for the commit that made a series slower: which commit to try next, and what the
/// answers leave. Decisions only; nothing is built or measured here.
///
/// Commits are known by their indices: 0 is GOOD, the last is BAD, and every parent comes before
/// its children. A commit is a candidate as long as it may be the one. What is slower has the
/// change among its ancestors or is it; what is not slower, and every ancestor of it, is innocent.
/// A commit that does not build or cannot be decided says nothing, and stays a candidate. Commits
/// whose executables have the same bytes have the same answer, whichever of them is measured.
package struct Bisection: Sendable, Hashable {
  package enum Answer: Sendable, Hashable {
    case slower
    case notSlower
    /// All rounds were measured, and it is still open.
    case inconclusive
    /// There is nothing to measure.
    case unbuildable
    /// Its executable is that of another commit, whose answer is known or will be.
    case identical(to: Int)
  }

  private let ancestry: Ancestry
  private var remaining: CommitSet
  /// The oldest commit known to be slower: the candidates are what it contains.
  private var slowest: Int
  /// Commits with the same executable have the same number.
  private var executables: [Int]
  /// The answers by the number of the executable.
  private var answers: [Int: Answer] = [:]

  /// A range in which GOOD is known to be not slower, BAD to be slower.
  ///
  /// - Parameter parents: for each commit the indices of its parents, none for GOOD; at least two
  ///   commits.
  package init(parents: [[Int]]) {
    precondition(parents.count > 1, "GOOD and BAD are two commits")
    ancestry = Ancestry(parents: parents)
    slowest = parents.count - 1
    executables = Array(parents.indices)
    remaining = ancestry.filter(
      CommitSet(upTo: slowest), in: slowest, isContained: true)
    answers = [0: .notSlower, slowest: .slower]
  }

  /// A range without merges: GOOD and `count` commits after it.
  package init(count: Int) {
    self.init(parents: (0...count).map { $0 == 0 ? [] : [$0 - 1] })
  }

  /// The commits that may be the one, oldest first: one when it is found.
  package var candidates: [Int] { remaining.positions }

  /// The commit that made it slower; `nil` while, or because, others may have been it.
  package var culprit: Int? { remaining.count == 1 ? slowest : nil }

  /// The commit whose answer says most; `nil` when no answer would say more.
  ///
  /// This is the commit that leaves fewest candidates, whatever the answer. A commit near one that
  /// gave no answer is likely to give none either, so commits farther away are preferred, unless
  /// they halve the candidates much worse: the size of the smaller part counts times the logarithm
  /// of the distance.
  package var next: Int? {
    let candidates = self.candidates
    let order = Dictionary(uniqueKeysWithValues: candidates.enumerated().map { ($1, $0) })
    let silent = candidates.filter { isSilent($0) }.compactMap { order[$0] }
    func worth(_ commit: Int) -> Double {
      let contained = ancestry.count(of: remaining, in: commit)
      let smallerPart = Double(min(contained, candidates.count - contained))
      guard let position = order[commit],
        let distance = silent.map({ abs($0 - position) }).min()
      else { return smallerPart }
      return smallerPart * log2(1 + Double(distance))
    }
    var best: (commit: Int, worth: Double)?
    for commit in candidates where answers[executables[commit]] == nil {
      let worth = worth(commit)
      if worth > best?.worth ?? -1 { best = (commit, worth) }
    }
    return best?.commit
  }

  /// About how many more answers it takes: each halves what is left.
  package var answersLeft: Int {
    let open = candidates.count { answers[executables[$0]] == nil }
    return Int(log2(Double(open + 1)).rounded(.up))
  }

  /// Takes down what was found out about a commit. The first answer of an executable stands.
  package mutating func note(_ answer: Answer, at commit: Int) {
    if case .identical(let other) = answer {
      unite(executables[other], executables[commit])
    } else if answers[executables[commit]] == nil {
      answers[executables[commit]] = answer
    }
    conclude(from: executables[commit])
  }

  private mutating func unite(_ one: Int, _ other: Int) {
    guard one != other else { return }
    answers[one] = answers[one] ?? answers[other]
    answers[other] = nil
    for position in executables.indices where executables[position] == other {
      executables[position] = one
    }
  }

  private mutating func conclude(from executable: Int) {
    for commit in executables.indices
    where executables[commit] == executable && remaining.contains(commit) && commit != slowest {
      switch answers[executable] {
      case .slower:
        remaining = ancestry.filter(remaining, in: commit, isContained: true)
        slowest = commit
      case .notSlower:
        remaining = ancestry.filter(remaining, in: commit, isContained: false)
      case .inconclusive, .unbuildable, .identical, nil: break
      }
    }
  }

  private func isSilent(_ commit: Int) -> Bool {
    switch answers[executables[commit]] {
    case .inconclusive, .unbuildable: true
    case .slower, .notSlower, .identical, nil: false
    }
  }
}
