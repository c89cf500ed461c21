import ArgumentParser
import BenchModel
import BenchOutput
import BenchWorkflows
import Foundation
import TextCoding

/// The whole program: words in, answers and an exit status out.
package enum CommandLineTool {
  /// Runs the command that the program was started with, and exits.
  package static func main() -> Never {
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  /// Runs one command.
  /// - Parameter arguments: without the program's own name.
  /// - Returns: the status to exit with; the reason for one other than 0 is the last line on
  ///   standard error.
  private static func run(_ arguments: [String]) -> ExitStatus {
    do {
      if arguments == ["--generate-manual"] {
        try printManual()
        return .success
      }
      if let unknown = unknownCommand(in: arguments) { throw unknown }
      var command = try BenchdbCommand.parseAsRoot(arguments)
      try command.run()
      return .success
    } catch {
      return report(error)
    }
  }

  /// Prints the manual page, which `make install` installs.
  private static func printManual() throws {
    do {
      _ = try BenchdbCommand.parseAsRoot(["--experimental-dump-help"])
    } catch {
      let page = try ManualPage(helpDump: BenchdbCommand.fullMessage(for: error))
      Console.write(page.text, to: STDOUT_FILENO)
    }
  }

  private static func report(_ error: any Error) -> ExitStatus {
    if let failure = CommandFailure(error) {
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

  private static func say(_ reason: String) {
    // What was typed, and what SQLite, git and builds say, is part of many reasons.
    Console.write("benchdb: \(Printable.lines(reason))", to: STDERR_FILENO)
  }

  /// The parser calls an unknown command an unexpected argument; this says what was probably meant.
  private static func unknownCommand(in arguments: [String]) -> CommandFailure? {
    var words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    var command = BenchdbCommand.configuration
    while !command.subcommands.isEmpty {
      guard let word = words.popFirst(), !word.hasPrefix("-"), word != "help" else { return nil }
      let known = command.subcommands.map { $0.configuration }
      guard let next = known.first(where: { $0.commandName == word }) else {
        return unknown(word, of: command)
      }
      command = next
    }
    return nil
  }

  private static func unknown(
    _ word: String, of command: CommandConfiguration
  ) -> CommandFailure {
    let known = command.subcommands.compactMap { $0.configuration.commandName }
    let meant = Suggestion.closest(to: word, in: known)
    let isRoot = command.commandName == BenchdbCommand.configuration.commandName
    let name = isRoot ? "benchdb" : "benchdb \(command.commandName ?? "")"
    return CommandFailure(
      "there is no command '\(Printable.text(word))'" + (isRoot ? ". " : " of `\(name)`. ")
        + (meant.map { "Did you mean '\($0)'?" } ?? "`\(name) --help` lists what there is."))
  }
}
