import ArgumentParser
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation
import TextCoding

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

  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a measured revision a name.",
      discussion: "Without REVISION, what is checked out. A name that is taken moves.")

    @OptionGroup var options: GlobalOptions
    @Argument(help: "A name that is no git revision.") var name: String
    @Argument(help: "The revision.") var revision: String?
    @Option(help: ArgumentHelp("Why, for people.", valueName: "text")) var note = ""

    func run() throws {
      let workspace = try Workspace(options)
      let repository = try workspace.repository()
      try checkName(name, in: repository)
      if let run = self.revision, run.hasPrefix("run:") {
        throw CommandFailure(
          "a baseline names a commit, and \(Printable.text(run)) may have measured several; name "
            + "the commit. `benchdb compare \(Printable.text(run))` takes the run itself.")
      }
      let revision =
        try self.revision.map { Revision(commit: try repository.resolve($0)) }
        ?? workspace.checkedOutRevision()
      let store = try workspace.openForWriting()
      let side = NamedSide(
        store: store, revision: revision,
        selection: .revision(
          commit: revision.commit.hash, differenceHash: revision.differenceHash),
        name: "", note: nil)
      guard try !side.allMachines().isEmpty else {
        throw CommandFailure(
          "\(revision.title) was never measured, so nothing could be compared with it. Measure it "
            + "first: `benchdb record`" + (self.revision.map { " `--commit \($0)`." } ?? "."))
      }
      let replaced = try store.set(
        Baseline(name: name, revision: revision, created: Date(), note: note))
      let before = replaced.map { ", which was \($0.revision.title)" } ?? ""
      workspace.console.answer("baseline '\(Printable.text(name))' is \(revision.title)\(before)")
    }

    private func checkName(_ name: String, in repository: GitRepository) throws {
      let isPlain = name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
      guard isPlain, !name.isEmpty, !name.hasPrefix("-"), !name.contains(".."),
        !name.hasPrefix("run:")
      else {
        throw CommandFailure(
          "'\(Printable.text(name))' can't name a baseline: a name has no spaces, no '..', and does "
            + "not begin with '-' or 'run:'.")
      }
      guard repository.find(name) == nil else {
        throw CommandFailure(
          "'\(Printable.text(name))' is a git revision already, which a baseline of that name would "
            + "hide from `compare`; give it another name.")
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List all baselines.")

    @OptionGroup var options: GlobalOptions
    @Option(help: ArgumentHelp("text or json.", valueName: "format"))
    var format: OutputFormat = .text

    func run() throws {
      let workspace = try Workspace(options)
      let baselines = try workspace.openForReading().baselines()
      workspace.console.answer(
        format == .json
          ? BaselineJSON.text(baselines)
          : BaselineText.list(
            baselines, width: workspace.console.width, style: workspace.console.style))
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one baseline.")

    @OptionGroup var options: GlobalOptions
    @Argument(help: "Its name.") var name: String

    func run() throws {
      let workspace = try Workspace(options)
      let store = try workspace.openForReading()
      guard let baseline = try store.baseline(name) else {
        throw StoreError.noSuchBaseline(name, known: try store.baselines().map(\.name))
      }
      workspace.console.answer(
        BaselineText.one(baseline, style: workspace.console.style))
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Forget a name; what was measured stays.")

    @OptionGroup var options: GlobalOptions
    @Argument(help: "Its name.") var name: String

    func run() throws {
      let workspace = try Workspace(options)
      try workspace.openForWriting().removeBaseline(name)
      workspace.console.answer("baseline '\(Printable.text(name))' is removed; its results stay")
    }
  }
}
