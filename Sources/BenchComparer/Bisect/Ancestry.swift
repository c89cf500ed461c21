/// Who descends from whom among the commits of a range, each known by its index.
struct Ancestry: Sendable, Hashable {
  /// A row for each commit, with a bit for itself and for each of its ancestors.
  private let bits: [[UInt64]]

  /// - Parameter parents: for each commit the indices of its parents, all of them smaller.
  init(parents: [[Int]]) {
    let words = (parents.count + 63) / 64
    var bits: [[UInt64]] = []
    for (position, own) in parents.enumerated() {
      var row = Array(repeating: UInt64(0), count: words)
      for parent in own {
        precondition(parent >= 0 && parent < position, "a parent comes before its children")
        for word in row.indices { row[word] |= bits[parent][word] }
      }
      row[position / 64] |= 1 << UInt64(position % 64)
      bits.append(row)
    }
    self.bits = bits
  }

  /// Whether `commit` contains the change of `ancestor`: descends from it, or is it.
  func contains(_ ancestor: Int, in commit: Int) -> Bool {
    bits[commit][ancestor / 64] >> UInt64(ancestor % 64) & 1 == 1
  }

  /// How many of `set` are contained in `commit`.
  func count(of set: CommitSet, in commit: Int) -> Int {
    zip(bits[commit], set.words).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
  }

  /// The members of `set` that `commit` contains, or with `isContained` false those that it does
  /// not.
  func filter(_ set: CommitSet, in commit: Int, isContained: Bool) -> CommitSet {
    CommitSet(
      words: zip(set.words, bits[commit]).map { isContained ? $0.0 & $0.1 : $0.0 & ~$0.1 })
  }
}

/// A set of indices of commits, one bit for each.
struct CommitSet: Sendable, Hashable {
  fileprivate let words: [UInt64]

  fileprivate init(words: [UInt64]) { self.words = words }

  /// The indices from 1 to `last`.
  init(upTo last: Int) {
    var words = Array(repeating: UInt64(0), count: last / 64 + 1)
    for position in 1...last { words[position / 64] |= 1 << UInt64(position % 64) }
    self.words = words
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  func contains(_ position: Int) -> Bool { words[position / 64] >> UInt64(position % 64) & 1 == 1 }

  /// Ascending.
  var positions: [Int] {
    var positions: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        positions.append(index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return positions
  }
}
