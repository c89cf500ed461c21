extension StoreError: CustomStringConvertible {
  /// What happened, in which file, and what to do next.
  package var description: String { openingText ?? storageText ?? contentText }

  /// The text for a file that a command reads besides its own database, without what to do next;
  /// `nil` where `description` serves.
  package var ofInput: String? {
    switch self {
    case .missing(let path): "there is no file \(path)"
    case .notAFile(let path): "\(path) is not a file"
    case .empty(let path): "\(path) is empty, and no results database"
    case .notSQLite(let path):
      "\(path) is not a results database, but something else; 'benchdb import' reads JSON Lines"
    case .foreignDatabase(let path, let identifier):
      "\(path) is a SQLite database of another program (application id \(identifier))"
    case .foreignSchema(let path, let detail):
      "\(path) has something in it that benchdb did not make: \(detail)"
    default: nil
    }
  }

  private var openingText: String? {
    switch self {
    case .missing(let path):
      "there is no results database at \(path); run 'benchdb record' first, or name one with --db"
    case .notAFile(let path):
      "\(path) is not a file; name a results database with --db"
    case .empty(let path):
      "\(path) is empty; run 'benchdb record' to make it a results database"
    case .notSQLite(let path):
      "\(path) is not a SQLite database; nothing was changed; name another file with --db"
    case .foreignDatabase(let path, let identifier):
      "\(path) is a SQLite database of another program (application id \(identifier)); "
        + "nothing was changed; name another file with --db"
    case .foreignSchema(let path, let detail):
      "\(path) has something in it that benchdb did not make: \(detail); "
        + "remove it or name another file with --db"
    case .newerSchema(let path, let found, let supported):
      "\(path) has schema version \(found), this benchdb knows versions up to \(supported); "
        + "install a newer benchdb"
    case .olderSchema(let path, let found, let needed):
      "\(path) has schema version \(found) and reading it needs version \(needed); "
        + "'benchdb record' brings it up to date and keeps a copy"
    case .changedMigration(let path, let number, let detail):
      "\(path) was made by another migration \(number) than the one in this benchdb: \(detail); "
        + "use the benchdb that made it"
    case .migrationFailed(let path, let number, let detail):
      "migration \(number) of \(path) failed: \(detail); the database is as it was before"
    default: nil
    }
  }

  private var storageText: String? {
    switch self {
    case .truncated(let path, let bytes, let expected):
      "\(path) is truncated: it has \(bytes) bytes of \(expected); nothing was changed; "
        + "restore a copy, or save what is left with 'sqlite3 \(path) .recover'"
    case .corrupt(let path, let detail):
      "\(path) is damaged: \(detail); nothing was changed; "
        + "restore a copy, or save what is left with 'sqlite3 \(path) .recover'"
    case .readOnly(let path):
      "\(path) is read-only; make the file and its folder writable, or name another with --db"
    case .noPermission(let path):
      "no permission to open \(path); check the owner and mode of the file and its folder"
    case .cannotOpen(let path, let detail):
      "\(path) cannot be opened: \(detail); check that its folder exists and is writable"
    case .busy(let path, let seconds):
      "\(path) has been locked by another process for \(Int(seconds.rounded())) s; "
        + "wait for it to end and try again"
    case .changing(let path):
      "\(path) is being written by another process; nothing was merged; "
        + "try again when they are done"
    case .diskFull(let path):
      "the disk is full: \(path) cannot grow; free some space and try again; "
        + "what was stored before is safe"
    case .inputOutput(let path, let detail):
      "reading or writing \(path) failed: \(detail); check the disk and its free space"
    default: nil
    }
  }

  private var contentText: String {
    switch self {
    case .invalidValue(let path, let table, let row, let detail):
      "\(path) holds a value that benchdb cannot read, in table \(table), row \(row): \(detail)"
    case .unstorable(let what, let detail):
      "\(what) cannot be stored: \(detail)"
    case .conflict(let path, let detail):
      "\(path) does not take this: \(detail)"
    case .noSuchRun(let prefix):
      "there is no run '\(prefix)'; 'benchdb list' shows those there are"
    case .ambiguousRun(let prefix, let matches):
      "'\(prefix)' names \(matches.count) runs (\(matches.joined(separator: ", "))); "
        + "give more digits"
    case .runNotInterrupted(let run, let status):
      "run \(run) is \(status); only an interrupted run can be resumed"
    case .noSuchBaseline(let name, let known):
      known.isEmpty
        ? "there is no baseline '\(name)', nor any other; 'benchdb baseline set NAME' makes one"
        : "there is no baseline '\(name)'; there are \(known.joined(separator: ", "))"
    case .refusedStatement(let detail):
      "only one statement that reads is allowed: \(detail)"
    case .invalidStatement(let detail):
      "the statement is wrong: \(detail)"
    case .interrupted: "interrupted"
    case .database(let path, let detail):
      "SQLite refused to work on \(path): \(detail)"
    default: "an unknown error of the results database"
    }
  }
}
