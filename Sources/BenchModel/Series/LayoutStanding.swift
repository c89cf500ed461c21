/// What is known about the code layouts in which the processes of a paired series ran, and so
/// whether a duration that moved may have moved by layout alone.
package enum LayoutStanding: String, Sendable, Hashable, Codable, CaseIterable {
  /// The processes of each side had several layouts, so that layout is among the noise.
  case varied
  /// Each side had one layout, or one of them had. A duration that moved needs a count beside it
  /// that moved, too.
  case one
  /// Each side had one layout, and the user takes its durations as they are.
  case trusted
  /// Both sides ran the same machine code: an interpreter, or an executable of which only the files
  /// that it reads differ.
  case unconcerned

  /// What is left of it where the user takes the durations of one layout as they are.
  package var trusting: LayoutStanding { self == .one ? .trusted : self }
}
