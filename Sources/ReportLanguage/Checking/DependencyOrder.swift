/// Sorts elements so that each comes after those it depends on, and finds the cycles that prevent
/// it.
struct DependencyOrder {
  /// The indices outside of cycles, each after its dependencies, otherwise in the order given.
  private(set) var sorted: [Int] = []
  /// The cycles, each beginning with its first member.
  private(set) var cycles: [[Int]] = []

  /// Sorts elements by their dependencies (Kahn 1962); `needs[i]` holds the indices that `i`
  /// depends on.
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

  /// Finds cycles among elements that each depend on another one, so that following dependencies
  /// ends in a cycle.
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
