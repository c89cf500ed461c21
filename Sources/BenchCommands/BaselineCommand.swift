import ArgumentParser
import BenchWorkflows

/// `benchdb baseline`: names for revisions to compare with.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Name a revision, so that later ones can be compared with it.",
    discussion: """
      Examples:
        benchdb baseline set release v1.2
        benchdb compare release
      """,
    subcommands: [Set.self, List.self, Show.self, Remove.self])

  @OptionGroup var options: GlobalOptions

  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Give a measured revision a name.",
      discussion: "Without REVISION, what is checked out. A name that is taken moves.")

    @OptionGroup var options: GlobalOptions
    @Argument(help: "A name that is no git revision.") var name: String
    @Argument(help: "The revision.") var revision: String?
    @Option(help: ArgumentHelp("Why, for people.", valueName: "text")) var note = ""

    func run() throws {
      let workspace = try Workspace(options)
      try BaselineBook(in: workspace).set(name, to: revision, note: note)
        .write(to: workspace.console)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List all baselines.")

    @OptionGroup var options: GlobalOptions
    @Option(help: ArgumentHelp("text or json.", valueName: "format"))
    var format: OutputFormat = .text

    func run() throws {
      let workspace = try Workspace(options)
      try BaselineBook(in: workspace).list().write(format, to: workspace.console)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one baseline.")

    @OptionGroup var options: GlobalOptions
    @Argument(help: "Its name.") var name: String

    func run() throws {
      let workspace = try Workspace(options)
      try BaselineBook(in: workspace).show(name).write(to: workspace.console)
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Forget a name; what was measured stays.")

    @OptionGroup var options: GlobalOptions
    @Argument(help: "Its name.") var name: String

    func run() throws {
      let workspace = try Workspace(options)
      try BaselineBook(in: workspace).remove(name).write(to: workspace.console)
    }
  }
}
