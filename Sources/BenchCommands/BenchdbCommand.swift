import ArgumentParser
import BenchWorkflows

/// `benchdb`: the list of commands.
struct BenchdbCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchdb",
    abstract: "Records every sample of a benchmark run and says honestly which commit is slower.",
    discussion: """
      Examples:
        benchdb record                      measure what is checked out
        benchdb record --commit v1.2        measure another revision, in a worktree
        benchdb compare HEAD~1              is it slower than its parent?
        benchdb compare --paired HEAD~1     measure both side by side, and decide
        benchdb check                       are the targets of benchdb.toml met?
        benchdb accept throughput/grouped   take a change for the worse
        benchdb baseline set release v1.2   remember a commit by name
        benchdb show throughput/grouped     the history of one benchmark
        benchdb trend                       how every series went over the commits
        benchdb changes                     when something changed

      Exit statuses:
        0    no regression
        1    a confirmed regression, or a target missed
        2    usage or configuration
        3    a benchmark failed to build or to run
        4    too little could be judged
        5    inconclusive: bisect, or under --require-conclusive
        130  interrupted
      """,
    version: Version.current,
    subcommands: [
      RecordCommand.self, CompareCommand.self, CheckCommand.self, BisectCommand.self,
      BackfillCommand.self,
      CalibrateCommand.self, AcceptCommand.self, BaselineCommand.self,
      ListCommand.self, ShowCommand.self, ReportCommand.self, TrendCommand.self,
      ChangesCommand.self,
      ImportCommand.self, ExportCommand.self, MergeCommand.self, InitCommand.self,
      MachineCommand.self, SQLCommand.self, DoctorCommand.self,
      VersionCommand.self,
    ])

  // The parser shares one group of options between a command and those below it, so that options of
  // every command may stand before the command, as in `benchdb --db x list`.
  @OptionGroup var options: GlobalOptions
}
