import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// Disks that are full, and databases that may not be written.
@Suite struct DiskTests {
  @Test(
    "a full disk ends a recording with its reason; with room again it is resumed",
    .enabled(if: FileSystem.canMount, "mounting a small disk takes root"))
  func full() throws {
    try withProject { project in
      let disk = project.root.appending(path: ".benchdb/disk")
      try FileSystem.withSmallDisk(at: disk, kibibytes: 8192) {
        let database = disk.appending(path: "results.sqlite").path
        // Room for the schema, and for some of the processes.
        let ballast = disk.appending(path: "ballast")
        try Data(count: 7600 << 10).write(to: ballast)
        let refused = try project.benchdb(
          "record", "--db", database, "--profile", "smoke", "--processes", "40")
        #expect(refused.status == 2, "\(refused)")
        #expect(refused.reason.contains("the disk is full"), "\(refused)")
        #expect(refused.reason.contains("what was stored before is safe"))

        try FileManager.default.removeItem(at: ballast)
        let stored = try project.rows("SELECT count(*) FROM process", in: database)
        #expect((1..<84).contains(Int(stored[0]) ?? 0), "\(stored)")
        #expect(
          try project.rows(StoredQuery.integrity, in: database)
            == ["ok"])
        let resumed = try project.benchdb("record", "--resume", "--db", database)
        #expect(resumed.status == 0, "\(resumed)")
        #expect(try project.rows(StoredQuery.orders, in: database) == ["84,84,0,83"])
      }
    }
  }

  @Test(
    "a read-only database may be read, and recording into it is refused before anything is built",
    .enabled(if: FileSystem.obeyingModes != nil, "modes do not bind root, and setpriv is missing"),
    arguments: [0o555, 0o755])
  func readOnly(folderMode: Int) throws {
    try withProject { project in
      try project.record()
      let folder = project.root.appending(path: "kept")
      let database = folder.appending(path: "results.sqlite")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      try FileManager.default.copyItem(at: project.database, to: database)
      let bytes = try Data(contentsOf: database)
      try setMode(0o444, of: database)
      try setMode(folderMode, of: folder)
      defer { try? setMode(0o755, of: folder) }

      for arguments in [["list"], ["compare", "HEAD"], ["show"], ["doctor", "--seconds", "0.1"]] {
        let answer = try bound(project, arguments + ["--db", database.path])
        // With a write-ahead log, SQLite reads only where it may write a file beside the database.
        if folderMode == 0o755 {
          #expect(answer.status == 0, "\(arguments): \(answer)")
        } else {
          #expect(answer.status == 2, "\(arguments): \(answer)")
          #expect(answer.reason.contains("make the file and its folder writable"))
        }
      }
      let record = try bound(project, ["record", "--db", database.path] + Project.small)
      #expect(record.status == 2, "\(record)")
      #expect(record.reason.contains("results.sqlite is read-only"), "\(record)")
      #expect(!record.errors.contains("Building"))
      #expect(try Data(contentsOf: database) == bytes)
    }
  }

  @Test(
    "a folder that may not be written can't hold a new database, and is named",
    .enabled(if: FileSystem.obeyingModes != nil, "modes do not bind root, and setpriv is missing"))
  func readOnlyFolder() throws {
    try withProject { project in
      let folder = project.root.appending(path: "kept")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      try setMode(0o555, of: folder)
      defer { try? setMode(0o755, of: folder) }
      let database = folder.appending(path: "results.sqlite").path
      let answer = try bound(project, ["record", "--db", database] + Project.small)
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains(database), "\(answer)")
      #expect(answer.reason.contains("check the owner and mode of the file and its folder"))
    }
  }

  private func setMode(_ mode: Int, of item: URL) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: item.path)
  }

  private func bound(_ project: Project, _ arguments: [String]) throws -> Answer {
    let words = (FileSystem.obeyingModes ?? []) + [Executable.benchdb.path] + arguments
    return try Answer(
      ChildProcess(
        words, environment: Project.environment, workingDirectory: project.root.path, timeout: 120
      ).capture())
  }
}
