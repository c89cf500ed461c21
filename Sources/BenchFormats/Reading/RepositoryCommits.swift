internal import BenchModel

/// The commits of a repository, each asked for once: asking starts processes of git, which takes
/// longer than reading a hundred lines.
struct RepositoryCommits {
  private let lookUp: (String) -> Commit?
  private var known: [String: Commit?] = [:]

  /// The most commits that are remembered. Beyond it all are forgotten, so that a hostile file does
  /// not fill the memory.
  private static let limit = 20_000

  init(lookUp: @escaping (String) -> Commit?) { self.lookUp = lookUp }

  /// The commit with this hash; `nil` where the repository has none.
  mutating func commit(_ hash: String) -> Commit? {
    if let answer = known[hash] { return answer }
    if known.count >= Self.limit { known = [:] }
    let answer = lookUp(hash)
    known[hash] = .some(answer)
    return answer
  }
}
