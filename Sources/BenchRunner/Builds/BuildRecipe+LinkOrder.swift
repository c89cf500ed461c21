/// Builds the same code with its functions in another order.
///
/// SwiftPM compiles once more, each function into a section of its own, and only links from then
/// on: LLD shuffles the sections by a seed, so that the same code, seed and toolchain give the same
/// bytes. The build folder is a separate one, because every flag is part of what SwiftPM has built,
/// and the user's products would be built anew each time.
extension BuildRecipe {
  /// The recipe whose product has the link order of `seed`; `nil` where the command is not `swift
  /// build` with its product in its own build folder, and where the linker can't do it.
  package func relinked(seed: Int, scratch: String) -> BuildRecipe? {
    #if os(Linux)
      guard command.count > 1, command[0].split(separator: "/").last == "swift",
        command[1] == "build"
      else { return nil }
      let (words, folder) = Self.splitScratch(command)
      guard executable.hasPrefix(folder + "/") else { return nil }
      return BuildRecipe(
        command: words + ["--scratch-path", scratch] + Self.linkFlags(seed),
        executable: scratch + executable.dropFirst(folder.count),
        toolchainCommand: toolchainCommand, reads: reads, environment: environment)
    #else
      return nil
    #endif
  }

  private static func linkFlags(_ seed: Int) -> [String] {
    ["-Xfrontend", "-function-sections", "-use-ld=lld"].flatMap { ["-Xswiftc", $0] }
      + ["-Xlinker", "--shuffle-sections=.text*=\(seed)"]
  }

  /// The command without its build folder, and that folder.
  private static func splitScratch(_ command: [String]) -> (words: [String], folder: String) {
    var words = command
    var folder = ".build"
    for option in ["--scratch-path", "--build-path"] {
      if let position = words.firstIndex(of: option), position + 1 < words.count {
        folder = words[position + 1]
        words.removeSubrange(position...(position + 1))
      } else if let position = words.firstIndex(where: { $0.hasPrefix(option + "=") }) {
        folder = String(words.remove(at: position).dropFirst(option.count + 1))
      }
    }
    return (words, folder.hasPrefix("./") ? String(folder.dropFirst(2)) : folder)
  }
}
