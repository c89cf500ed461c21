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

  @Test("A released migration is never edited: its checksum is the committed one")
  func releasedMigrationsAreHistory() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "checksums.txt", directoryHint: .notDirectory)
    let released = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(released.map(String.init) == Migration.all.map { "\($0.checksum)  \($0.fileName)" })
  }
}

@Suite("SHA-256")
struct SHA256Tests {
  /// FIPS 180-4's examples, and lengths around the end of a block computed with coreutils' sha256sum.
  @Test(
    "The digest is that of the standard",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 55),
        "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
      ),
      (
        String(repeating: "a", count: 56),
        "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"
      ),
      (
        String(repeating: "a", count: 63),
        "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"
      ),
      (
        String(repeating: "a", count: 64),
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
      ),
      (
        String(repeating: "a", count: 65),
        "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"
      ),
      (
        String(repeating: "a", count: 1000),
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
      ),
    ])
  func digest(text: String, expected: String) {
    #expect(SHA256.hexadecimal(of: text.utf8) == expected)
  }
}
