internal import BenchModel
internal import Foundation
internal import GRDB

/// In which order the processes of a session ran that another harness measured of two commits.
///
/// They are rounds of a paired comparison only where they took turns: for each benchmark the two
/// processes of a pair stand beside each other before the next pair begins, and each side goes
/// first in a quarter of the pairs at least. What drifts over a session, a warming processor or a
/// neighbour that wakes up, would otherwise be taken for a difference of the commits: of unchanged
/// code measured base first and then head, 35 of 77 comparisons turned red.
package struct RoundOrder: Sendable {
  package let obstacle: Obstacle?

  /// Why a session of two commits is judged as two sides that were measured apart.
  package enum Obstacle: Sendable, Hashable, CaseIterable {
    /// Some lines give neither an order nor a start, or the same ones as others do.
    case unknown
    /// Processes of one side follow one another.
    case apart
    /// The same side goes first in nearly every pair.
    case oneFirst
  }

  /// `processes` has for each benchmark the sides of its processes in the order in which they ran,
  /// true for one of the commits.
  package init(_ processes: [[Bool]]) {
    let pairs = processes.map { sides in
      stride(from: 0, to: sides.count - 1, by: 2).map { (sides[$0], sides[$0 + 1]) }
    }
    if !pairs.joined().allSatisfy({ $0.0 != $0.1 }) {
      obstacle = .apart
    } else if !pairs.allSatisfy({ Self.varies($0.map(\.0)) }) {
      obstacle = .oneFirst
    } else {
      obstacle = nil
    }
  }

  /// Whether each side goes first in a quarter of the pairs at least; of a single pair one does.
  private static func varies(_ first: [Bool]) -> Bool {
    let count = first.count { $0 }
    return first.count < 2
      || min(count, first.count - count) >= max(1, first.count / leastShare)
  }

  private static let leastShare = 4

  private init(_ obstacle: Obstacle) { self.obstacle = obstacle }
}

extension RoundOrder {
  /// Reads the order of a run with one session; `first` is the whole hash of one of its commits.
  init(ofRun run: UUID, first: String, _ database: Database) throws {
    var processes: [Int64: [Bool]] = [:]
    var isAssumed = false
    var places: Set<[Int64]> = []
    let arguments: [SQLArgument] = [.text(ColumnCoding.text(run)), .text(first)]
    _ = try Query(database, Self.query, arguments, table: "process").map { row in
      isAssumed = try isAssumed || row.count(3) != 0
      let benchmark = try row.integer(1)
      let isTaken = !places.insert([benchmark, try row.integer(4)]).inserted
      isAssumed = isAssumed || isTaken
      processes[benchmark, default: []].append(try row.count(2) != 0)
    }
    if isAssumed { self.init(.unknown) } else { self.init(Array(processes.values)) }
  }

  /// Processes that count are not timed, and run when it suits.
  private static let query = """
    SELECT process.id, process.benchmark_id, git_commit.hash = ?2,
      instr(process.facts, '"isOrderAssumed":true') > 0, process.plan_order
    FROM run JOIN session ON session.run_id = run.id
    JOIN process ON process.session_id = session.id
    JOIN build ON build.id = process.build_id
    JOIN git_commit ON git_commit.id = build.commit_id
    WHERE run.uuid = ?1 AND process.pass = 'timing' AND process.outcome = 'completed'
    ORDER BY process.plan_order, process.id
    """
}
