import Foundation
import Testing

/// Colour where it is wanted, and nothing that a stranger wrote obeyed by the terminal.
@Suite struct TerminalTests {
  @Test("colour is for terminals, or whoever asks for it; NO_COLOR and --color never refuse it")
  func colour() throws {
    try withProject { project in
      try project.record()
      func isColoured(_ arguments: String..., environment: [String: String] = [:]) throws -> Bool {
        let answer = try project.benchdb(["list"] + arguments, environment: environment)
        #expect(answer.status == 0, "\(answer)")
        return answer.output.contains("\u{1B}[")
      }
      #expect(try !isColoured())
      #expect(try isColoured("--color", "always"))
      #expect(try isColoured(environment: ["BENCHDB_COLOR": "always"]))
      #expect(try isColoured(environment: ["CLICOLOR_FORCE": "1"]))
      #expect(try !isColoured(environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
      #expect(try isColoured("--color", "always", environment: ["NO_COLOR": "1"]))
      #expect(try !isColoured("--color", "never", environment: ["CLICOLOR_FORCE": "1"]))
    }
  }

  @Test("an answer is no wider than COLUMNS says, or 120 columns where nobody looks")
  func width() throws {
    try withProject { project in
      try project.record()
      try project.commit(String(repeating: "A long subject ", count: 20))
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit(String(repeating: "Group with care ", count: 20))
      try project.record()
      for command in [["compare", "HEAD~1"], ["list"], ["show"], ["trend"], ["changes"]] {
        for columns in [60, 80, 120] {
          let answer = try project.benchdb(
            command, environment: columns == 120 ? [:] : ["COLUMNS": "\(columns)"])
          for line in answer.output.split(separator: "\n") {
            #expect(line.count <= columns, "\(command) at \(columns): \(line)")
          }
        }
      }
    }
  }

  @Test("no example in any command's help is broken at 80 columns, and the manual has them all")
  func help() throws {
    let commands = [
      [], ["record"], ["compare"], ["check"], ["bisect"], ["backfill"], ["calibrate"], ["accept"],
      ["list"], ["show"], ["trend"], ["changes"], ["import"], ["export"], ["merge"], ["init"],
      ["machine"], ["sql"], ["doctor"],
    ]
    try withProject { project in
      let manual = try project.benchdb("--generate-manual")
      #expect(manual.status == 0 && manual.output.hasPrefix(".TH BENCHDB 1"), "\(manual)")
      for command in commands {
        let help = try project.benchdb(["help"] + command)
        let examples = help.output.components(separatedBy: "\n\n").first {
          $0.hasPrefix("Examples:")
        }
        for line in (examples ?? "").split(separator: "\n").dropFirst() {
          #expect(line.hasPrefix("  "), "\(command): \(line)")
          #expect(manual.output.contains(line.replacing("-", with: "\\-")), "\(line)")
        }
        if let name = command.first {
          #expect(manual.output.contains(".SS \(name)\n"), "\(name)")
        }
      }
      #expect(manual.output.contains("\\fB\\-\\-floor\\fR \\fIpercentage\\fR"))
      #expect(manual.output.contains(".SS baseline set\n"))
    }
  }

  @Test("control characters of subjects, messages and arguments never reach the terminal")
  func hostile() throws {
    try withProject { project in
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing(
          "death before", with: "printf '\\033[2Jstack trace\\n' >&2; death before"),
        to: "worker.sh")
      try project.commit("Hostile \(Self.bell) subject")
      let log = project.root.appending(path: ".benchdb/workers.log").path
      let failed = try project.benchdb(
        ["record"] + Project.small, environment: ["DEMO_LOG": log, "DEMO_DEATH": "before-2"])
      #expect(failed.status == 3)
      #expect(failed.output.contains("\\e[2Jstack trace"), "\(failed)")
      #expect(Self.unsafe(in: failed) == nil)
      try project.record()
      #expect(
        try project.benchdb("baseline", "set", "hostile", "--note", Self.bell).status == 0)
      let list = try project.benchdb("list")
      #expect(list.output.contains("Hostile \\e]0;owned\\u{7}"), "\(list)")

      let commands = [
        ["list"], ["show"], ["show", "throughput/grouped"], ["compare", "HEAD", "--all"],
        ["baseline", "list"], ["baseline", "show", "hostile"],
        ["sql", "SELECT subject FROM git_commit"], ["sql", "SELECT * FROM failure"],
      ]
      for arguments in commands + Self.mistakes {
        let answer = try project.benchdb(arguments)
        #expect(
          Self.unsafe(in: answer) == nil, "\(arguments): \(answer.description.debugDescription)")
      }
    }
  }

  @Test("a benchmark's name with an escape sequence is refused, shown harmless")
  func hostileName() throws {
    try withProject { project in
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing("in grouped simple;", with: "in 'si\\u001b[2Jmple';"), to: "worker.sh")
      let answer = try project.benchdb(["record"] + Project.small)
      #expect(answer.status == 3, "\(answer)")
      #expect(answer.reason.contains("'throughput/si\\e[2Jmple' is not a name"), "\(answer)")
      #expect(Self.unsafe(in: answer) == nil)
    }
  }

  /// Sets a terminal's title, clears it, colours it by a C1 sequence and turns the writing
  /// direction.
  private static let bell = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{202E}"

  private static let mistakes = [
    ["compare", "no\(bell)"], ["run\(bell)"], ["show", "no\(bell)"],
    ["record", "--profile", "no\(bell)"], ["record", "--suite", "no\(bell)"],
    ["record", "--filter", "(\(bell)"], ["compare", "--floor", bell], ["list", "--\(bell)"],
    ["compare", "run:\(bell)"], ["baseline", "remove", bell], ["baseline", "set", bell],
    ["list", "--db", "no\(bell).sqlite"], ["sql", "SELECT \(bell)"],
  ]

  private static func unsafe(in answer: Answer) -> Unicode.Scalar? {
    (answer.output + answer.errors).unicodeScalars.first {
      $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202E}")
    }
  }
}
