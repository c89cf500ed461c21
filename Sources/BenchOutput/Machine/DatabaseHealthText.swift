package import BenchModel

/// The database part of `benchdb doctor` for a terminal: facts, then what to do about them.
package enum DatabaseHealthText {
  package static func text(
    _ health: DatabaseHealth, width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    var facts = FactText()
    facts.add("path", health.path)
    facts.add("size", Quantity(Double(health.sizeBytes), .bytes).description)
    facts.add("write-ahead log", Quantity(Double(health.walBytes), .bytes).description)
    facts.add("schema version", String(health.schemaVersion))
    facts.add(
      "pages",
      "\(Digits.grouped(health.pages)) of \(Quantity(Double(health.pageBytes), .bytes)), "
        + "\(Digits.grouped(health.freePages)) free")
    for table in health.tables {
      facts.add(table.table, English.count(table.rows, "row"))
    }
    facts.add("oldest run", health.oldestRun.map { Timestamp.minute($0) + " UTC" } ?? "none")
    facts.add("newest run", health.newestRun.map { Timestamp.minute($0) + " UTC" } ?? "none")
    facts.add("integrity", health.integrity, health.isIntact ? .good : .bad)
    let advice = DatabaseAdvice.of(health).flatMap { Elision.wrap($0, width: width) }
    let lines =
      [style.text("database", .heading)] + facts.lines(width: width, style: style) + [""]
      + (advice.isEmpty ? [style.text("Nothing to do.", .good)] : advice)
    return lines.joined(separator: "\n") + "\n"
  }
}

/// What to do about a database's health.
package enum DatabaseAdvice {
  /// A log of more than this is not being written back; SQLite does that at about 4 MiB by itself.
  static let largestLog = 64 << 20
  /// A file of which more than a quarter is empty is worth rewriting, from 10 MiB on.
  static let wastefulShare = 0.25
  static let smallestWaste = 10 << 20

  /// One sentence each, the gravest first; empty where nothing need be done.
  package static func of(_ health: DatabaseHealth) -> [String] {
    var advice = [String]()
    if !health.isIntact {
      advice.append(
        "The database is damaged: copy the file aside before anything else, then rescue what can be read with "
          + "'sqlite3 FILE .recover'.")
    }
    if health.walBytes > largestLog {
      advice.append(
        "The write-ahead log is large: another process holds the database open; it shrinks when that ends."
      )
    }
    let empty = health.freePages * health.pageBytes
    if health.pages > 0, empty > smallestWaste,
      Double(health.freePages) / Double(health.pages) > wastefulShare
    {
      advice.append(
        "\(Quantity(Double(empty), .bytes)) of the file is empty: 'sqlite3 FILE vacuum' gives it back."
      )
    }
    if health.newestRun == nil { advice.append("It holds no run yet: benchdb record makes one.") }
    return advice
  }
}
