import Foundation

extension RunnerError: CustomStringConvertible {
  /// What happened, where, and what to do next.
  package var description: String {
    startingText ?? planningText ?? gitText ?? buildingText ?? ""
  }

  private var startingText: String? {
    switch self {
    case .emptyCommand:
      "The command is empty. Give the program as the first element of the array."
    case .argumentContainsNUL(let argument):
      "An argument contains a NUL character: \(quoted(argument))."
    case .directoryNotFound(let path): "There is no directory \(path)."
    case .executableNotFound(let path):
      path.contains("/")
        ? "There is no executable \(path). Build it first, or correct the path."
        : "There is no program \(path) in PATH. Install it, or give its path."
    case .interpreterNotFound(let path):
      "\(path) exists, but the interpreter named in its first line does not."
    case .notExecutable(let path):
      "\(path) can't be executed. Check its permissions and that it is a program for this machine."
    case .spawnFailed(let path, let reason): "Can't start \(path): \(reason)."
    case .inputTooLong(let bytes):
      "\(bytes) bytes of standard input do not fit into a pipe; shorten the parameters."
    case .system(let action, let code): "Can't \(action): \(String(cString: strerror(code)))."
    case .interrupted: "Interrupted."
    case .valgrindMissing:
      "This machine counts no instructions itself, and valgrind, under which they can be counted, "
        + "is not installed. Install it (`apt-get install valgrind`, `dnf install valgrind`), or "
        + "leave out --counter instructions."
    default: nil
    }
  }

  private var planningText: String? {
    switch self {
    case .listFailed(let executable, let reason, let standardError):
      "\(executable) did not list its benchmarks: \(reason)." + indented(standardError)
    case .duplicateBenchmark(let key):
      "The benchmark \(key) is declared twice. Give one of them another name or parameter."
    case .unknownSuite(let name, let suggestions):
      "There is no suite \(quoted(name)).\(didYouMean(suggestions))"
    case .invalidFilter(let filter, let reason):
      "The filter \(quoted(filter)) is not a regular expression: \(reason)."
    case .nothingSelected(let exclusions): exclusions.description
    case .unknownBenchmark(let key): "No executable of this run declares \(key)."
    default: nil
    }
  }

  private var gitText: String? {
    switch self {
    case .gitNotInstalled: "git is not installed, or not in PATH. Install it and try again."
    case .notARepository(let path):
      "\(path) is not in a git repository. Results are kept by commit: run `git init` and commit, "
        + "or go to a repository."
    case .bareRepository(let path):
      "\(path) is a bare repository, which has no files to build. Use a clone with a work tree."
    case .unusableRoot(let path):
      "The path of the repository contains a line break: \(quoted(path, limit: 1_000)). Give its "
        + "folder another name."
    case .noCommits(let path):
      "The repository \(path) has no commits yet. Results are kept by commit: commit something."
    case .dubiousOwnership(let path, let advice):
      "git refuses \(path), because it belongs to another user. If you trust it: \(advice)"
    case .invalidRevision(let revision, let reason):
      "\(quoted(revision)) is not a revision: \(reason)."
    case .unknownRevision(let revision, let suggestions, let isShallow):
      "There is no commit \(quoted(revision)).\(didYouMean(suggestions))"
        + (isShallow
          ? " This is a shallow clone; `git fetch --unshallow` gets the rest of history." : "")
    case .gitFailed(let arguments, let status, let output):
      "`git \(arguments.joined(separator: " "))` \(status)." + indented(output)
    default: nil
    }
  }

  private var buildingText: String? {
    switch self {
    case .buildFailed(let command, let status, let lastLines, let log):
      "The build `\(command.joined(separator: " "))` \(status). Its whole log: \(log)"
        + indented(lastLines)
    case .productMissing(let path, let command):
      (command.isEmpty
        ? "There is no \(path), and no command to build it."
        : "The build `\(command.joined(separator: " "))` succeeded, but there is no \(path).")
        + " Correct `path` or `build` of its [[executable]] in benchdb.toml."
    case .executableChanged(let path):
      "\(path) was changed while it was measured. What is finished is stored; record it anew."
    case .unreadable(let path, let reason): "Can't read \(path): \(reason)."
    case .unwritable(let path, let reason): "Can't write \(path): \(reason)."
    default: nil
    }
  }

  private func didYouMean(_ suggestions: [String]) -> String {
    let names = suggestions.map { quoted($0).dropFirst().dropLast() }
    return names.isEmpty ? "" : " Did you mean \(names.joined(separator: " or "))?"
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "\n  \($0)" }.joined()
  }
}

/// Text of unknown origin in quotation marks: control characters are escaped, and the text is
/// shortened to `limit` characters.
func quoted(_ text: String, limit: Int = 120) -> String {
  var result = ""
  for scalar in text.unicodeScalars.prefix(limit) {
    switch scalar {
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case _ where scalar.properties.generalCategory == .control || scalar.value == 0xFFFD:
      result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return "'\(result)\(text.unicodeScalars.count > limit ? "…" : "")'"
}
