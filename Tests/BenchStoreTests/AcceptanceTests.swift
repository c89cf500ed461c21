import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Accepting changes")
struct AcceptanceTests {
  private func acceptance(_ number: Int, size: Double) -> Acceptance {
    let hash = String(repeating: "a", count: 40)
    return Acceptance(
      series: SeriesKey(benchmark: BenchmarkKey(id: "suite/\(number)"), metric: "cpu"),
      from: hash, to: hash, size: size, reason: "", author: "Ada",
      accepted: Day(Date(timeIntervalSince1970: 0)), until: nil)
  }

  @Test("what is accepted together is stored whole or not at all", arguments: 0..<20)
  func isOneTransaction(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 2...6, using: &random)
    // A size that is no number cannot be stored.
    let bad = Int.random(in: 0..<count, using: &random)
    try withStore { store in
      let wrong = (0..<count).map { acceptance($0, size: $0 == bad ? .nan : 0.1) }
      #expect(throws: StoreError.self) { try store.add(wrong) }
      #expect(try store.acceptances().isEmpty, "seed \(seed)")
      #expect(throws: StoreError.self) { try store.withdraw(wrong, at: Date()) }
      #expect(try store.acceptances().isEmpty, "seed \(seed)")
      let right = (0..<count).map { acceptance($0, size: 0.1) }
      try store.add(right)
      #expect(try store.acceptances().count == count)
    }
  }
}
