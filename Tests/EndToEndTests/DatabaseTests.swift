import Foundation
import Testing

/// Files that are not the results database they should be: each a clear error of its own, and never
/// overwritten.
@Suite struct DatabaseTests {
  /// What reads, what compares and what writes, on the database at `path`.
  private static func commands(_ path: String) -> [[String]] {
    [
      ["list", "--db", path], ["compare", "HEAD", "--db", path],
      ["record", "--db", path] + Project.small,
    ]
  }

  @Test("cut off at any page, it is refused as truncated and left as it is")
  func truncated() throws {
    try withProject { project in
      try project.record()
      let whole = try Data(contentsOf: project.database)
      let cut = project.root.appending(path: ".benchdb/cut.sqlite")
      let pages = whole.count / 4096
      try #require(pages > 20 && whole.count % 4096 == 0)
      for page in 1..<pages {
        let bytes = whole.prefix(page * 4096)
        // Every command at every page takes long; each page is tried by one of them, and every
        // command by a third of the pages.
        let commands = Self.commands(cut.path)
        for arguments in FullTests.isOn ? commands : [commands[page % commands.count]] {
          try bytes.write(to: cut)
          let answer = try project.benchdb(arguments)
          #expect(answer.status == 2, "page \(page), \(arguments): \(answer)")
          #expect(
            answer.reason.contains(
              "cut.sqlite is truncated: it has \(bytes.count) bytes of \(whole.count)"),
            "page \(page), \(arguments): \(answer)")
          #expect(answer.output.isEmpty)
          #expect(try Data(contentsOf: cut) == bytes, "page \(page), \(arguments)")
        }
      }
    }
  }

  @Test("an empty file is what a kill at the very start leaves: a recorder uses it")
  func empty() throws {
    try withProject { project in
      try project.write("", to: "empty.sqlite")
      let list = try project.benchdb("list", "--db", "empty.sqlite")
      #expect(list.status == 2)
      #expect(list.reason.contains("empty.sqlite is empty; run 'benchdb record'"))
      try project.record("--db", "empty.sqlite")
      #expect(try project.benchdb("list", "--db", "empty.sqlite").status == 0)
    }
  }

  @Test("a newer schema is refused with both versions")
  func newerSchema() throws {
    try withProject { project in
      try project.record()
      var bytes = try Data(contentsOf: project.database)
      // The schema's version is the four bytes from 60 (SQLite file format, section 1.3).
      bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
      let newer = project.root.appending(path: "newer.sqlite")
      try bytes.write(to: newer)
      for arguments in Self.commands(newer.path) {
        let answer = try project.benchdb(arguments)
        #expect(answer.status == 2)
        #expect(
          answer.reason.contains(/has schema version 99, this benchdb knows versions up to \d+/),
          "\(answer)")
        #expect(try Data(contentsOf: newer) == bytes)
      }
    }
  }

  @Test("a text file, a directory and another program's database are named as what they are")
  func others() throws {
    try withProject { project in
      let text = String(repeating: "Dear diary, today nothing was measured.\n", count: 200)
      try project.write(text, to: "diary.sqlite")
      let folder = project.root.appending(path: "folder.sqlite")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      try project.record()
      var foreign = try Data(contentsOf: project.database)
      // The application's identifier is the four bytes from 68.
      foreign.replaceSubrange(68..<72, with: [0, 0, 0, 42])
      try foreign.write(to: project.root.appending(path: "foreign.sqlite"))

      let expected = [
        "diary.sqlite": "diary.sqlite is not a SQLite database; nothing was changed",
        "folder.sqlite": "folder.sqlite is not a file",
        "foreign.sqlite": "of another program (application id 42); nothing was changed",
      ]
      for (name, reason) in expected {
        for arguments in Self.commands(name) {
          let answer = try project.benchdb(arguments)
          #expect(answer.status == 2)
          #expect(answer.reason.contains(reason), "\(arguments): \(answer)")
        }
      }
      #expect(try project.text(of: "diary.sqlite") == text)
      #expect(try Data(contentsOf: project.root.appending(path: "foreign.sqlite")) == foreign)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }
}
