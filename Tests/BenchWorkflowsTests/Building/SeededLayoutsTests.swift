import BenchRunner
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("Layouts by a seed")
struct SeededLayoutsTests {
  /// Builds in memory: a product's bytes are what `bytes` says of its seed and the number of builds
  /// before it.
  private final class Factory {
    private let bytes: (Int, Int) -> String
    private var kept: [Int: BuiltSuite] = [:]
    private(set) var builds: [Int] = []

    init(_ bytes: @escaping (Int, Int) -> String) { self.bytes = bytes }

    private func build(_ recipe: BuildRecipe) -> BuiltSuite {
      let seed = recipe.layoutSeed ?? 0
      let hash = bytes(seed, builds.count)
      builds.append(seed)
      return BuiltSuite(
        executable: "bench", binaryHash: hash, codeHash: hash, toolchain: "cc", isCached: false,
        missingReads: [])
    }

    private func keep(_ built: BuiltSuite, _ recipe: BuildRecipe) -> BuiltSuite {
      kept[recipe.layoutSeed ?? 0] = built
      return built
    }

    func make(seeds: Range<Int>, plain: String? = "plain") throws -> SeededLayouts.Outcome {
      try SeededLayouts(
        of: BuildRecipe(command: ["make"], executable: "bench"), plain: plain, seeds: seeds,
        builder: .init(
          cached: { self.kept[$0.layoutSeed ?? 0] }, buildAnew: build, keep: keep,
          build: { self.kept[$0.layoutSeed ?? 0] ?? self.keep(self.build($0), $0) })
      ).make()
    }
  }

  private func hashes(_ outcome: SeededLayouts.Outcome) -> [String?] {
    guard case .layouts(let products) = outcome else { return [] }
    return products.map(\.codeHash)
  }

  @Test("a command that honours the seed gives a layout a seed; only the first is built twice")
  func honoured() throws {
    var random = SeededRandom(seed: 5)
    for _ in 0..<20 {
      let first = Int.random(in: 1...50, using: &random)
      let seeds = first..<first + Int.random(in: 2...20, using: &random)
      let factory = Factory { seed, _ in "layout \(seed)" }
      #expect(hashes(try factory.make(seeds: seeds)) == seeds.map { "layout \($0)" })
      #expect(factory.builds == [first] + Array(seeds))
      // A second comparison builds nothing.
      #expect(hashes(try factory.make(seeds: seeds)).count == seeds.count)
      #expect(factory.builds.count == seeds.count + 1)
    }
  }

  @Test("a command that ignores the seed is found out by its first build, once")
  func ignored() throws {
    let factory = Factory { _, _ in "plain" }
    #expect(try factory.make(seeds: 1..<16) == .one(.ignoresSeed))
    #expect(factory.builds == [1])
    #expect(try factory.make(seeds: 1..<16) == .one(.ignoresSeed))
    #expect(factory.builds == [1])
  }

  @Test("a command that makes other bytes each time proves nothing, and nothing is kept")
  func notReproducible() throws {
    let factory = Factory { _, number in "build \(number)" }
    #expect(try factory.make(seeds: 1..<16) == .one(.notReproducible))
    #expect(factory.builds == [1, 1])
    #expect(try factory.make(seeds: 1..<16) == .one(.notReproducible))
    #expect(factory.builds == [1, 1, 1, 1])
  }

  @Test("one that only knows whether there is a seed has one layout")
  func sameForAll() throws {
    #expect(try Factory { _, _ in "linked by lld" }.make(seeds: 1..<5) == .one(.ignoresSeed))
  }

  @Test("a script has no layout of its own")
  func script() throws {
    let factory = Factory { seed, _ in "\(seed)" }
    #expect(try factory.make(seeds: 1..<5, plain: nil) == .one(.script))
    #expect(factory.builds.isEmpty)
  }

  @Test("what is said names the command, and what would help")
  func sentences() {
    let ignored = OneLayoutReason.ignoresSeed.sentence(of: "bench", builtBy: ["make", "all"])
    #expect(ignored.hasPrefix("bench has one layout a side: `make all` makes the same bytes"))
    #expect(ignored.contains("--shuffle-sections=.text*=$$BENCHDB_LAYOUT"))
    #expect(OneLayoutReason.interpreted.isUnconcerned && OneLayoutReason.sameCode.isUnconcerned)
    #expect(!OneLayoutReason.script.isUnconcerned && !OneLayoutReason.notBuilt.isUnconcerned)
  }
}
