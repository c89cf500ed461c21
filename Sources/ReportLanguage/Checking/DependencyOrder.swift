/// Things in such an order that each comes after those it needs, or the circles that prevent it.
struct DependencyOrder {
  /// Those outside of circles, each after what it needs; otherwise in the order given.
  private(set) var sorted: [Int] = []
  /// Circles, each beginning with its first member.
  private(set) var cycles: [[Int]] = []

  /// Orders things by what each needs (Kahn 1962); `needs[i]` holds the places that `i` needs.
  init(_ needs: [Set<Int>]) {
    var users = Array(repeating: [Int](), count: needs.count)
    for (user, needed) in needs.enumerated() {
      for index in needed { users[index].append(user) }
    }
    var open = needs.map(\.count)
    sorted = needs.indices.filter { open[$0] == 0 }
    var next = 0
    while next < sorted.count {
      for user in users[sorted[next]] {
        open[user] -= 1
        if open[user] == 0 { sorted.append(user) }
      }
      next += 1
    }
    findCycles(needs, among: needs.indices.filter { open[$0] > 0 })
  }

  /// Each of these needs another of these, so that walking from need to need ends in a circle.
  private mutating func findCycles(_ needs: [Set<Int>], among rest: [Int]) {
    let isLeft = Set(rest)
    var seen: Set<Int> = []
    for start in rest where !seen.contains(start) {
      var walk: [Int] = []
      var positions: [Int: Int] = [:]
      var index: Int? = start
      while let current = index, seen.insert(current).inserted {
        positions[current] = walk.count
        walk.append(current)
        index = needs[current].intersection(isLeft).min()
      }
      guard let index, let first = positions[index] else { continue }
      let cycle = Array(walk[first...])
      let least = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
      cycles.append(Array(cycle[least...] + cycle[..<least]))
    }
  }
}
