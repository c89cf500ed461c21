/// The first `benchdb.toml` of a project.
package enum InitialConfiguration {
  package static func text(_ project: ProjectSurvey) -> String {
    """
    # What benchdb measures here. Every key: the page on the command line; `benchdb help compare` has the flags.

    project = \(AcceptanceFile.quoted(project.name))

    \(executables(project))
    [record]
    profile = "quick"        # smoke: seconds, to see that it works; quick; full

    [compare]
    floor = "2%"             # no change smaller than this is called slower or faster
    # alpha = "1%"           # how often a comparison of unchanged code may turn red
    # require-coverage = "80%"   # fail when fewer of the series could be judged

    """
  }

  private static func executables(_ project: ProjectSurvey) -> String {
    guard !project.executables.isEmpty else { return example(project.buildSystem ?? .make) }
    return project.executables.map { name in
      """
      [[executable]]
      name = \(AcceptanceFile.quoted(name))
      build = ["swift", "build", "--configuration", "release", "--product", \(AcceptanceFile.quoted(name))]
      path = \(AcceptanceFile.quoted(".build/release/" + name))
      timeout = "120s"         # for one worker process
      # reads = ["Tests/Fixtures"]   # files that the benchmarks read: when they change, the same executable is measured anew

      """
    }.joined(separator: "\n")
  }

  private static func example(_ system: BuildSystem) -> String {
    """
    # An executable that holds benchmarks. In Swift: a program that links BenchKit. In any other language: one that speaks the
    # worker protocol, which takes twenty lines; the page on measuring has one.
    #
    # [[executable]]
    # # \(system.comment)
    # build = \(system.buildLine)   # a program and its arguments; leave it out where nothing is built
    # path = "\(system.path)"
    # timeout = "120s"                 # for one worker process
    # reads = ["fixtures"]             # files that the benchmarks read: when they change, the same executable is measured anew

    """
  }
}
