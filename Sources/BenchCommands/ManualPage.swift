import BenchWorkflows
import Foundation

/// `benchdb.1`, made from the commands' own help, so that neither says what the other does not. The
/// parser's plugin for manual pages builds every product again, and wraps and hyphenates examples.
struct ManualPage {
  private let root: Command

  /// - Throws: `DecodingError` where `dump` is not what `--experimental-dump-help` gives.
  init(helpDump dump: String) throws {
    root = try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command
  }

  /// The page in the language of roff (man(7)), newline at the end.
  var text: String {
    let heading = [
      ".TH BENCHDB 1 \"\" \"benchdb \(Version.current)\" \"User Commands\"",
      ".SH NAME", "benchdb \\- \(Roff.text(root.abstract))",
      ".SH SYNOPSIS", "\\fBbenchdb\\fR \\fIcommand\\fR [\\fIargument\\fR ...]", ".SH DESCRIPTION",
    ]
    let commands = (root.subcommands ?? []).filter { $0.commandName != "help" }
    let lines =
      heading + Roff.paragraphs(root.discussion) + [".SH COMMANDS"]
      + commands.flatMap { section($0, path: "") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ command: Command, path: String) -> [String] {
    let name = path.isEmpty ? command.commandName : "\(path) \(command.commandName)"
    return [".SS \(Roff.text(name))", Roff.line(command.abstract)]
      + Roff.paragraphs(command.discussion)
      + command.arguments.filter { !Self.everywhere.contains($0.title) }.flatMap(entry)
      + (command.subcommands ?? []).filter { $0.commandName != "help" }
      .flatMap { section($0, path: name) }
  }

  /// Flags that are said once, by the help of every command.
  private static let everywhere: Set<String> = ["--version", "--help"]

  private func entry(_ argument: Argument) -> [String] {
    let value = argument.kind == "flag" ? "" : " \\fI\(Roff.text(argument.valueName ?? ""))\\fR"
    let name =
      argument.kind == "positional"
      ? value.dropFirst() : "\\fB\(Roff.text(argument.title))\\fR\(value)"
    let texts = [argument.abstract, argument.discussion].compactMap(\.self)
    return [".TP", String(name), Roff.line(texts.joined(separator: " "))]
  }
}

// What matters here of the argument parser's description of the commands.

private struct Dump: Decodable {
  let command: Command
}

private struct Command: Decodable {
  let commandName: String
  let abstract: String
  let discussion: String?
  let arguments: [Argument]
  let subcommands: [Command]?

  private enum CodingKeys: CodingKey {
    case commandName, abstract, discussion, arguments, subcommands
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    commandName = try values.decode(String.self, forKey: .commandName)
    abstract = try values.decodeIfPresent(String.self, forKey: .abstract) ?? ""
    discussion = try values.decodeIfPresent(String.self, forKey: .discussion)
    arguments = try values.decodeIfPresent([Argument].self, forKey: .arguments) ?? []
    subcommands = try values.decodeIfPresent([Command].self, forKey: .subcommands)
  }
}

private struct Argument: Decodable {
  struct Name: Decodable {
    let name: String
  }

  let kind: String
  let preferredName: Name?
  let valueName: String?
  let abstract: String?
  let discussion: String?

  /// `--floor`; empty for what has no flag.
  var title: String { preferredName.map { "--\($0.name)" } ?? "" }
}

/// Text as roff takes it.
private enum Roff {
  static func text(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
  }

  /// A line of text, which must not begin as a request does.
  static func line(_ text: String) -> String {
    let escaped = Self.text(text)
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }

  /// Paragraphs between empty lines; lines that are indented, such as examples, stay as they are.
  static func paragraphs(_ text: String?) -> [String] {
    var lines: [String] = []
    var isFilled = true
    for line in (text ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  ") == isFilled {
        isFilled.toggle()
        lines.append(isFilled ? ".fi" : ".nf")
      }
      lines.append(line.isEmpty ? ".PP" : Self.line(String(line)))
    }
    return text == nil ? [] : [".PP"] + lines + (isFilled ? [] : [".fi"])
  }
}
