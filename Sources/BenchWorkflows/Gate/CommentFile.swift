/// `--comment FILE`: the comparison as Markdown, beside what the terminal shows.
package struct CommentFile {
  private let path: String
  private let protected: ProtectedFiles

  /// `nil` where neither the flag nor a setting asks for it.
  /// - Throws: `CommandFailure` where the file must not be replaced, before anything is measured.
  package init?(_ flag: String?, in workspace: Workspace) throws {
    guard let path = try workspace.settings.value(of: .comment, flag: flag) else { return nil }
    self.path = path
    protected = ProtectedFiles(of: workspace)
    try OutputFile.check(path, of: "--comment", sparing: protected)
  }

  package func write(_ text: String) throws {
    let file = try OutputFile(path, of: "--comment", sparing: protected)
    try file.write(Array(text.utf8))
    try file.close()
  }
}
