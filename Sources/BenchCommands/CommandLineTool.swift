import ArgumentParser
import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation
import TextCoding

/// The whole program: words in, answers and an exit status out.
package enum CommandLineTool {
  /// Runs the command that the program was started with, and exits.
  package static func main() -> Never {
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs one command.
  /// - Parameter arguments: without the program's own name.
  /// - Returns: the status to exit with; the reason for one other than 0 is the last line on
  ///   standard error.
  private static func run(_ arguments: [String]) -> Int32 {
    do {
      let arguments = withNegativeValues(withGlobalOptionsLast(arguments))
      if arguments == ["--generate-manual"] { return try printManual() }
      if let unknown = unknownCommand(in: arguments) { throw unknown }
      var command = try BenchdbCommand.parseAsRoot(arguments)
      try command.run()
      return ExitStatus.success.rawValue
    } catch {
      return report(error).rawValue
    }
  }

  /// For `make install`.
  private static func printManual() throws -> Int32 {
    do {
      _ = try BenchdbCommand.parseAsRoot(["--experimental-dump-help"])
    } catch {
      let page = try ManualPage(helpDump: BenchdbCommand.fullMessage(for: error))
      Console.write(page.text, to: STDOUT_FILENO)
    }
    return ExitStatus.success.rawValue
  }

  private static func report(_ error: any Error) -> ExitStatus {
    if let failure = failure(for: error) {
      say(failure.message)
      // The last line always says why; what a build printed may have come behind it.
      if failure.message.contains("\n") {
        say("exit \(failure.status.rawValue): \(failure.status.meaning)")
      }
      return failure.status
    }
    let text = Printable.lines(BenchdbCommand.fullMessage(for: error))
    if BenchdbCommand.exitCode(for: error) == .success {
      Console.write(text, to: STDOUT_FILENO)
      return .success
    }
    Console.write(text, to: STDERR_FILENO)
    say("the command line was not understood; `benchdb --help` lists what there is.")
    return .usage
  }

  /// Every error a target below can throw, in words and with its status.
  private static func failure(for error: any Error) -> CommandFailure? {
    switch error {
    case let failure as CommandFailure: failure
    case let error as RunnerError: CommandFailure("\(error)", status: error.exitStatus)
    case StoreError.interrupted: CommandFailure("interrupted.", status: .interrupted)
    case let error as StoreError: CommandFailure("\(error)")
    case let error as TargetError: CommandFailure("benchdb.toml: \(error)")
    default: nil
    }
  }

  private static func say(_ reason: String) {
    // What was typed, and what SQLite, git and builds say, is part of many reasons.
    Console.write("benchdb: \(Printable.lines(reason))", to: STDERR_FILENO)
  }

  /// `benchdb --db x list` means `benchdb list --db x`: options of all commands may stand before
  /// the command too.
  private static func withGlobalOptionsLast(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var moved: [String] = []
    while let option = rest.first, ["--db", "--color"].contains(option.prefix { $0 != "=" }) {
      let length = option.contains("=") ? 1 : 2
      moved += rest.prefix(length)
      rest = rest.dropFirst(length)
    }
    return rest + moved
  }

  /// `--last -3` gives a value that is wrong, and no flag `-3`: then the value is what is spoken
  /// of.
  private static func withNegativeValues(_ arguments: [String]) -> [String] {
    arguments.reduce(into: []) { result, word in
      let isNegative = word.hasPrefix("-") && word.dropFirst().first?.isNumber == true
      if isNegative, let flag = result.last, flag.hasPrefix("--"), flag.count > 2,
        !flag.contains("=")
      {
        result[result.count - 1] = "\(flag)=\(word)"
      } else {
        result.append(word)
      }
    }
  }

  private static func unknownCommand(in arguments: [String]) -> CommandFailure? {
    var words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    var command: any ParsableCommand.Type = BenchdbCommand.self
    while !command.configuration.subcommands.isEmpty {
      guard let word = words.popFirst(), !word.hasPrefix("-"), word != "help" else { return nil }
      let known = command.configuration.subcommands
      guard let next = known.first(where: { $0._commandName == word }) else {
        return unknown(word, of: command, known: known.map { $0._commandName })
      }
      command = next
    }
    return nil
  }

  private static func unknown(
    _ word: String, of command: any ParsableCommand.Type, known: [String]
  ) -> CommandFailure {
    let meant = Suggestion.closest(to: word, in: known)
    let name = command == BenchdbCommand.self ? "benchdb" : "benchdb \(command._commandName)"
    return CommandFailure(
      "there is no command '\(Printable.text(word))'"
        + (command == BenchdbCommand.self ? ". " : " of `\(name)`. ")
        + (meant.map { "Did you mean '\($0)'?" } ?? "`\(name) --help` lists what there is."))
  }
}

extension RunnerError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .interrupted: .interrupted
    case .buildFailed, .productMissing, .listFailed: .failure
    default: .usage
    }
  }
}
