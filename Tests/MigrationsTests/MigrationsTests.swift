import Foundation
import Migrations
import Testing

private let package = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let folder = package.appending(path: "migrations/sql", directoryHint: .isDirectory)

@Suite("Migrations")
struct MigrationsTests {
  @Test("The folder holds exactly the files of the list, and the list what is in the files")
  func theListIsTheFolder() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files == Migration.all.map(\.fileName))
    for migration in Migration.all {
      let file = folder.appending(path: migration.fileName, directoryHint: .notDirectory)
      #expect(try String(contentsOf: file, encoding: .utf8) == migration.sql)
    }
  }

  @Test("Numbers count from 1 without holes, and names are a verb and a noun")
  func numbersHaveNoHoles() {
    #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    for migration in Migration.all {
      #expect(migration.name.wholeMatch(of: /[a-z]+(_[a-z]+)+/) != nil)
    }
  }
}
