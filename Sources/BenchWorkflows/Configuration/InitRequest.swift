import BenchOutput
import BenchRunner
import Foundation

/// `benchdb init`: the first `benchdb.toml` of a project, and a job for its continuous integration.
package struct InitRequest {
  private let workspace: Workspace
  /// The service for which a workflow is written, too.
  private let service: WorkflowService?
  /// Whether files that are there are written over.
  private let replacesFiles: Bool

  package init(
    service: WorkflowService? = nil, replacesFiles: Bool = false, in workspace: Workspace
  ) {
    self.service = service
    self.replacesFiles = replacesFiles
    self.workspace = workspace
  }

  /// - Throws: `CommandFailure` where a file is there already.
  package func run() throws -> PlainAnswer {
    // Results belong to commits, so a folder that can't have any gets no configuration either.
    _ = try workspace.repository()
    let project = ProjectSurvey(root: workspace.root)
    var files = [InitialFile(path: "benchdb.toml", text: InitialConfiguration.text(project))]
    if let service { files.append(service.file(project)) }
    try refuseExisting(files)
    return PlainAnswer(try write(files) + [next(project)])
  }

  /// Looks before the first file is written, so that nothing is half done.
  private func refuseExisting(_ files: [InitialFile]) throws {
    guard !replacesFiles else { return }
    let existing = files.map(\.path)
      .filter { FileManager.default.fileExists(atPath: workspace.root + "/" + $0) }
    guard existing.isEmpty else {
      throw CommandFailure(
        "\(English.list(existing)) \(existing.count == 1 ? "is" : "are") there already; nothing was "
          + "written. --force writes over \(existing.count == 1 ? "it" : "them").")
    }
  }

  /// Says of each file that it is written; where one can't be, those before it are named.
  private func write(_ files: [InitialFile]) throws -> [String] {
    var written: [String] = []
    for file in files {
      do { try file.write(in: workspace.root) } catch let failure as CommandFailure {
        let done = written.isEmpty ? "nothing was written" : "\(English.list(written)) was written"
        throw CommandFailure("\(failure.message); \(done).")
      }
      written.append(file.path)
    }
    return written.map { "written: \($0)" }
  }

  private func next(_ project: ProjectSurvey) -> String {
    let first =
      project.executables.isEmpty
      ? "name your benchmarks' executable in benchdb.toml" : "benchdb record --profile smoke"
    let include =
      service == .gitlab
      ? " · in .gitlab-ci.yml: include: [{ local: .gitlab/benchmarks.yml }]" : ""
    return "next: \(first)\(include)"
  }
}

/// A file that `benchdb init` writes; `path` is from the root.
struct InitialFile {
  let path: String
  let text: String

  func write(in root: String) throws {
    let file = URL(filePath: root).appending(path: path)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw CommandFailure("\(file.path) can't be written: \(error.localizedDescription)")
    }
  }
}
