import Foundation
import Testing

/// Migrations are history: once released, a file never changes. After adding one, add its line to
/// the list:
///
///     (cd migrations/sql && sha256sum *.sql) > Tests/RepositoryTests/migrations.sha256
///
/// The list's diff must then be one new line at the end and nothing else.
@Suite("The migration files")
struct MigrationFilesTests {
  private let folder = "migrations/sql"

  @Test("their names are NNNN_verb_noun.sql, numbered from 0001 without a hole")
  func areNumbered() throws {
    for (index, name) in try names().enumerated() {
      #expect(
        name.wholeMatch(of: /\d{4}(?:_[a-z0-9]+){2,}\.sql/) != nil, "\(name): NNNN_verb_noun.sql")
      #expect(
        Int(name.prefix(4)) == index + 1, "\(name): the next number is \(index + 1)")
    }
  }

  @Test("each has the SHA-256 it was committed with")
  func areUnchanged() throws {
    let listed = try Repository.text("Tests/RepositoryTests/migrations.sha256")
      .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(try names() == listed.map { $0[1] }, "the list names every migration, in order")
    for line in listed {
      let sum = try Command.succeed(
        ["sha256sum", "\(folder)/\(line[1])"], in: Repository.root)
      #expect(
        sum.prefix { $0 != " " } == line[0],
        "\(line[1]) was changed; undo that and write a new migration instead")
    }
  }

  /// In the order of their numbers.
  private func names() throws -> [String] {
    try Repository.files().filter { $0.hasPrefix(folder + "/") }
      .map { String($0.dropFirst(folder.count + 1)) }.sorted()
  }
}
