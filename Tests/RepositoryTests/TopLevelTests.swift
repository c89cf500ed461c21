import Testing

@Suite("The top level")
struct TopLevelTests {
  @Test("it holds what a visitor expects, dot-files, and nothing else")
  func holdsOnlyTheList() throws {
    let allowed: Set<Substring> = [
      "Package.swift", "Sources", "Tests", "migrations", "reports", "README.md", "LICENSE",
      "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "benchdb.toml",
    ]
    let names = Set(try Repository.files().compactMap { $0.split(separator: "/").first })
    #expect(names.isSuperset(of: ["Package.swift", "Sources", "Tests", "README.md"]))
    #expect(names.filter { !$0.hasPrefix(".") }.subtracting(allowed).sorted() == [])
  }

  @Test("no build product and no resolved dependency list is tracked")
  func tracksNoProducts() throws {
    let products = try Repository.files().filter { file in
      file.split(separator: "/").contains {
        $0 == "Package.resolved" || $0.hasPrefix(".build") || $0 == ".benchdb"
      }
    }
    #expect(products == [])
  }
}
