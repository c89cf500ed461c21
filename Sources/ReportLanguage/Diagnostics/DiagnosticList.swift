/// Diagnostics as they are found, up to a limit.
struct DiagnosticList {
  /// More than this in one text say nothing that the first did not.
  static let limit = 100

  private(set) var all: [Diagnostic] = []

  /// Whether no more is taken.
  var isFull: Bool { all.count > Self.limit }

  /// Adds one; the one over the limit is replaced by a remark that there are more.
  mutating func report(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    all.append(all.count < Self.limit ? diagnostic : .tooMany(at: diagnostic.span))
  }
}
